"""Search as people type: the engine says where to look and ranks, the database gives the rows of those ranges.

Ranges are read through one B-tree index (kind, key, term), the same on SQLite and PostgreSQL. Typos in a termbase of
ordinary size are found by comparing with every word, kept in memory until the dictionary changes; in a very large one by
the ranges that a single slip leaves intact.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bridgehead.engines.termbase import (
    Entry,
    Hit,
    Lookup,
    Match,
    Query,
    Why,
    begun_and_within,
    lookups,
    nearest,
    typo_lookups,
)
from bridgehead.engines.termbase.keys import KEY, SOUND
from bridgehead.engines.termbase.ranking import grouped, judge
from bridgehead.engines.termbase.search import CANDIDATES, SCANNED, SLIPPED
from bridgehead.terminology.models import Concept, SearchKey, Term
from bridgehead.terminology.queries.concepts import by_code, stamp

LONGEST_QUERY = 200
MOST = 100
_REMEMBERED = 4096
FEW = 60  # rows read per range of a very large termbase, where each of them is new to memory


@dataclass(frozen=True)
class Answer:
    """One concept found, with what matched and why."""

    concept: Concept
    hit: Hit


def search(text: str, *, limit: int = 10, langs: Collection[str] = ()) -> list[Hit]:
    """The best concepts for what was typed, best first. The same question is answered from memory until a change."""
    typed = text[:LONGEST_QUERY].replace("\x00", "")
    return list(_remembered(stamp(), typed, min(limit, MOST), tuple(sorted(langs))))


def answers(text: str, *, limit: int = 20, langs: Collection[str] = ()) -> list[Answer]:
    """The same with everything the concepts say, for pages."""
    hits = search(text, limit=limit, langs=langs)
    concepts = by_code(hit.concept for hit in hits)
    return [Answer(concepts[hit.concept], hit) for hit in hits if hit.concept in concepts]


@lru_cache(maxsize=_REMEMBERED)
def _remembered(at: int, text: str, limit: int, langs: tuple[str, ...]) -> tuple[Hit, ...]:
    """Words that begin so come first; those that hold it, and those that are spelled almost so, where these are few."""
    query = Query(text)
    if not query.text:
        return ()
    begun, within = begun_and_within(lookups(query))
    words = _words(at)
    most = CANDIDATES if words else FEW
    found = _Found(query, langs)
    hits = found.add(_entries(begun, most), limit)
    if len(hits) < limit:
        hits = found.add(_entries(within, most), limit)
    if not hits or hits[0].why > Why.SOUND or (words and len(hits) < limit):
        hits = found.add(_mistyped(query, words), limit)
    return tuple(hits)


class _Found:
    """What was judged so far: no term twice, as judging is what takes the time."""

    def __init__(self, query: Query, langs: Collection[str]) -> None:
        self.query, self.langs = query, langs
        self.judged: set[int] = set()
        self.matches: dict[str, list[Match]] = {}

    def add(self, entries: Iterable[Entry], limit: int) -> list[Hit]:
        for entry in entries:
            if entry.id in self.judged or (self.langs and entry.lang not in self.langs):
                continue
            self.judged.add(entry.id)
            if match := judge(self.query, entry):
                self.matches.setdefault(entry.concept, []).append(match)
        return grouped(self.matches, limit)


def _entries(ranges: Sequence[Lookup], limit: int) -> list[Entry]:
    """The terms with a key in any of the ranges."""
    if not ranges:
        return []
    keys = connection.ops.quote_name(SearchKey._meta.db_table)
    one = f'SELECT * FROM (SELECT term_id FROM {keys} WHERE "kind" = %s AND "key" >= %s AND "key" < %s ORDER BY "key" LIMIT {limit}) AS found'
    return _rows(
        " UNION ".join([one] * len(ranges)),
        [value for lookup in ranges for value in (lookup.kind, lookup.low, lookup.high)],
    )


def _rows(chosen: str, values: Sequence[str | int]) -> list[Entry]:
    terms = connection.ops.quote_name(Term._meta.db_table)
    concepts = connection.ops.quote_name(Concept._meta.db_table)
    sql = f"""SELECT t.id, c.code, t.lang, t.text, t.status, t.hanja, t.romanisation, t.id
        FROM {terms} AS t JOIN {concepts} AS c ON c.id = t.concept_id WHERE t.id IN ({chosen})"""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Entry(*row) for row in cursor.fetchall()]


def _mistyped(query: Query, words: "dict[str, _Words] | None") -> list[Entry]:
    if not query.edits:
        return []
    near = _slipped(query) if words is None else words[KEY].near(query.strokes, query.edits)
    if words is not None and query.latin and len(query.sound) > 4:
        near |= words[SOUND].near(query.sound, 2)
    return _rows(", ".join(["%s"] * len(near)), sorted(near)) if near else []


def _slipped(query: Query) -> set[int]:
    """In a very large termbase: only the keys of the ranges are read, and only the nearest become terms."""
    keys = connection.ops.quote_name(SearchKey._meta.db_table)
    sql = f'SELECT "key", term_id FROM {keys} WHERE "kind" = %s AND "key" >= %s AND "key" < %s ORDER BY "key" LIMIT {SLIPPED}'
    found: set[int] = set()
    with connection.cursor() as cursor:
        for lookup in typo_lookups(query):
            cursor.execute(sql, (lookup.kind, lookup.low, lookup.high))
            rows = cursor.fetchall()
            near = nearest(query, lookup.kind, [key for key, _term in rows])
            found.update(rows[at][1] for at in near)
    return found


@dataclass(frozen=True)
class _Words:
    keys: list[str]
    terms: list[int]

    def near(self, typed: str, edits: int) -> set[int]:
        found = process.extract(typed, self.keys, scorer=OSA.distance, score_cutoff=edits, limit=200)
        return {self.terms[place] for _key, _distance, place in found}


@lru_cache(maxsize=1)
def _words(at: int) -> dict[str, _Words] | None:
    """Every word of the dictionary by its keys, or None where there are too many to compare with each."""
    if Term.objects.count() > SCANNED:
        return None
    found: dict[str, _Words] = {}
    for kind in (KEY, SOUND):
        rows = SearchKey.objects.filter(kind=kind).values_list("key", "term_id")
        pairs = list(rows)
        found[kind] = _Words([key for key, _term in pairs], [term for _key, term in pairs])
    return found
