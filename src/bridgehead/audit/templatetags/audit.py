"""The trail in the reader's words, for the pages that show it."""

from django import template

from bridgehead.audit.words import words_for

register = template.Library()
register.filter("trail_words", words_for)
