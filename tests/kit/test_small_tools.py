"""Countries, clock, signing, states, steps and navigation: each small, each used by every room."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from bridgehead.kit.bilingual import Bilingual, pick
from bridgehead.kit.clock import check_zone, local_day, with_zone
from bridgehead.kit.countries import country_choices, country_name, country_names
from bridgehead.kit.navigation import PROGRAMME_PAGES, register_programme_page
from bridgehead.kit.signing import digest, new_token
from bridgehead.kit.states import WrongMove, check_move
from bridgehead.kit.steps import Progress, Step

MIDNIGHT_IN_SEOUL = datetime(2026, 1, 15, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "korean", "english"),
    [
        ("IT", "이탈리아", "Italy"),
        ("KR", "한국", "Korea"),
        ("TW", "대만", "Taiwan"),
        ("GB", "영국", "United Kingdom"),
        ("XX", "XX", "XX"),
        ("", "", ""),
    ],
)
def test_country_name_in_the_readers_language(code, korean, english):
    with translation.override("ko"):
        assert country_name(code) == korean
    with translation.override("en-gb"):
        assert country_name(code) == english


def test_every_country_has_a_name_in_both_languages():
    assert country_names("ko").keys() == country_names("en").keys()
    assert len(country_names("ko")) == 249
    assert all(country_names("ko").values())


def test_country_choices_begin_with_the_usual_ones_each_once():
    with translation.override("en"):
        blank, (often, usual), (every, all_of_them) = country_choices(["IT", "FR", "IT", "??"])
    assert blank == ("", "–")
    assert (often, usual) == ("Often", [("IT", "Italy"), ("FR", "France")])
    assert every == "All countries"
    assert [name for _code, name in all_of_them] == sorted(country_names("en").values())


def test_country_choices_without_usual_ones_have_no_such_group():
    with translation.override("en"):
        assert [label for label, _choices in country_choices()] == ["", "All countries"]


def test_local_day_is_the_day_where_it_happened():
    assert local_day(MIDNIGHT_IN_SEOUL, "Asia/Seoul") == date(2026, 1, 16)
    assert local_day(MIDNIGHT_IN_SEOUL, "Europe/Rome") == date(2026, 1, 15)


def test_with_zone_names_the_zone():
    with translation.override("ko"):
        assert with_zone(MIDNIGHT_IN_SEOUL, "Asia/Seoul") == "2026년 1월 16일 00:00 (Asia/Seoul)"
    with translation.override("en"):
        assert with_zone(MIDNIGHT_IN_SEOUL, "Europe/Rome").endswith("16:00 (Europe/Rome)")


def test_check_zone_refuses_what_is_none():
    check_zone("Europe/Rome")
    for wrong in ("KST", "Seoul", ""):
        with pytest.raises(ValidationError):
            check_zone(wrong)


@pytest.mark.parametrize(
    ("language", "texts", "picked"),
    [
        ("ko", ("종로", "Jongno"), "종로"),
        ("en", ("종로", "Jongno"), "Jongno"),
        ("en", ("종로", ""), "종로"),
        ("ko", ("", "Jongno"), "Jongno"),
        ("it", ("종로", "Jongno"), "Jongno"),
        ("ko-kr", ("종로", "Jongno"), "종로"),
    ],
)
def test_pick_takes_the_readers_language_or_the_other(language, texts, picked):
    assert pick(*texts, language=language) == picked
    with translation.override(language):
        assert pick(*texts) == picked


def test_bilingual_reads_the_columns_beside_it():
    class Thing:
        name_ko, name_en = "공방", "Workshop"
        name = Bilingual("name")

    with translation.override("en"):
        assert Thing().name == "Workshop"
    assert isinstance(Thing.name, Bilingual)


def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}


def test_digest_is_sha256():
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_check_move_refuses_what_is_not_in_the_table():
    moves = {"draft": frozenset({"submitted"}), "submitted": frozenset()}
    check_move(moves, "draft", "submitted")
    for old, new in [("submitted", "draft"), ("draft", "draft"), ("unknown", "draft")]:
        with pytest.raises(WrongMove) as error:
            check_move(moves, old, new)
        assert (error.value.old, error.value.new) == (old, new)
        assert old in str(error.value)


def test_step_begins_with_nothing_late_and_nothing_next():
    step = Step("call", "Call", "/call/", Progress.TODO)
    assert (step.facts, step.late, step.next_action, step.next_url) == ([], [], "", "")
    assert Progress("todo") is Progress.TODO


def test_programme_pages_stand_in_their_order_and_once():
    orders = [page.order for page in PROGRAMME_PAGES]
    assert orders == sorted(orders)
    codes = [page.code for page in PROGRAMME_PAGES]
    assert len(set(codes)) == len(codes)
    assert {"calls", "selection", "pavilion", "funding", "matchmaking", "results"} <= set(codes)


def test_registering_a_page_again_changes_nothing():
    before = list(PROGRAMME_PAGES)
    page = before[0]
    register_programme_page(
        order=page.order, code=page.code, label=page.label, url_name=page.url_name, permission=page.permission
    )
    assert before == PROGRAMME_PAGES
