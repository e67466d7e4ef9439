"""What an editor should look at: no fault of a single entry, but of entries beside each other."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from bridgehead.engines.termbase.folding import fold
from bridgehead.terminology.models import Concept, Definition, Reference, Term
from bridgehead.terminology.queries.concepts import approved

MAIN = ("ko", "en")


@dataclass(frozen=True)
class Finding:
    """One concept, or several that share something; `what` is that something."""

    what: str
    concepts: tuple[Concept, ...]
    lang: str = ""


def duplicates() -> list[Finding]:
    """The same word preferred for several concepts, without a note that tells them apart."""
    owners: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in Term.objects.filter(status=Term.Status.PREFERRED).select_related("concept").order_by("pk"):
        owners[term.lang, fold(term.text)].append(term)
    return [
        Finding(terms[0].text, tuple(term.concept for term in terms), lang)
        for (lang, _folded), terms in owners.items()
        if len({term.concept_id for term in terms}) > 1 and not all(term.note for term in terms)
    ]


def missing_definitions() -> list[Finding]:
    return _lacking(
        {lang: Definition.objects.filter(concept=OuterRef("pk"), lang__startswith=lang) for lang in MAIN}
    )


def missing_terms() -> list[Finding]:
    """No preferred term in Korean or English."""
    preferred = Term.objects.filter(concept=OuterRef("pk"), status=Term.Status.PREFERRED)
    return _lacking({lang: preferred.filter(lang__startswith=lang) for lang in MAIN})


def several_preferred() -> list[Finding]:
    rows = (
        Term.objects.filter(status=Term.Status.PREFERRED)
        .order_by()
        .values("concept", "lang")
        .annotate(terms=Count("pk"))
        .filter(terms__gt=1)
    )
    found = list(rows)
    concepts = _concepts(row["concept"] for row in found)
    return [Finding("", (concepts[row["concept"]],), row["lang"]) for row in found]


def words_without_replacement() -> list[Finding]:
    """Deprecated words whose language has no term to say instead."""
    usable = Term.objects.filter(
        Q(status=Term.Status.PREFERRED) | Q(status=Term.Status.ADMITTED),
        concept=OuterRef("concept"),
        lang=OuterRef("lang"),
    )
    avoided = Term.objects.filter(status__in=["deprecated", "superseded"]).filter(~Exists(usable))
    return [Finding(term.text, (term.concept,), term.lang) for term in avoided.select_related("concept")]


def dangling_references() -> list[Finding]:
    there = approved().filter(code=OuterRef("target"))
    lost = Reference.objects.filter(~Exists(there), concept__is_approved=True).select_related("concept")
    return [Finding(reference.target, (reference.concept,)) for reference in lost]


def _lacking(wanted: dict[str, object]) -> list[Finding]:
    return [
        Finding("", (concept,), lang)
        for lang, there in wanted.items()
        for concept in approved().filter(~Exists(there)).order_by("pk")  # type: ignore[arg-type]
    ]


def _concepts(ids: Iterable[int]) -> dict[int, Concept]:
    return Concept.objects.in_bulk(list(ids))
