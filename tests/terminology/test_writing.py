"""Help for writers: words to avoid, and what the other language has to call a term."""

import pytest

from bridgehead.terminology.queries.recognising import Locked, locked_translations, worth_marking
from tests.factories.organisations import a_host, staff
from tests.factories.terminology import a_concept

pytestmark = pytest.mark.django_db


@pytest.fixture
def words():
    a_concept("ring", ko=["반지", ("가락지반지", "deprecated")], en=["finger ring", ("ring", "admitted")])
    a_concept("gem", ko="보석", en="gemstone")
    a_concept("only-korean", ko="노리개")


def test_a_term_is_kept_where_the_other_text_has_any_of_its_words(words):
    found = locked_translations("보석과 반지, 노리개", "ko", "Rings and jewels", "en")
    assert found == [Locked("보석", "gem", "gemstone", False), Locked("반지", "ring", "finger ring", True)]


def test_a_word_of_several_meanings_is_kept_when_one_of_them_is(words):
    a_concept("stone", ko="보석", en="precious stone")
    [found] = locked_translations("보석", "ko", "a precious stone", "en")
    assert found.kept


@pytest.fixture
def writer(client):
    client.force_login(staff(a_host(), "officer"))
    return client


def help_on(writer, **texts):
    return writer.post("/en/desk/terms/writing/", texts).text


def test_what_is_written_in_two_languages_is_compared(writer, words):
    page = help_on(writer, body_ko="보석과 가락지반지", body_en="Rings of the region")
    assert ">가락지반지</del>" in page
    assert ">반지</strong>" in page
    assert ">gemstone</strong>" in page


def test_a_word_to_avoid_is_said_once(writer, words):
    assert help_on(writer, body_ko="가락지반지 가락지반지").count("<del") == 1


def test_a_text_in_order_is_told_so(writer, words):
    page = help_on(writer, body_ko="보석", body_en="A gemstone.")
    assert "nothing against this text" in page
    assert "1 term is called the same" in page


def test_nothing_is_said_about_nothing(writer, words):
    assert help_on(writer, body_ko="  ", other="가락지반지").strip() == ""


def test_an_everyday_word_is_neither_explained_nor_held_against_the_writer(writer):
    a_concept("mould", ko=["고무형", ("가다", "deprecated")], en="mould")
    a_concept("pavilion", ko="퍼빌리언", en="pavilion")
    page = help_on(writer, body_ko="시장에 가다", body_en="A joint pavilion")
    assert "가다" not in page
    assert [found.surface for found in worth_marking("Our pavilion and a mould", "en")] == ["mould"]
