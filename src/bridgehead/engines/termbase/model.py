"""Concept → language → term, after ISO 704 and ISO 1087: a concept is defined once and named in many languages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

STATUSES = ("preferred", "admitted", "deprecated", "superseded")
REGISTERS = ("standard", "technical", "in-house", "bench", "colloquial", "slang", "vulgar")
#: How much a term of that status counts among equally good answers, best first.
STATUS_ORDER = {status: rank for rank, status in enumerate(STATUSES)}
#: Terms that a text should not use; no exchange may turn them into usable ones.
FORBIDDEN = frozenset({"deprecated", "superseded"})


@dataclass(frozen=True, slots=True)
class Term:
    """One designation of a concept in one language (BCP 47 tag). Empty text where something is not known."""

    lang: str
    text: str
    status: str = "preferred"
    pos: str = ""
    gender: str = ""
    pronunciation: str = ""
    hanja: str = ""
    romanisation: str = ""
    register: str = "standard"
    origin: str = ""  # where a borrowed or slang word comes from, such as Japanese 爪
    where: str = ""  # region or workshops that use it
    note: str = ""
    source: str = ""
    context: str = ""  # a sentence that shows it in use

    @property
    def forbidden(self) -> bool:
        return self.status in FORBIDDEN


@dataclass(frozen=True, slots=True)
class Definition:
    lang: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A unit of knowledge. References are ids of other concepts; `extra` keeps what only our JSON can say."""

    id: str
    terms: tuple[Term, ...] = ()
    subject: str = ""  # subject field, from general to special: manufacturing.setting
    definitions: tuple[Definition, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    uri: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def langs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term.lang for term in self.terms))

    def terms_in(self, lang: str) -> Iterator[Term]:
        return (term for term in self.terms if term.lang == lang)

    def preferred(self, lang: str) -> Term | None:
        """The term to use in that language: a preferred one, else an admitted one, never a forbidden one."""
        usable = [term for term in self.terms_in(lang) if not term.forbidden]
        return min(usable, key=lambda term: STATUS_ORDER[term.status], default=None)


#: Fields of a concept that name other concepts, in the order in which they are written.
RELATIONS = ("broader", "narrower", "related", "see_also")


class Relations(TypedDict):
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]
    see_also: tuple[str, ...]


def related(relations: Mapping[str, Iterable[str]]) -> Relations:
    """All relations of a concept, those not given empty."""
    broader, narrower, related, see_also = (tuple(relations.get(name, ())) for name in RELATIONS)
    return Relations(broader=broader, narrower=narrower, related=related, see_also=see_also)


#: Fields of a term beside language, text and status, in the order in which they are written.
TERM_DETAILS = (
    *("pos", "gender", "pronunciation", "hanja", "romanisation", "register", "origin", "where"),
    *("note", "source", "context"),
)


def details(term: Term) -> dict[str, str]:
    """The term's details that say something."""
    said = {name: getattr(term, name) for name in TERM_DETAILS}
    return {
        name: value for name, value in said.items() if value and (name, value) != ("register", "standard")
    }
