"""What tells who applied is taken out of free text, however it is written."""

import pytest

from bridgehead.calls.blinding import hide, pattern

SECRET = pattern(
    names=["주식회사 은공방", "Silver Workshop Co., Ltd."],
    numbers=["1208100016"],
    phones=["02-123-4567"],
    words=["maker@silver.example"],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("저희 은공방은 종로에", "저희 [hidden]은 종로에"),
        ("주식회사은공방입니다", "[hidden]입니다"),
        ("We at SILVER  workshop make", "We at [hidden] make"),
        ("Silver Workshop Co., Ltd.", "[hidden]"),
        ("No. 120-81-00016, 120 81 00016", "No. [hidden], [hidden]"),
        ("tel 02.123.4567 / +82 2-123-4567", "tel [hidden] / [hidden]"),
        ("Maker@Silver.example", "[hidden]"),
        ("Silver workshops of Seoul", "Silver workshops of Seoul"),
        ("91208100016", "91208100016"),
    ],
)
def test_secret_is_hidden_and_the_rest_is_kept(text, expected):
    assert hide(text, SECRET, "[hidden]") == expected


def test_lists_and_tables_are_hidden_cell_by_cell():
    assert hide([["은공방", 3], ["반지", 4]], SECRET, "○") == [["○", 3], ["반지", 4]]


def test_nothing_known_hides_nothing():
    assert hide("은공방", pattern(), "○") == "은공방"
