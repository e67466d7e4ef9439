"""Money is a Decimal with a currency; a converted amount keeps its rate and the rate's date.

Columns hold the pair (`AmountField`, `CurrencyField`) so that constraints and sums stay plain SQL.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from currency_converter import CurrencyConverter, RateNotFoundError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _

#: Currencies without minor units (ISO 4217) that these programmes meet.
WITHOUT_CENTS = frozenset({"KRW", "JPY", "VND", "CLP", "ISK"})
SYMBOLS = {"KRW": "₩", "USD": "$", "EUR": "€", "JPY": "¥", "GBP": "£", "CNY": "CN¥"}


class NoRate(Exception):
    """There is no exchange rate for this pair of currencies on this day."""

    def __init__(self, *, source: str, target: str, on: date) -> None:
        super().__init__(f"no rate {source}→{target} on {on}")
        self.source, self.target, self.on = source, target, on


@dataclass(frozen=True)
class Money:
    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return format_money(self.amount, self.currency)


@dataclass(frozen=True)
class Converted:
    """An amount in another currency, with the rate used and the day the rate is of."""

    money: Money
    rate: Decimal
    rate_date: date


class AmountField(models.DecimalField):
    """Up to a quadrillion with cents. Never negative unless `signed=True` (corrections are reversals)."""

    def __init__(self, *args: Any, signed: bool = False, **kwargs: Any) -> None:
        self.signed = signed
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 2)
        if not signed:
            kwargs.setdefault("validators", [MinValueValidator(Decimal(0))])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        if self.signed:
            kwargs["signed"] = True
        return name, path, args, kwargs


class CurrencyField(models.CharField):
    """An ISO 4217 code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 3
        kwargs.setdefault(
            "validators",
            [RegexValidator(r"^[A-Z]{3}$", _("A currency is three capital letters, such as USD."))],
        )
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, path, args, kwargs


def places(currency: str) -> int:
    return 0 if currency in WITHOUT_CENTS else 2


def quantize(amount: Decimal, currency: str) -> Decimal:
    """The amount in the currency's own smallest unit, halves rounded up as offices do."""
    return amount.quantize(Decimal(1).scaleb(-places(currency)), rounding=ROUND_HALF_UP)


def decimal_string(amount: Decimal, currency: str) -> str:
    """As the JSON interfaces write it: "166080000.00" for dollars, "500000000" for won."""
    return f"{quantize(amount, currency):f}"


def format_money(amount: Decimal | int | None, currency: str) -> str:
    """As people read it: "USD 166,080,000.00"; whole amounts of a currency with cents lose their zeros."""
    if amount is None:
        return "–"
    value = quantize(Decimal(amount), currency)
    decimals = 0 if value == value.to_integral_value() else places(currency)
    return f"{currency} {formats.number_format(value, decimals, use_l10n=True, force_grouping=True)}"


@cache
def _rates() -> CurrencyConverter:
    """The European Central Bank's daily rates that ship with the library; no network."""
    return CurrencyConverter(fallback_on_missing_rate=False, fallback_on_wrong_date=False, decimal=True)


def convert(amount: Decimal, source: str, target: str, *, on: date, look_back: int = 7) -> Converted:
    """Convert at the rate of the day, or of the last banking day up to `look_back` days before.

    The European Central Bank publishes none on weekends and holidays. Raises NoRate when that is not enough.
    """
    if source == target:
        return Converted(Money(quantize(amount, target), target), Decimal(1), on)
    for days in range(look_back + 1):
        day = date.fromordinal(on.toordinal() - days)
        try:
            rate = _rates().convert(Decimal(1), source, target, date=day)
        except (RateNotFoundError, ValueError):
            continue
        return Converted(Money(quantize(amount * rate, target), target), rate, day)
    raise NoRate(source=source, target=target, on=on)
