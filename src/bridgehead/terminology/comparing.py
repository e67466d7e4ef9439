"""Two versions of a section side by side, as lines of text that people can compare."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from bridgehead.engines.termbase.model import RELATIONS, TERM_DETAILS
from bridgehead.terminology.models import Term
from bridgehead.terminology.pictures import alt_of
from bridgehead.terminology.rules import Content
from bridgehead.terminology.subjects import subject_name
from bridgehead.terminology.words import RELATIONS as RELATION_NAMES
from bridgehead.terminology.words import gender, part_of_speech


@dataclass(frozen=True)
class Line:
    mark: Literal["same", "added", "removed"]
    text: str


def compare(before: Content, after: Content) -> list[Line]:
    """Every line of both versions: what stayed, what came, what went."""
    marks: dict[str, Literal["same", "added", "removed"]] = {" ": "same", "+": "added", "-": "removed"}
    lines = difflib.ndiff(list(said(before)), list(said(after)))
    return [Line(marks[line[0]], line[2:]) for line in lines if line[0] in marks]


def said(content: Content) -> Iterator[str]:
    """The section in lines: one a term, one a definition, one a fact of the concept."""
    if content.get("field"):
        yield f"{_('Subject field')}: {subject_name(content['field'])}"
    for kind in RELATIONS:
        if content.get(kind):
            yield f"{RELATION_NAMES[kind]}: {', '.join(content[kind])}"
    for image in content.get("images", ()):
        alt = alt_of(content.get("extra", {}), image)
        yield f"{_('Image')}: {image}" + (f" ({alt})" if alt else "")
    for term in content.get("terms", ()):
        yield " · ".join([term["term"], str(Term.Status(term["status"]).label), *_details(term)])
    for definition in content.get("definitions", ()):
        yield f"{_('Definition')}: {definition['text']}"
        if definition.get("source"):
            yield f"{_('Source')}: {definition['source']}"
    if content.get("note"):
        yield f"{_('Note')}: {content['note']}"


def _details(term: Content) -> Iterator[str]:
    for name in TERM_DETAILS:
        if term.get(name):
            label = Term._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            spoken = _SPOKEN.get(name, str)(term[name])
            yield f"{label}: {spoken}"


_SPOKEN: dict[str, Callable[[str], str]] = {
    "pos": part_of_speech,
    "gender": gender,
    "register": lambda code: str(Term.Register(code).label),
}
