"""How terms are shown, on the dictionary's pages and in the texts of rooms above."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from bridgehead.engines.termbase import Match
from bridgehead.terminology import languages, words
from bridgehead.terminology.comparing import said
from bridgehead.terminology.marking import mark_html, mark_text
from bridgehead.terminology.models import Concept, Definition, Term
from bridgehead.terminology.queries.concepts import headword as headword_of
from bridgehead.terminology.queries.concepts import preferred
from bridgehead.terminology.queries.reading import short_definition
from bridgehead.terminology.rules import Content

register = template.Library()


@register.filter
def direction(tag: str) -> str:
    return languages.direction(tag)


@register.filter
def language_name(tag: str) -> str:
    return languages.language_name(tag)


@register.filter
def why(match: Match) -> str:
    return str(words.WHY[match.why])


@register.filter
def part_of_speech(code: str) -> str:
    return words.part_of_speech(code)


@register.filter
def gender(code: str) -> str:
    return words.gender(code)


@register.filter
def headword(concept: Concept, lang: str) -> Term | None:
    return headword_of(concept, lang)


@register.filter
def definition(concept: Concept, lang: str) -> Definition | None:
    return short_definition(concept, lang)


@register.filter
def equivalents(concept: Concept, lang: str) -> list[Term]:
    """The preferred terms of the other languages."""
    terms = list(concept.terms.all())
    tags = languages.in_order({term.lang.split("-")[0] for term in terms} - {lang})
    return [term for term in (preferred(terms, tag) for tag in tags) if term]


@register.filter
def in_use(term: Term) -> Term | None:
    """What to say instead of a term to avoid."""
    return preferred(list(term.concept.terms.all()), term.lang.split("-")[0])


@register.filter
def named(relations: dict[str, Any], kind: str) -> str:
    return str(relations[kind])


@register.filter
def headword_or_none(concept: Concept | None, lang: str) -> str:
    found = headword_of(concept, lang) if concept else None
    return found.text if found else ""


@register.filter
def lines(content: Content) -> list[str]:
    """A section of a concept as lines to read."""
    return list(said(content))


@register.filter
def status_name(code: str) -> str:
    return str(Term.Status(code).label)


@register.filter
def with_terms(text: str, lang: str) -> SafeString:
    """A plain text with its known terms linked to their cards."""
    return mark_text(text, lang)


@register.filter
def html_with_terms(markup: str, lang: str) -> SafeString:
    """The same for HTML that is already safe."""
    return mark_html(markup, lang)
