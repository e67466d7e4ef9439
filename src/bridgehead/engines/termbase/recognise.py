"""Terms found in running text: one pass of an automaton, then the grammar around each find decides.

지금 holds no 금, 금은 is 금 + 은. Among overlapping finds the leftmost wins, and of those the longest.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from bridgehead.engines.termbase.boundaries import Run, stands
from bridgehead.engines.termbase.folding import nfc
from bridgehead.engines.termbase.running_text import prepare
from bridgehead.engines.termbase.surfaces import surfaces

_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")


class Found(NamedTuple):
    """`text[start:end]` in code points is a term; `terms` are the positions of those it may be in the given list."""

    start: int
    end: int
    surface: str
    terms: tuple[int, ...]


class Recogniser:
    """Finds the given terms. Building is linear in their length; finding does not change it (safe to share).

    `langs` gives the language of each term, for its plurals; without it Latin terms are taken as English.
    """

    def __init__(self, terms: Sequence[str], langs: Sequence[str] = ()) -> None:
        self._terms = [nfc(term) for term in terms]
        owners: dict[str, list[int]] = {}
        for number, term in enumerate(self._terms):
            for shape in surfaces(term, langs[number].split("-")[0] if langs else ""):
                owners.setdefault(shape, []).append(number)
        self._shapes = list(owners)
        self._owners = [tuple(numbers) for numbers in owners.values()]
        self._spelled = {number for number, term in enumerate(self._terms) if _keeps_case(term)}
        self._automaton = AhoCorasick(self._shapes) if self._shapes else None

    def find(self, text: str) -> list[Found]:
        """Every term in the text, in order, without overlaps. Offsets are code points of the text as given."""
        if self._automaton is None:
            return []
        prepared, unfolded = prepare(text)
        matches = self._automaton.find_matches_as_indexes(prepared.text, overlapping=True)
        if not matches:
            return []
        spans = {(start, end): shape for shape, start, end in matches}
        run = Run(prepared.text, unfolded, spans.keys(), _addresses(text, prepared.text))
        found = []
        for start, end in _longest(span for span in spans if stands(run, *span)):
            owners = self._meant(self._owners[spans[start, end]], unfolded, start)
            if owners:
                first, last = prepared.original(start, end)
                found.append(Found(first, last, text[first:last], owners))
        return found

    def _meant(self, owners: tuple[int, ...], text: str, start: int) -> tuple[int, ...]:
        """Those whose capitals are written so: IT is not it, Au not au."""
        if self._spelled.isdisjoint(owners):
            return owners
        return tuple(
            owner
            for owner in owners
            if owner not in self._spelled or text.startswith(self._terms[owner], start)
        )


def _keeps_case(term: str) -> bool:
    """Short terms with capitals are symbols and acronyms. Karats may be written 18k or 18K."""
    letters = [char for char in term if char.isalpha()]
    return len(letters) <= 4 and any(map(str.isupper, letters)) and not any(map(str.isdigit, term))


def _addresses(text: str, folded: str) -> list[tuple[int, int]]:
    if "@" not in text and "://" not in text and "www." not in text:
        return []
    return [match.span() for match in _ADDRESS.finditer(folded)]


def _longest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    chosen: list[tuple[int, int]] = []
    taken = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= taken:
            chosen.append((start, end))
            taken = end
    return chosen
