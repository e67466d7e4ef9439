import pytest

from bridgehead.documents.blocks import Item
from bridgehead.documents.numbering import mark, numbered, syllable


def test_mark_korean_levels_follow_official_order():
    first = [mark(level, 1, "ko") for level in range(1, 9)]
    second = [mark(level, 2, "ko") for level in range(1, 9)]
    assert first == ["1.", "가.", "1)", "가)", "(1)", "(가)", "①", "㉮"]
    assert second == ["2.", "나.", "2)", "나)", "(2)", "(나)", "②", "㉯"]


def test_mark_english_levels_use_letters():
    assert [mark(level, 3, "en") for level in range(1, 9)] == ["3.", "c.", "3)", "c)", "(3)", "(c)", "③", "ⓒ"]


def test_mark_beyond_ha_continues_with_geo_and_neo():
    assert [syllable(n) for n in (1, 2, 14, 15, 16, 28, 29, 84, 85)] == [*"가나하거너허고히", "가가"]


def test_mark_beyond_circled_signs_stands_in_parentheses():
    circled = [mark(7, n, "ko") for n in (20, 21, 35, 36, 50, 51)]
    assert circled == ["⑳", "㉑", "㉟", "㊱", "㊿", "(51)"]
    assert [mark(8, n, "ko") for n in (14, 15)] == ["㉻", "(거)"]
    assert [mark(8, n, "en") for n in (26, 27)] == ["ⓩ", "(aa)"]


@pytest.mark.parametrize("level", [0, 9])
def test_mark_outside_eight_levels_is_refused(level):
    with pytest.raises(ValueError, match="8 levels"):
        mark(level, 1, "ko")


def test_numbered_nested_items_restart_under_each_parent():
    items = [Item("A", [Item("B"), Item("C")]), Item("D", [Item("E"), Item("F")])]
    assert list(numbered(items, "ko")) == [
        (1, "1.", "A"),
        (2, "가.", "B"),
        (2, "나.", "C"),
        (1, "2.", "D"),
        (2, "가.", "E"),
        (2, "나.", "F"),
    ]


def test_numbered_lone_item_has_no_mark_in_korean_but_has_in_english():
    items = [Item("A"), Item("B", [Item("only")])]
    assert list(numbered(items, "ko"))[-1] == (2, "", "only")
    assert list(numbered(items, "en"))[-1] == (2, "a.", "only")
