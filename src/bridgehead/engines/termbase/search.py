"""A termbase held in memory and searched as people type. Sorted keys and bisection; the room does the same in SQL."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable

from bridgehead.engines.termbase.keys import (
    KEY,
    SOUND,
    Lookup,
    Query,
    begun_and_within,
    lookups,
    term_keys,
    typo_lookups,
)
from bridgehead.engines.termbase.model import Concept, Term
from bridgehead.engines.termbase.ranking import Entry, Hit, Why, nearest, rank

CANDIDATES = 200  # rows read per range: enough for ten good answers, little enough for every key pressed
SLIPPED = 20_000  # rows read per range where half of the word may be wrong
SCANNED = 60_000  # up to so many terms, every one is compared for typos
FILLED = 20_000  # up to so many terms, similar words fill a list whose best answer is already right


class TermIndex:
    """Search over concepts. Building takes about 30 µs a term; searching does not change it (safe to share)."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._entries: list[Entry] = []
        self._kinds: dict[str, _Sorted] = {}
        self._build(concepts)

    def __len__(self) -> int:
        return len(self._entries)

    def search(self, text: str, *, limit: int = 10, langs: Collection[str] = ()) -> list[Hit]:
        """The best concepts for what was typed, at most `limit`, best first, each with the terms that matched and why."""
        query = Query(text)
        if not query.text:
            return []
        begun, within = begun_and_within(lookups(query))
        chosen = self._candidates(begun)
        hits = rank(query, chosen.values(), limit=limit, langs=langs)
        if len(hits) < limit:
            chosen |= self._candidates(within)
            hits = rank(query, chosen.values(), limit=limit, langs=langs)
        if len(hits) < limit and (len(self) <= FILLED or not hits or hits[0].why > Why.PREFIX):
            chosen |= self._mistyped(query)
            hits = rank(query, chosen.values(), limit=limit, langs=langs)
        return hits

    def _build(self, concepts: Iterable[Concept]) -> None:
        rows: dict[str, tuple[list[str], array[int]]] = {}
        for concept in concepts:
            for term in concept.terms:
                number = len(self._entries)
                self._entries.append(entry_of(term, concept.id, number))
                for key in term_keys(term):
                    keys, owners = rows.setdefault(key.kind, ([], array("I")))
                    keys.append(key.key)
                    owners.append(number)
        self._kinds = {kind: _Sorted(keys, owners) for kind, (keys, owners) in rows.items()}

    def _candidates(self, ranges: Iterable[Lookup]) -> dict[int, Entry]:
        found: dict[int, Entry] = {}
        for lookup in ranges:
            if rows := self._kinds.get(lookup.kind):
                start, end = rows.between(lookup, CANDIDATES)
                found.update((number, self._entries[number]) for number in rows.owners[start:end])
        return found

    def _mistyped(self, query: Query) -> dict[int, Entry]:
        found: dict[int, Entry] = {}
        for lookup in (
            typo_lookups(query) if len(self) > SCANNED else [Lookup(KEY, "", ""), Lookup(SOUND, "", "")]
        ):
            if rows := self._kinds.get(lookup.kind):
                start, end = rows.between(lookup, SLIPPED) if lookup.high else (0, len(rows.keys))
                near = nearest(query, lookup.kind, rows.keys[start:end])
                found.update(
                    (number, self._entries[number]) for number in (rows.owners[start + at] for at in near)
                )
        return found


class _Sorted:
    """One column of keys in order, and whose they are."""

    def __init__(self, keys: list[str], owners: "array[int]") -> None:
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self.keys = [keys[at] for at in order]
        self.owners = array("I", [owners[at] for at in order])

    def between(self, lookup: Lookup, most: int) -> tuple[int, int]:
        start = bisect_left(self.keys, lookup.low)
        return start, min(bisect_left(self.keys, lookup.high), start + most)


def entry_of(term: Term, concept: str, number: int) -> Entry:
    return Entry(number, concept, term.lang, term.text, term.status, term.hanja, term.romanisation, number)
