"""Every kind of query finds its concept through the database, as the engine does in memory."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bridgehead.engines import termbase
from bridgehead.terminology import shipped
from bridgehead.terminology.queries.searching import answers, search
from tests.factories.terminology import said, taken


@pytest.fixture
def trade(db):
    gem = termbase.Term("ko", "보석", hanja="寶石", romanisation="boseok")
    taken(
        said("gem", terms=[gem], en="gemstone", it="pietra preziosa"),
        said("solder", ko="은 땜납", en="silver solder"),
        said("prong", ko=["난발", ("쓰메", "deprecated")], en="prong"),
    )


@pytest.mark.parametrize(
    ("typed", "concept", "why"),
    [
        ("보석", "gem", "EXACT"),
        ("Gemstone", "gem", "SPELLING"),
        ("보서", "gem", "HALF_TYPED"),
        ("보ㅅ", "gem", "INITIALS"),
        ("ㅂㅅ", "gem", "INITIALS"),
        ("寶石", "gem", "HANJA"),
        ("boseok", "gem", "ROMANISATION"),
        ("posŏk", "gem", "ROMANISATION"),
        ("qhtjr", "gem", "KEYBOARD"),
        ("gemsotne", "gem", "TYPO"),
        ("은땜납", "solder", "SPELLING"),
        ("solder", "solder", "INSIDE"),
        ("pietra", "gem", "PREFIX"),
        ("쓰메", "prong", "EXACT"),
    ],
)
def test_search_finds_by(trade, typed, concept, why):
    hit = search(typed)[0]
    assert (hit.concept, hit.why.name) == (concept, why)


def test_search_in_one_language(trade):
    assert [hit.concept for hit in search("pietra", langs=["ko"])] == []
    assert [hit.concept for hit in search("pietra", langs=["it"])] == ["gem"]


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "없는말이다", "%", "'"])
def test_search_for_nothing_finds_nothing(trade, typed):
    assert search(typed) == []


def test_search_sees_a_change_at_once(trade):
    assert search("루비") == []
    taken(said("ruby", ko="루비"))
    assert [hit.concept for hit in search("루비")] == ["ruby"]


def test_answers_bring_their_concepts_in_few_queries(trade):
    search("ㅂ")
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert [answer.concept.code for answer in answers("보석")] == ["gem"]
    taken(*(said(f"more-{n}", ko=f"보석 {n}") for n in range(5)))
    search("ㅂ")
    with CaptureQueriesContext(connection) as more:
        assert len(answers("보석")) == 6
    assert len(few) == len(more)


def test_database_answers_like_memory(db):
    """The same first ten for a sample of the shipped termbase, queried by beginnings, initials and typos."""
    concepts = shipped.shipped_concepts()[:150]
    taken(*concepts)
    index = termbase.TermIndex(concepts)
    terms = [term.text for concept in concepts[::10] for term in concept.terms if len(term.text) > 2]
    for typed in [*terms, *(term[:2] for term in terms), *(term[:-1] + "x" for term in terms)]:
        wanted, found = index.search(typed)[:1], search(typed)[:1]
        assert [(hit.why, hit.concept) for hit in found] == [(hit.why, hit.concept) for hit in wanted], typed
