from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.kit.money import (
    AmountField,
    Converted,
    CurrencyField,
    Money,
    NoRate,
    convert,
    decimal_string,
    format_money,
    places,
    quantize,
)

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.005", "USD", "0.01"),
        ("0.015", "USD", "0.02"),
        ("2.675", "EUR", "2.68"),
        ("-0.005", "USD", "-0.01"),
        ("1.004", "USD", "1.00"),
        ("0.5", "KRW", "1"),
        ("2.5", "KRW", "3"),
        ("1999.49", "JPY", "1999"),
    ],
)
def test_quantize_rounds_halves_away_from_zero(amount, currency, rounded):
    assert str(quantize(Decimal(amount), currency)) == rounded


@given(AMOUNTS, st.sampled_from(["USD", "EUR", "KRW", "JPY"]))
def test_quantize_is_off_by_half_a_unit_at_most_and_settled_after_once(amount, currency):
    once = quantize(amount, currency)
    assert quantize(once, currency) == once
    assert abs(once - amount) * 2 <= Decimal(1).scaleb(-places(currency))


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("166080000", "USD", "166080000.00"),
        ("500000000.00", "KRW", "500000000"),
        ("1E+9", "USD", "1000000000.00"),
        ("0", "USD", "0.00"),
        ("0", "KRW", "0"),
        ("12.345", "EUR", "12.35"),
    ],
)
def test_decimal_string_has_the_places_of_its_currency_and_no_exponent(amount, currency, written):
    assert decimal_string(Decimal(amount), currency) == written


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (Decimal("166080000.00"), "USD", "USD 166,080,000"),
        (Decimal("1234.5"), "USD", "USD 1,234.50"),
        (Decimal("8000000.00"), "KRW", "KRW 8,000,000"),
        (Decimal("-1180.25"), "EUR", "EUR -1,180.25"),
        (0, "USD", "USD 0"),
        (None, "USD", "–"),
    ],
)
def test_format_money_groups_thousands_and_drops_empty_cents(language, amount, currency, shown):
    with translation.override(language):
        assert format_money(amount, currency) == shown


def test_money_reads_as_people_write_it():
    assert str(Money(Decimal("1500.5"), "EUR")) == "EUR 1,500.50"


def test_convert_says_its_rate_and_the_day_of_the_rate():
    """3 March 2025: one euro was 1.0465 dollars and 1528.91 won at the European Central Bank."""
    found = convert(Decimal(1000), "EUR", "USD", on=date(2025, 3, 3))
    assert found == Converted(Money(Decimal("1046.50"), "USD"), Decimal("1.0465"), date(2025, 3, 3))


def test_convert_between_two_foreign_currencies_goes_through_the_euro():
    dollars = convert(Decimal(1), "EUR", "USD", on=date(2025, 3, 3)).rate
    won = convert(Decimal(1), "EUR", "KRW", on=date(2025, 3, 3)).rate
    found = convert(Decimal(1_000_000), "USD", "KRW", on=date(2025, 3, 3))
    assert found.money.amount == quantize(Decimal(1_000_000) * won / dollars, "KRW")


@pytest.mark.parametrize(
    ("day", "banking_day"),
    [
        (date(2025, 3, 7), date(2025, 3, 7)),
        (date(2025, 3, 8), date(2025, 3, 7)),
        (date(2025, 3, 9), date(2025, 3, 7)),
        (date(2024, 12, 25), date(2024, 12, 24)),
        (date(2025, 4, 21), date(2025, 4, 17)),
    ],
    ids=["Friday", "Saturday", "Sunday", "Christmas", "Easter Monday"],
)
def test_convert_on_a_day_without_rate_uses_the_last_banking_day(day, banking_day):
    found = convert(Decimal(100), "USD", "KRW", on=day)
    assert found.rate_date == banking_day
    assert found == convert(Decimal(100), "USD", "KRW", on=banking_day)


def test_convert_to_the_same_currency_needs_no_rate():
    found = convert(Decimal("10.005"), "VND", "VND", on=date(1990, 1, 1))
    assert found == Converted(Money(Decimal(10), "VND"), Decimal(1), date(1990, 1, 1))


@pytest.mark.parametrize(
    ("source", "target", "on"),
    [
        ("USD", "KRW", date(1998, 12, 31)),
        ("VND", "USD", date(2025, 3, 3)),
        ("RUB", "EUR", date(2025, 3, 3)),
        ("USD", "XXX", date(2025, 3, 3)),
        ("USD", "EUR", date(2999, 1, 1)),
    ],
    ids=["before the first rate", "never quoted", "no longer quoted", "no such currency", "to come"],
)
def test_convert_without_a_rate_says_which_one_is_missing(source, target, on):
    with pytest.raises(NoRate) as error:
        convert(Decimal(1), source, target, on=on)
    assert (error.value.source, error.value.target, error.value.on) == (source, target, on)
    assert str(error.value) == f"no rate {source}→{target} on {on}"


def test_convert_looks_back_no_further_than_asked():
    with pytest.raises(NoRate):
        convert(Decimal(1), "USD", "KRW", on=date(2025, 3, 9), look_back=1)
    assert convert(Decimal(1), "USD", "KRW", on=date(2025, 3, 9), look_back=2).rate_date == date(2025, 3, 7)


@given(
    st.decimals(min_value=0, max_value=10**9, places=2), st.decimals(min_value=0, max_value=10**9, places=2)
)
def test_convert_keeps_the_order_of_amounts(one, other):
    smaller, bigger = sorted([one, other])
    on = date(2025, 3, 4)
    assert (
        convert(smaller, "USD", "KRW", on=on).money.amount
        <= convert(bigger, "USD", "KRW", on=on).money.amount
    )


@pytest.mark.parametrize(
    "field", [AmountField(), AmountField(signed=True), CurrencyField(default="USD")], ids=repr
)
def test_fields_survive_a_migration(field):
    _name, _path, args, kwargs = field.deconstruct()
    again = type(field)(*args, **kwargs)
    assert again.deconstruct() == field.deconstruct()
    assert len(again.validators) == len(field.validators)
