"""Terms in running text: for hover cards on pages, for editors who should not write a deprecated one, for scripts.

The automaton of all terms is built once and kept until the dictionary changes (about 20 ms for 4,000 terms).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bridgehead.engines.termbase import FORBIDDEN, Recogniser
from bridgehead.engines.termbase.homographs import EVERYDAY
from bridgehead.terminology.models import Term
from bridgehead.terminology.queries.concepts import stamp

LONGEST_TEXT = 200_000
#: Shorter words are everyday ones too often to underline them on a page that is not about words.
_SHORTEST = {"ko": 2, "zh": 2, "ja": 2}
_SHORTEST_LATIN = 4


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """What recognition keeps of a term; `use` is what replaces it in its language."""

    concept: str
    lang: str
    text: str
    status: str
    use: str = ""

    @property
    def is_forbidden(self) -> bool:
        return self.status in FORBIDDEN


@dataclass(frozen=True, slots=True)
class Recognised:
    """`text[start:end]` is one of `terms`, which are of different concepts where a word has several meanings."""

    start: int
    end: int
    surface: str
    terms: tuple[KnownTerm, ...]


def found_in(text: str, lang: str = "") -> list[Recognised]:
    """Every term in the text, in order, without overlaps; offsets are code points."""
    terms, recogniser = _recogniser(stamp(), lang)
    return [
        Recognised(found.start, found.end, found.surface, tuple(terms[number] for number in found.terms))
        for found in recogniser.find(text[:LONGEST_TEXT])
    ]


def worth_marking(text: str, lang: str) -> Iterator[Recognised]:
    """For readers: the first mention of each concept, no deprecated and no very short words."""
    shown: set[str] = set()
    for found in found_in(text, lang):
        usable = tuple(term for term in found.terms if not term.is_forbidden)
        if len(found.surface) < _SHORTEST.get(lang, _SHORTEST_LATIN) or _is_everyday(found.surface):
            continue
        if usable and not shown.intersection(term.concept for term in usable):
            shown.update(term.concept for term in usable)
            yield Recognised(found.start, found.end, found.surface, usable)


def forbidden_in(text: str, lang: str = "") -> list[Recognised]:
    """For writers: words that only name a deprecated or superseded term, each with what replaces it."""
    return [
        found
        for found in found_in(text, lang)
        if all(term.is_forbidden for term in found.terms) and not _is_everyday(found.surface)
    ]


def _is_everyday(surface: str) -> bool:
    return surface.lower() in EVERYDAY


@dataclass(frozen=True, slots=True)
class Locked:
    """A term of one text and what it is called in the other language; `kept` where the other text calls it so."""

    surface: str
    concept: str
    use: str
    kept: bool


def locked_translations(text: str, lang: str, other: str, other_lang: str) -> list[Locked]:
    """For bilingual texts: what the trade's terms of the one must be called in the other, in the order of the text.

    A word with several meanings is kept when any of them is. Concepts the other language has no word for are left out.
    """
    marked = list(worth_marking(text, lang))
    named = {term.concept for found in found_in(other, other_lang) for term in found.terms}
    words = _words_for({term.concept for found in marked for term in found.terms}, other_lang)
    locked = []
    for found in marked:
        concepts = [term.concept for term in found.terms if term.concept in words]
        if concepts:
            kept = not named.isdisjoint(concepts)
            locked.append(Locked(found.surface, concepts[0], words[concepts[0]], kept))
    return locked


def _words_for(concepts: Collection[str], lang: str) -> dict[str, str]:
    """The preferred term of each concept, where the language has one."""
    rows = Term.objects.filter(
        concept__code__in=concepts, status=Term.Status.PREFERRED, lang__in=[lang, *_regional(lang)]
    )
    found = rows.order_by("-lang", "-position", "-pk").values_list("concept__code", "text")
    return dict(found)


@lru_cache(maxsize=4)
def _recogniser(at: int, lang: str) -> tuple[list[KnownTerm], Recogniser]:
    rows = Term.objects.filter(concept__is_approved=True).order_by("pk")
    if lang:
        rows = rows.filter(lang__in=[lang, *_regional(lang)])
    found = list(rows.values_list("concept__code", "lang", "text", "status"))
    use = {(code, tag): text for code, tag, text, status in found if status == "preferred"}
    terms = [
        KnownTerm(code, tag, text, status, use.get((code, tag), "") if status in FORBIDDEN else "")
        for code, tag, text, status in found
    ]
    return terms, Recogniser([term.text for term in terms], [term.lang for term in terms])


def _regional(lang: str) -> list[str]:
    """Tags in use that belong to the language: en-GB to en."""
    return list(
        Term.objects.filter(lang__startswith=f"{lang}-").order_by().values_list("lang", flat=True).distinct()
    )
