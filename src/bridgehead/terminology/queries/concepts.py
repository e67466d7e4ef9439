"""Concepts as they are now: rows for pages, the engine's concepts for exchange."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Prefetch, QuerySet

from bridgehead.engines import termbase
from bridgehead.engines.termbase.model import RELATIONS, TERM_DETAILS, related
from bridgehead.terminology.models import Concept, Definition, Reference, Stamp, Term

BATCH = 2000


def approved() -> QuerySet[Concept]:
    return Concept.objects.filter(is_approved=True)


def whole(concepts: QuerySet[Concept]) -> QuerySet[Concept]:
    """With everything a concept says, in a fixed number of queries."""
    return concepts.prefetch_related(
        Prefetch("terms", Term.objects.order_by("concept", "lang", "position")),
        Prefetch("definitions", Definition.objects.order_by("concept", "lang", "position")),
        Prefetch("references", Reference.objects.order_by("concept", "kind", "position")),
    )


def stamp() -> int:
    """Changes whenever the public content does."""
    return Stamp.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def as_engine(concept: Concept) -> termbase.Concept:
    """The concept as exchange formats take it; rows that `whole` fetched are not fetched again."""
    named: dict[str, list[str]] = {kind: [] for kind in RELATIONS}
    for reference in concept.references.all():
        named[reference.kind].append(reference.target)
    return termbase.Concept(
        id=concept.code,
        terms=tuple(map(term_as_engine, concept.terms.all())),
        subject=concept.subject,
        definitions=tuple(
            termbase.Definition(each.lang, each.text, each.source) for each in concept.definitions.all()
        ),
        notes=concept.notes,
        images=tuple(concept.images),
        uri=concept.uri,
        extra=concept.extra,
        **related(named),
    )


def term_as_engine(term: Term) -> termbase.Term:
    said = {name: getattr(term, name) for name in TERM_DETAILS}
    return termbase.Term(term.lang, term.text, term.status, **said)


def all_as_engine(concepts: QuerySet[Concept] | None = None) -> Iterator[termbase.Concept]:
    """Every approved concept, in the order in which they came, a batch at a time."""
    chosen = whole(approved() if concepts is None else concepts).order_by("pk")
    return map(as_engine, chosen.iterator(chunk_size=BATCH))


def by_code(codes: Iterable[str]) -> dict[str, Concept]:
    return {concept.code: concept for concept in whole(approved().filter(code__in=set(codes)))}


def preferred(terms: Sequence[Term], lang: str) -> Term | None:
    """The term to use in that language: preferred, else admitted, never a forbidden one."""
    usable = [term for term in terms if term.lang.split("-")[0] == lang and not term.is_forbidden]
    return min(usable, key=lambda term: term.status != Term.Status.PREFERRED, default=None)


def headword(concept: Concept, lang: str) -> Term | None:
    """What the concept is called: in the reader's language, else in English or Korean, else in any."""
    terms = list(concept.terms.all())
    found = (preferred(terms, each) for each in (lang, "en", "ko"))
    return next(filter(None, found), terms[0] if terms else None)
