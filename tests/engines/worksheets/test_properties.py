"""What must hold for every date, amount and arrangement of a table."""

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bridgehead.engines.worksheets import (
    CONSULTATIONS,
    Amount,
    Calendar,
    Options,
    Unit,
    parse_date,
    parse_unit,
    read,
)
from bridgehead.engines.worksheets.amounts import parse_amount
from bridgehead.engines.worksheets.dates import EXCEL_EPOCH

from .sheets import rows_book

STYLES = (
    "{0.year}.{0.month}.{0.day}",
    "{0.year}. {0.month}. {0.day}.",
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0:%Y%m%d}",
    "{0:%y}.{0.month}.{0.day}",
    "'{0:%y}.{0.month}.{0.day}.",
    "{0.year}년 {0.month}월 {0.day}일",
    "{0.year}.{0.month}.{0.day}(화)",
    "{0:%Y-%m-%d} 10:30",
    "{0:%d-%b-%Y}",
    "{0:%B} {0.day}, {0.year}",
)
WITHOUT_YEAR = (
    "{0.month}/{0.day}",
    "{0.month}월 {0.day}일",
    "{0.month}.{0.day}",
    "{0.month}. {0.day}.",
    "{0:%b} {0.day}",
)
UNITS = ("천불", "백만원", "억원", "USD", "천 USD", "US$ 1,000", "KRW", "€", "만불", "천유로", "USD mn")
_days = st.dates(dt.date(2000, 1, 1), dt.date(2079, 12, 31))


@given(_days, st.sampled_from(STYLES))
def test_dates_round_trip_in_every_style(day, style):
    assert parse_date(style.format(day)) == day


@given(_days, st.sampled_from(WITHOUT_YEAR))
def test_dates_without_year_round_trip_with_the_year_known(day, style):
    assert parse_date(style.format(day), Calendar(year=day.year)) == day


@given(_days)
def test_dates_round_trip_as_serial_numbers(day):
    assert parse_date(float((day - EXCEL_EPOCH).days)) == day
    assert parse_date(dt.datetime.combine(day, dt.time(23, 59))) == day


_amounts = st.decimals(Decimal("0.01"), Decimal("9999999.99"), places=2)


@given(_amounts, st.sampled_from(UNITS), st.sampled_from(["{}", "{:,}", "{:,.4f}", " {} "]))
def test_amounts_round_trip_under_every_unit(amount, stated, form):
    unit = parse_unit(stated)
    assert isinstance(unit, Unit) and unit.currency
    expected = Amount(amount * (unit.multiplier or 1), unit.currency)
    assert parse_amount(form.format(amount), unit) == expected
    assert parse_amount(float(amount), unit) == expected


_titles = st.lists(
    st.sampled_from(
        ["MWC 상담실적", "작성: 국제통상과", "부서 기업 목록", "", "(단위: 건)", "2025", "외부 제공 금지"]
    ),
    max_size=6,
)
_body = [
    ["기업명", "일자", "바이어", "국가", "상담액(천불)"],
    ["가온", "2025.3.4", "Acme", "미국", 12.5],
    ["나래", "2025.3.5", "Beta", "UAE", "1,000"],
    ["합계", None, None, None, 1012.5],
]


@settings(max_examples=40, deadline=None)
@given(_titles, st.integers(0, 3))
def test_titles_above_do_not_change_the_rows(titles, left):
    plain = read(rows_book(_body), CONSULTATIONS)
    rows = [[None] * left + row for row in [*([title or None] for title in titles), *_body]]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert reading.header_row == len(titles) + 1
    assert [row.values for row in reading.rows] == [row.values for row in plain.rows]
    assert [row.fingerprint for row in reading.rows] == [row.fingerprint for row in plain.rows]
    assert [row.number - len(titles) for row in reading.rows] == [2, 3]
    assert reading.totals == plain.totals and reading.rejected == [] and reading.warnings == []


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(5)), st.permutations(range(2)))
def test_order_of_columns_and_rows_does_not_change_what_is_imported(columns, rows):
    arranged = [_body[0], *(_body[1 + row] for row in rows)]
    text = "\n".join(",".join(f'"{row[column]}"' for column in columns) for row in arranged)
    first = read(rows_book(_body), CONSULTATIONS)
    again = read(text.encode("cp949"), CONSULTATIONS)
    assert again.new_rows(row.fingerprint for row in first.rows) == []
    assert len(again.rows) == 2


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    try:
        read(content, CONSULTATIONS, Options())
    except ValueError as refusal:
        assert type(refusal).__name__ == "UnreadableSheet"
