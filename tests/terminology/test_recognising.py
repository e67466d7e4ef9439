"""Terms in running text: which are found, which are shown to readers, which writers should replace."""

import pytest

from bridgehead.terminology.queries.recognising import forbidden_in, found_in, worth_marking
from tests.factories.terminology import said, taken


@pytest.fixture
def trade(db):
    taken(
        said("gold", ko="금", en="gold"),
        said("silver", ko="은", en="silver"),
        said("gem", ko="보석", en=["gemstone", ("precious stone", "deprecated")]),
        said("prong", ko=["난발", ("쓰메", "deprecated")], en="prong"),
        said("jewel", ko="보석", en="jewel"),
    )


def test_found_in_text_gives_concepts_with_offsets(trade):
    [first, second] = found_in("지금 금은 비싸다. 보석", "ko")
    assert (first.surface, first.start, first.end, first.terms[0].concept) == ("금", 3, 4, "gold")
    assert [term.concept for term in second.terms] == ["gem", "jewel"]


def test_found_in_one_language_only(trade):
    assert [each.surface for each in found_in("gold 금", "en")] == ["gold"]
    assert [each.surface for each in found_in("gold 금")] == ["gold", "금"]


def test_readers_see_each_concept_once_and_no_short_or_deprecated_word(trade):
    text = "금과 보석, 다시 보석. 쓰메는 난발이다."
    assert [each.surface for each in worth_marking(text, "ko")] == ["보석", "난발"]
    assert list(worth_marking("A precious stone", "en")) == []


def test_writers_see_what_replaces_a_word(trade):
    [found] = forbidden_in("쓰메를 세운다. 보석", "ko")
    assert (found.surface, found.terms[0].use) == ("쓰메", "난발")


def test_recognition_sees_a_change_at_once(trade):
    assert found_in("루비", "ko") == []
    taken(said("ruby", ko="루비"))
    assert [each.surface for each in found_in("루비", "ko")] == ["루비"]
