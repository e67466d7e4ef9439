"""Propose, review, approve, undo: what becomes public, and by whom."""

import pytest
from django.utils.translation import override

from bridgehead.audit.models import Entry
from bridgehead.kit.states import WrongMove
from bridgehead.terminology.actions.editing import (
    CannotDecide,
    approve,
    create_concept,
    propose,
    review,
    section_now,
    send_back,
    undo,
)
from bridgehead.terminology.comparing import compare
from bridgehead.terminology.models import Concept, Term
from bridgehead.terminology.queries import checks
from bridgehead.terminology.queries.searching import search
from tests.factories.organisations import a_user
from tests.factories.terminology import a_concept, said, taken

pytestmark = pytest.mark.django_db
RUBY = {"terms": [{"term": "루비", "status": "preferred"}], "definitions": [{"text": "붉은 강옥"}]}


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def people():
    return a_user(), a_user()


def test_new_concept_becomes_public_section_by_section(people):
    author, other = people
    concept = create_concept(code="ruby", frame={"field": "gemology.species"}, by=author)
    korean = propose(concept=concept, section="ko", content=RUBY, by=author)
    with pytest.raises(CannotDecide, match=r"concept itself first"):
        approve(proposal=korean, by=other)
    approve(proposal=concept.proposals.get(section=""), by=other)
    review(proposal=korean, by=other)
    assert search("루비") == []
    approve(proposal=korean, by=other)
    assert [hit.concept for hit in search("루비")] == ["ruby"]
    assert section_now(concept, "ko") == RUBY


def test_nobody_decides_about_their_own_proposal(people):
    author, _other = people
    proposal = propose(concept=a_concept(), section="ko", content=RUBY, by=author)
    for decide in (review, approve):
        with pytest.raises(CannotDecide, match=r"your own"):
            decide(proposal=proposal, by=author)
    assert send_back(proposal=proposal, answer="typing error", by=author).state == "returned"


def test_decided_proposal_is_decided_once(people):
    author, other = people
    proposal = propose(concept=a_concept(), section="ko", content=RUBY, by=author)
    approve(proposal=proposal, by=other)
    with pytest.raises(WrongMove):
        approve(proposal=proposal, by=other)
    with pytest.raises(WrongMove):
        send_back(proposal=proposal, answer="no", by=other)


def test_later_proposal_takes_the_place_of_the_waiting_one(people):
    author, other = people
    concept = a_concept()
    first = propose(concept=concept, section="ko", content=RUBY, by=author)
    propose(concept=concept, section="ko", content=RUBY, by=other)
    first.refresh_from_db()
    assert (first.state, concept.proposals.filter(state="proposed").count()) == ("replaced", 1)


def test_undo_brings_back_what_was_said_before(people):
    author, other = people
    concept = a_concept("gem")
    before = section_now(concept, "ko")
    proposal = approve(proposal=propose(concept=concept, section="ko", content=RUBY, by=author), by=other)
    undone = undo(proposal=proposal, by=other)
    assert (section_now(concept, "ko"), section_now(concept, "en") != {}) == (before, True)
    assert [hit.concept for hit in search("보석")] == ["gem"]
    undo(proposal=undone, by=other)
    assert section_now(concept, "ko") == RUBY


def test_undo_of_a_new_language_takes_it_away(people):
    author, other = people
    concept = a_concept("gem")
    italian = {"terms": [{"term": "gemma", "status": "preferred"}]}
    proposal = approve(proposal=propose(concept=concept, section="it", content=italian, by=author), by=other)
    undo(proposal=proposal, by=other)
    assert not Term.objects.filter(lang="it").exists()


def test_how_a_concept_began_cannot_be_undone(people):
    with pytest.raises(CannotDecide, match=r"began"):
        undo(proposal=a_concept().proposals.get(section=""), by=people[0])


def test_every_step_is_in_the_trail(people):
    author, other = people
    proposal = propose(concept=a_concept(), section="ko", content=RUBY, by=author, reason="better")
    undo(proposal=approve(proposal=review(proposal=proposal, by=other), by=other), by=other)
    verbs = list(Entry.objects.filter(verb__startswith="concept.").values_list("verb", flat=True))
    assert verbs == ["concept.propose", "concept.review", "concept.approve", "concept.undo"]


def test_compare_marks_lines_that_came_and_went():
    before = {"terms": [{"term": "루비", "status": "preferred"}], "note": "same"}
    after = {"terms": [{"term": "홍옥", "status": "preferred"}], "note": "same"}
    assert [(line.mark, line.text.split(" ")[0]) for line in compare(before, after)] == [
        ("removed", "루비"),
        ("added", "홍옥"),
        ("same", "Note:"),
    ]


def test_checks_find_what_an_editor_should_look_at():
    taken(
        said("a", ko="금", en="gold", ko_definition="금속", en_definition="metal", broader=("nothing",)),
        said("b", ko=["금", "황금"], en=[("aurum", "deprecated")], en_definition="metal"),
    )
    assert [(each.what, [c.code for c in each.concepts]) for each in checks.duplicates()] == [
        ("금", ["a", "b"])
    ]
    assert [(each.lang, each.concepts[0].code) for each in checks.missing_definitions()] == [("ko", "b")]
    assert [(each.lang, each.concepts[0].code) for each in checks.missing_terms()] == [("en", "b")]
    assert [(each.lang, each.concepts[0].code) for each in checks.several_preferred()] == [("ko", "b")]
    assert [each.what for each in checks.words_without_replacement()] == ["aurum"]
    assert [each.what for each in checks.dangling_references()] == ["nothing"]


def test_homonyms_with_notes_are_no_duplicates():
    a, b = said("a", ko="금"), said("b", ko="금")
    taken(*(type(c)(c.id, tuple(type(t)(t.lang, t.text, note="원소") for t in c.terms)) for c in (a, b)))
    assert (checks.duplicates(), Concept.objects.count()) == ([], 2)
