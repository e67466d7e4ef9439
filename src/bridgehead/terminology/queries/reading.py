"""A concept as its page shows it, and the lists by which one finds it without knowing its name."""

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from bridgehead.engines.termbase.model import RELATIONS
from bridgehead.terminology.languages import direction, in_order, language_name
from bridgehead.terminology.models import Concept, Definition, Reference, Term
from bridgehead.terminology.pictures import Shown, shown
from bridgehead.terminology.queries.concepts import approved, by_code, headword, preferred
from bridgehead.terminology.subjects import SUBJECTS, subject_name

HANGUL = tuple("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")
LATIN = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_INVERSE = {"broader": "narrower", "narrower": "broader", "related": "related", "see_also": "see_also"}
_STATUS_ORDER = {status: place for place, status in enumerate(Term.Status.values)}


@dataclass(frozen=True)
class Language:
    """All a concept says in one language; `use` is the term that replaces its forbidden ones."""

    tag: str
    terms: list[Term]
    definitions: list[Definition]
    note: str

    @property
    def name(self) -> str:
        return language_name(self.tag)

    @property
    def direction(self) -> str:
        return direction(self.tag)

    @property
    def use(self) -> Term | None:
        return preferred(self.terms, self.tag.split("-")[0])


@dataclass(frozen=True)
class Named:
    """A concept under the name a reader knows."""

    code: str
    term: Term | None

    @property
    def name(self) -> str:
        return self.term.text if self.term else self.code


@dataclass(frozen=True)
class Page:
    concept: Concept
    head: Term | None
    languages: list[Language]
    pictures: list[Shown]
    relations: dict[str, list[Named]] = field(default_factory=dict)


def languages_of(concept: Concept, first: str) -> list[Language]:
    """Everything by language, the reader's first; within one, the terms to use before those to avoid."""
    terms, definitions = list(concept.terms.all()), list(concept.definitions.all())
    tags = {term.lang for term in terms} | {each.lang for each in definitions} | set(concept.notes)
    return [
        Language(
            tag,
            sorted((term for term in terms if term.lang == tag), key=lambda term: _STATUS_ORDER[term.status]),
            [each for each in definitions if each.lang == tag],
            concept.notes.get(tag, ""),
        )
        for tag in in_order(tags, first)
    ]


def page_of(concept: Concept, lang: str) -> Page:
    return Page(
        concept,
        headword(concept, lang),
        languages_of(concept, lang),
        shown(concept.images, concept.extra),
        _relations(concept, lang),
    )


def _relations(concept: Concept, lang: str) -> dict[str, list[Named]]:
    """References in both directions: a concept that calls this one broader is a narrower one of it."""
    codes: dict[str, dict[str, None]] = {kind: {} for kind in RELATIONS}
    for reference in concept.references.all():
        codes[reference.kind].setdefault(reference.target)
    pointing = Reference.objects.filter(target=concept.code, concept__is_approved=True)
    for kind, code in pointing.values_list("kind", "concept__code"):
        codes[_INVERSE[kind]].setdefault(code)
    found = by_code(code for named in codes.values() for code in named)
    return {
        kind: [Named(code, headword(found[code], lang)) for code in named if code in found]
        for kind, named in codes.items()
        if any(code in found for code in named)
    }


def short_definition(concept: Concept, lang: str) -> Definition | None:
    """In the reader's language, else in English, else in any."""
    definitions = list(concept.definitions.all())
    for wanted in (lang, "en", "ko"):
        for each in definitions:
            if each.lang.split("-")[0] == wanted:
                return each
    return definitions[0] if definitions else None


@dataclass(frozen=True)
class Subject:
    code: str
    name: str
    concepts: int


def subjects() -> list[Subject]:
    """Every field in use with how many concepts it has, in the order of our own list."""
    counted = dict(approved().exclude(subject="").values_list("subject").annotate(Count("pk")).order_by())
    known = [code for code in SUBJECTS if code in counted]
    others = sorted(set(counted) - set(known))
    return [Subject(code, subject_name(code), counted[code]) for code in [*known, *others]]


def terms_under(initial: str) -> QuerySet[Term]:
    """Every term of an index letter, those to avoid included: they lead to what to say instead."""
    return _listed().filter(initial=initial)


def terms_of_subject(subject: str, lang: str) -> QuerySet[Term]:
    """The preferred terms of a field in one language."""
    return _listed().filter(concept__subject=subject, status=Term.Status.PREFERRED, lang=lang)


def _listed() -> QuerySet[Term]:
    return (
        Term.objects.filter(concept__is_approved=True)
        .select_related("concept")
        .prefetch_related("concept__terms", "concept__definitions")
        .order_by("text", "pk")
    )


def counts() -> dict[str, int]:
    return {"concepts": approved().count(), "terms": Term.objects.count()}


def languages_in_use() -> list[tuple[str, str]]:
    tags = Term.objects.order_by().values_list("lang", flat=True).distinct()
    return [(tag, language_name(tag)) for tag in in_order(tags)]
