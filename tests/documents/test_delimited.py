import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.documents import delimited, neutral, shown
from bridgehead.documents.blocks import Amount, Column

COLUMNS = [Column("기업"), Column("금액", "money", currency="USD"), Column("일자", "date")]


def test_write_utf8_starts_with_a_byte_order_mark_and_keeps_numbers_bare():
    data = delimited.write(
        COLUMNS, [["가나, 공방", Decimal("5312345.670"), dt.date(2025, 3, 4)], [None, -5, None]]
    )
    assert data == '\ufeff기업,금액 (USD),일자\r\n"가나, 공방",5312345.670,2025-03-04\r\n,-5,\r\n'.encode()


def test_write_formulas_are_marked_in_heading_and_cells():
    data = delimited.write([Column("=h")], [["=1+1"], ["+82"], ["-"], ["@a"], ["\tx"], ["\rx"]])
    assert data.decode("utf-8-sig").split("\r\n") == [
        "'=h",
        "'=1+1",
        "'+82",
        "'-",
        "'@a",
        "'\tx",
        '"\'\nx"',
        "",
    ]


def test_write_moments_carry_their_zone_and_mixed_money_its_currency():
    row = [dt.datetime(2025, 3, 8, 15, 0, tzinfo=dt.UTC), Amount(Decimal("1E+3"), "KRW"), True]
    with timezone.override("Asia/Seoul"):
        data = delimited.write([Column("a"), Column("b"), Column("c")], [row])
    assert data.decode("utf-8-sig") == "a,b,c\r\n2025-03-09T00:00:00+09:00,1000 KRW,1\r\n"


def test_write_cp949_round_trips_korean():
    data = delimited.write([Column("기업")], [["똠방각하 ㈜펲시"]], encoding="cp949")
    assert data.decode("cp949") == "기업\r\n똠방각하 ㈜펲시\r\n"


def test_write_cp949_names_row_column_and_every_lost_character():
    rows = [["ok", "é"], ["😀 Müller 😀", "ok"]]
    with translation.override("en"), pytest.raises(delimited.CannotEncode) as caught:
        delimited.write([Column("name"), Column("note")], rows, encoding="cp949")
    assert caught.value.cells == (
        delimited.Unencodable(row=2, column="note", characters="é"),
        delimited.Unencodable(row=3, column="name", characters="😀ü"),
    )
    assert str(caught.value) == (
        "CP949 cannot hold these characters:\n"
        "row 2, column “note”: é (U+00E9)\n"
        "row 3, column “name”: 😀 (U+1F600), ü (U+00FC)"
    )


def test_write_cp949_message_is_short_when_everything_is_wrong():
    with translation.override("en"), pytest.raises(delimited.CannotEncode) as caught:
        delimited.write([Column("name")], [["é"]] * 30, encoding="cp949")
    assert len(caught.value.cells) == 30
    assert str(caught.value).splitlines()[-1] == "and 20 more cells"


def test_write_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        delimited.write(COLUMNS, [["a", 1]])


def test_write_unknown_encoding_is_refused():
    with pytest.raises(ValueError, match="utf-16"):
        delimited.write(COLUMNS, [], encoding="utf-16")


@given(st.lists(st.tuples(st.text(), st.integers()), max_size=5))
def test_write_any_text_comes_back_and_is_never_a_formula(rows):
    data = delimited.write([Column("t"), Column("n", "integer")], rows)
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    assert [(neutral.restored(text), int(number)) for text, number in read] == [
        (shown.clean(text), number) for text, number in rows
    ]
    assert not any(neutral.is_formula(text) for text, _ in read)
