"""Lengths and areas as people write them."""

from django import template

from bridgehead.fairs import plan

register = template.Library()
register.filter("metres", plan.metres)
