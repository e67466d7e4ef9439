"""Amounts of money and whole numbers as they are typed into cells, read exactly."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from .messages import Problem
from .units import CURRENCIES, SCALES, ZERO_DECIMALS, Unit, plain

BLANKS = frozenset({"", "-", "--", "–", "—", "―", "─", "ㅡ", "없음", "해당없음", "해당 없음", "n/a"})
_SMALL = {"십", "백", "천"}
_WORDS = sorted([*(s for s in SCALES if not s.endswith(("000", "000s"))), *CURRENCIES], key=len, reverse=True)
_LEXEME = re.compile(
    r"(?P<number>\d[\d,]*(?:\.[\d.,]*)?|\.\d+)|(?P<word>" + "|".join(map(re.escape, _WORDS)) + ")"
)
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+")
_NEGATIVE = re.compile(r"\((?P<inside>.+)\)|[△▲-]\s*(?P<after>.+)")


@dataclass(frozen=True)
class Amount:
    """Money as stated, multiplied out: never a float, never without its currency."""

    value: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{decimal_text(self.value, self.currency)} {self.currency}"


def decimal_text(value: Decimal, currency: str | None) -> str:
    """A decimal string with the currency's usual decimals, and more only where they were stated."""
    least = 0 if currency in ZERO_DECIMALS else 2
    exponent = value.normalize().as_tuple().exponent
    stated = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"{value:.{max(least, stated)}f}"


def exact(number: int | float) -> Decimal:
    """The decimal a spreadsheet shows: its doubles are good for fifteen digits, the rest is noise."""
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.15g}")


def is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and plain(value).strip().casefold() in BLANKS)


def parse_amount(value: object, unit: Unit) -> Amount | Problem | None:
    """An amount in the table's `unit`; None where the cell says there is none.

    A scale written in the cell (`150만불`) is taken as it stands. A bare currency in the cell of a table
    that counts in thousands is refused: it could mean either, and a guess may be wrong by a thousand.
    """
    if is_blank(value):
        return None
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return Problem("not_an_amount")
    if isinstance(value, int | float):
        return _in_unit(exact(value), None, False, unit)
    text = plain(str(value)).strip()
    negative = _NEGATIVE.fullmatch(text)
    body = (negative["inside"] or negative["after"]) if negative else text.removeprefix("+")
    if re.search(r"\d\s+[\d.,]", body):
        return Problem("not_an_amount")
    parsed = _parse_words(re.sub(r"\s+", "", body).casefold())
    if isinstance(parsed, Problem):
        return parsed
    number, currency, scaled = parsed
    return _in_unit(-number if negative else number, currency, scaled, unit)


def _in_unit(number: Decimal, currency: str | None, scaled: bool, unit: Unit) -> Amount | Problem:
    if currency and not scaled and unit.factor != 1:
        return Problem("amount_unit_unclear", {"cell": currency, "table": unit.label()})
    resolved = currency or unit.currency
    if resolved is None:
        return Problem("no_currency")
    return Amount(number if scaled else number * unit.factor, resolved)


def _parse_words(text: str) -> tuple[Decimal, str | None, bool] | Problem:
    """Number, currency and whether a scale was written, of a text such as `us$1.5m` or `1억2천만원`."""
    total = section = Decimal(0)
    number: Decimal | None = None
    currencies: set[str] = set()
    scaled = seen = False
    ceiling = None
    position = 0
    while position < len(text):
        match = _LEXEME.match(text, position)
        if match is None:
            return Problem("not_an_amount")
        position, word = match.end(), match["word"]
        if word is None:
            if not _NUMBER.fullmatch(match["number"]):
                return Problem("number_form")
            if number is not None or (seen and not scaled):
                return Problem("not_an_amount")
            number, seen = Decimal(match["number"].replace(",", "")), True
        elif word in CURRENCIES:
            currencies.add(CURRENCIES[word])
        elif not seen:
            return Problem("not_an_amount")
        elif word in _SMALL:
            section += (1 if number is None else number) * SCALES[word]
            number, scaled = None, True
        else:
            if ceiling is not None and SCALES[word] >= ceiling:
                return Problem("not_an_amount")
            ceiling = SCALES[word]
            total += (section + (number or 0)) * ceiling
            section, number, scaled = Decimal(0), None, True
    if not seen or len(currencies) > 1:
        return Problem("not_an_amount")
    return total + section + (number or 0), next(iter(currencies), None), scaled


def parse_integer(value: object) -> int | Problem | None:
    """A whole number; counting words such as `건` or `개사` may follow it."""
    if is_blank(value):
        return None
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return Problem("not_an_integer")
    if isinstance(value, int | float):
        number = exact(value)
        return int(number) if number == number.to_integral_value() else Problem("not_an_integer")
    text = re.sub(r"\s*(건|개사|개|명|회|개국)$", "", plain(str(value)).strip())
    if re.fullmatch(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.0+)?", text):
        return int(Decimal(text.replace(",", "")))
    return Problem("not_an_integer")
