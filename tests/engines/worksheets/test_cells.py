"""Single cells: units, amounts, dates, countries."""

import datetime as dt
from decimal import Decimal

import pytest

from bridgehead.engines.worksheets import (
    Amount,
    Calendar,
    Column,
    Problem,
    Unit,
    country_code,
    decimal_text,
    parse_date,
)
from bridgehead.engines.worksheets.amounts import parse_amount, parse_integer
from bridgehead.engines.worksheets.cells import currency_unit, read_cell
from bridgehead.engines.worksheets.messages import CATALOGUE
from bridgehead.engines.worksheets.units import note_unit, split_heading

THOUSAND = Unit(1000, "USD")
PLAIN = Unit(None, "USD")


@pytest.mark.parametrize(
    ("text", "multiplier", "currency"),
    [
        ("(단위: 천불)", 1000, "USD"),
        ("[단위 : 백만원]", 10**6, "KRW"),
        ("단위: 억원", 10**8, "KRW"),
        ("(단위: 개사, 건, 천불)", 1000, "USD"),
        ("(단위 : 천 USD)", 1000, "USD"),
        ("Unit: US$ 1,000", 1000, "USD"),
        ("(in thousands of USD)", 1000, "USD"),
        ("USD '000", 1000, "USD"),
        ("(USD mn)", 10**6, "USD"),
        ("천불(USD)", 1000, "USD"),
        ("상담실적 (USD, 천)", 1000, "USD"),
        ("(단위: 천만원)", 10**7, "KRW"),
        ("(단위: 십만불)", 10**5, "USD"),
        ("（단위：천유로）", 1000, "EUR"),
        ("Currency: EUR", None, "EUR"),
        ("KRW", None, "KRW"),
        ("€", None, "EUR"),
        ("￦", None, "KRW"),
        ("2025 MWC 실적 (단위: 만불)", 10**4, "USD"),
    ],
)
def test_note_unit_reads(text, multiplier, currency):
    assert note_unit(text) == Unit(multiplier, currency)


@pytest.mark.parametrize(
    "text", ["(단위: 건)", "(단위: m)", "(All)", "2025", "상담실적", "(단위: 천불, 백만원)", "", "M", "1,000"]
)
def test_note_unit_absent(text):
    assert note_unit(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("상담액(천불)", ("상담액", THOUSAND)),
        ("상담액\n(단위: 천불)", ("상담액", THOUSAND)),
        ("상담액 천불(USD)", ("상담액", THOUSAND)),
        ("Consultation amount, USD", ("Consultation amount", PLAIN)),
        ("USD amount", ("amount", PLAIN)),
        ("계약 추진액 : 백만원", ("계약 추진액", Unit(10**6, "KRW"))),
        ("상담실적(금액)", ("상담실적(금액)", None)),
        ("천불", ("", THOUSAND)),
    ],
)
def test_split_heading(text, expected):
    assert split_heading(text) == expected


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [
        (1234, PLAIN, "1234"),
        (0.1, PLAIN, "0.1"),
        (0.1 + 0.2, PLAIN, "0.3"),
        (16608.1, THOUSAND, "16608100"),
        ("1,234", PLAIN, "1234"),
        ("１，２３４．５", PLAIN, "1234.5"),
        ("US$ 1.5M", PLAIN, "1500000"),
        ("US$1.5M", THOUSAND, "1500000"),
        ("$ 1,234.50", PLAIN, "1234.50"),
        ("1,234 천불", THOUSAND, "1234000"),
        ("150만불", THOUSAND, "1500000"),
        ("3천5백만 달러", PLAIN, "35000000"),
        ("15천", PLAIN, "15000"),
        ("2 million USD", PLAIN, "2000000"),
        ("(1,234)", PLAIN, "-1234"),
        ("△1,234", PLAIN, "-1234"),
        ("-5", PLAIN, "-5"),
        ("−5", PLAIN, "-5"),
        (0, PLAIN, "0"),
    ],
)
def test_parse_amount_in_dollars(value, unit, amount):
    assert parse_amount(value, unit) == Amount(Decimal(amount), "USD")


@pytest.mark.parametrize(
    ("value", "amount", "currency"),
    [
        ("₩1,234", "1234", "KRW"),
        ("￦1,234", "1234", "KRW"),
        ("1억 2천만원", "120000000", "KRW"),
        ("1억2,000만 원", "120000000", "KRW"),
        ("€500", "500", "EUR"),
        ("500 유로", "500", "EUR"),
        ("CHF 12.5", "12.5", "CHF"),
    ],
)
def test_parse_amount_currency_of_the_cell_wins(value, amount, currency):
    assert parse_amount(value, PLAIN) == Amount(Decimal(amount), currency)


@pytest.mark.parametrize("value", ["", " ", "-", "–", "―", "－", None, "없음", "해당 없음", "N/A"])
def test_parse_amount_of_nothing(value):
    assert parse_amount(value, THOUSAND) is None


@pytest.mark.parametrize(
    ("value", "unit", "code"),
    [
        ("협의중", PLAIN, "not_an_amount"),
        ("약 1,000", PLAIN, "not_an_amount"),
        ("1,000~2,000", PLAIN, "not_an_amount"),
        ("1,000 2,000", PLAIN, "not_an_amount"),
        ("100 200", PLAIN, "not_an_amount"),
        ("3만5억", PLAIN, "not_an_amount"),
        ("USD", PLAIN, "not_an_amount"),
        ("$5 €6", PLAIN, "not_an_amount"),
        (True, PLAIN, "not_an_amount"),
        (dt.date(2025, 3, 4), PLAIN, "not_an_amount"),
        ("1.234,56", PLAIN, "number_form"),
        ("1,23", PLAIN, "number_form"),
        ("1.234.567", PLAIN, "number_form"),
        ("US$ 5", THOUSAND, "amount_unit_unclear"),
        ("5", Unit(1000, None), "no_currency"),
    ],
)
def test_parse_amount_refuses(value, unit, code):
    problem = parse_amount(value, unit)
    assert isinstance(problem, Problem) and problem.code == code


@pytest.mark.parametrize(
    ("value", "number"), [("1,200건", 1200), (3.0, 3), ("12", 12), ("-", None), ("3.00", 3)]
)
def test_parse_integer(value, number):
    assert parse_integer(value) == number


@pytest.mark.parametrize("value", [1.5, "1.5", "many", True])
def test_parse_integer_refuses(value):
    assert parse_integer(value) == Problem("not_an_integer")


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        ("1500000", "USD", "1500000.00"),
        ("0.125", "USD", "0.125"),
        ("5E+6", "KRW", "5000000"),
        ("1.50", "KRW", "1.5"),
    ],
)
def test_decimal_text(value, currency, text):
    assert decimal_text(Decimal(value), currency) == text


FAIR = Calendar(first=dt.date(2025, 3, 3), last=dt.date(2025, 3, 6))


@pytest.mark.parametrize(
    "value",
    ["3/4/2025", "04/03/2025", "3.4", 3.4, "3. 4", "Mar 4", "4th March", "2025.03.04.(화)", "2025-03-04T10:30:00+09:00",
     "45720", 45720.4375, "250304", 250304, "2025년3월4일 화요일".replace(" 화요일", "(화요일)"), "3월4일(Tue)"],
)  # fmt: skip
def test_parse_date_with_the_fair_known(value):
    assert parse_date(value, FAIR) == dt.date(2025, 3, 4)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2025-02-30", "no_such_day"),
        ("2025.13.1", "no_such_day"),
        (20250230, "no_such_day"),
        ("2/30", "no_such_day"),
        ("3/4", "date_no_year"),
        ("03/04/2025", "date_ambiguous"),
        ("3.3~3.5", "date_range"),
        ("2025-03-03 ~ 2025-03-05", "date_range"),
        ("오전", "not_a_date"),
        ("2025", "not_a_date"),
        (True, "not_a_date"),
        (3.456, "not_a_date"),
        (dt.time(3, 4), "not_a_date"),
    ],
)
def test_parse_date_refuses(value, code):
    problem = parse_date(value)
    assert isinstance(problem, Problem) and problem.code == code


def test_parse_date_number_that_lost_its_zero_is_ambiguous_outside_a_period():
    problem = parse_date(3.1, Calendar(year=2025))
    assert problem == Problem("date_ambiguous", {"first": "2025-03-01", "second": "2025-03-10"})
    assert problem.why("en") == "could be 2025-03-01 or 2025-03-10"
    assert parse_date(3.1, Calendar(first=dt.date(2025, 3, 8), last=dt.date(2025, 3, 12))) == dt.date(
        2025, 3, 10
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("미국", "US"), ("중국", "CN"), ("UAE", "AE"), ("아랍에미리트", "AE"), ("네덜란드", "NL"), ("USA", "US"), ("U.S.A.", "US"),
        ("us", "US"), ("대만", "TW"), ("Taiwan", "TW"), ("영국", "GB"), ("UK", "GB"), ("러시아", "RU"), ("베트남", "VN"),
        ("Viet Nam", "VN"), ("튀르키예", "TR"), ("터키", "TR"), ("사우디", "SA"), ("남아공", "ZA"), ("체코", "CZ"), ("이란", "IR"),
        ("Korea", "KR"), ("대한민국", "KR"), ("The Netherlands", "NL"), ("Czech Republic", "CZ"), ("호주", "AU"), ("이태리", "IT"),
        ("미국(뉴욕)", "US"), ("미국/LA", "US"), ("두바이(UAE)", "AE"), ("바르셀로나(스페인)", "ES"), ("Hong Kong", "HK"),
        ("싱가폴", "SG"), ("인니", "ID"), ("Côte d'Ivoire", "CI"), ("DEU", "DE"), ("라오스", "LA"), ("볼리비아", "BO"),
    ],
)  # fmt: skip
def test_country_code(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["아틀란티스", "Spainn", "", "유럽", "바르셀로나"])
def test_country_code_never_guesses(text):
    assert country_code(text) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [("US$", Unit(None, "USD")), ("천불", THOUSAND), ("kzt", Unit(None, "KZT")), ("돈", None), ("천", None)],
)
def test_currency_unit(text, unit):
    assert currency_unit(text) == unit


def test_read_cell_choice_and_long_text():
    choice = Column("kind", ("구분",), "choice", choices={"online": ("온라인", "화상"), "onsite": ("현장",)})
    assert read_cell(choice, " 화 상 ", Unit(), Calendar()) == "online"
    assert read_cell(choice, "Online", Unit(), Calendar()) == "online"
    problem = read_cell(choice, "전화", Unit(), Calendar())
    assert problem.mend("ko") == "다음 중 하나를 적으십시오: 온라인, 현장."
    short = Column("note", ("비고",), max_length=3)
    assert read_cell(short, "가나다라", Unit(), Calendar()) == Problem("too_long", {"limit": "3"})
    assert read_cell(short, 12.0, Unit(), Calendar()) == "12"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("없음", "없음"),
        (" – ", "–"),
        ("first line \n second", "first line\nsecond"),
        (12, "12"),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_read_cell_verbatim_keeps_what_elsewhere_means_nothing(value, read):
    column = Column("answer", ("Answer",), verbatim=True)
    assert read_cell(column, value, Unit(), Calendar()) == read


def test_every_message_is_complete_in_both_languages():
    for code, texts in CATALOGUE.items():
        assert set(texts) == {"en", "ko"}, code
        assert texts["en"].why and texts["ko"].why, code
        assert bool(texts["en"].mend) == bool(texts["ko"].mend), code
        assert any("가" <= letter <= "힣" for letter in texts["ko"].why), code
