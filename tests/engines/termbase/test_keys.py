"""Keys as rows of a database: a plain table with a B-tree finds what memory finds, with the same ranking."""

import sqlite3

import pytest

from bridgehead.engines.termbase import (
    Lookup,
    Query,
    TermIndex,
    lookups,
    rank,
    romanisations,
    term_keys,
    typo_lookups,
)
from bridgehead.engines.termbase.search import entry_of
from tests.engines.termbase.synthetic import concepts

CONCEPTS = list(concepts())
ENTRIES = [entry_of(term, concept.id, 0) for concept in CONCEPTS for term in concept.terms]
TERMS = [term for concept in CONCEPTS for term in concept.terms]


@pytest.fixture(scope="module")
def table() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE keys (kind TEXT, key TEXT, weight INTEGER, term INTEGER)")
    rows = (
        (key.kind, key.key, key.weight, number)
        for number, term in enumerate(TERMS)
        for key in term_keys(term)
    )
    connection.executemany("INSERT INTO keys VALUES (?, ?, ?, ?)", rows)
    connection.execute("CREATE INDEX by_key ON keys (kind, key)")
    return connection


def _fetch(table: sqlite3.Connection, ranges: list[Lookup]) -> set[int]:
    sql = "SELECT term FROM keys WHERE kind = ? AND key >= ? AND key < ? LIMIT 5000"
    return {row[0] for each in ranges for row in table.execute(sql, (each.kind, each.low, each.high))}


QUERIES = [
    "ㅂㄱ",
    "백금 ㅂㅈ",
    "platinum ri",
    "qorrma",
    "진주목",
    "baekgeum",
    "paekkum",
    "鑄造",
    "반지 진주",
    "ring opal",
    "세팅",
]


@pytest.mark.parametrize("text", QUERIES)
def test_a_table_finds_what_memory_finds(table, text):
    query = Query(text)
    found = rank(query, (ENTRIES[number] for number in sorted(_fetch(table, lookups(query)))))
    best = [(hit.why, hit.matches[0].cost) for hit in found]
    memory = [(hit.why, hit.matches[0].cost) for hit in TermIndex(CONCEPTS).search(text)]
    assert best
    assert best == memory[: len(best)]


@pytest.mark.parametrize(
    "text", ["사파이어 반자", "platinum rnig", "xplatinum ring", "플래티나", "coral tol"]
)
def test_one_slip_is_found_by_the_untouched_half(table, text):
    query = Query(text)
    numbers = _fetch(table, typo_lookups(query))
    wanted = TermIndex(CONCEPTS).search(text)
    near = [hit for hit in wanted if hit.matches[0].cost < 2]
    assert {hit.concept for hit in near} <= {ENTRIES[number].concept for number in numbers}


@pytest.mark.parametrize(
    ("word", "revised", "mccune"),
    [
        ("보석", "boseok", "posok"),
        ("합금", "hapgeum", "hapkum"),
        ("독립", "dongnip", "tongnip"),
        ("신라", "silla", "silla"),
        ("각인", "gagin", "kagin"),
        ("물림", "mullim", "mullim"),
        ("값이", "gapsi", "kapsi"),
        ("굳이", "guji", "kuji"),
        ("다이아몬드", "daiamondeu", "taiamondu"),
        ("석류석", "seongnyuseok", "songnyusok"),
    ],
)
def test_both_romanisations_follow_the_sound(word, revised, mccune):
    forms = romanisations(word)
    assert forms[0] == revised
    assert mccune in forms
