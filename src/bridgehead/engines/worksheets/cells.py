"""One cell to one typed value, or to the reason why not."""

import datetime as dt
import unicodedata
from typing import Any

import pycountry
from stdnum.exceptions import ValidationError
from stdnum.kr import brn

from bridgehead.kit.check_digits import business_number_check_digit

from .amounts import exact, is_blank, parse_amount, parse_integer
from .countries import country_code
from .dates import Calendar, parse_date
from .messages import Problem
from .schema import Column
from .units import Unit, parse_unit, plain


def shown(value: object) -> str:
    """The cell as a person reads it, for messages and the raw row."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return f"{exact(value):f}"
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes")
    return str(value).strip()


def read_cell(column: Column, value: object, unit: Unit, calendar: Calendar) -> Any:
    """The typed value, None for an empty cell, or a `Problem`."""
    match column.kind:
        case "money":
            amount = parse_amount(value, unit)
            if not isinstance(amount, Problem | None) and _too_small(column, amount.value):
                return Problem("too_small", {"minimum": str(column.minimum)})
            return amount
        case "integer":
            number = parse_integer(value)
            if isinstance(number, int) and _too_small(column, number):
                return Problem("too_small", {"minimum": str(column.minimum)})
            return number
        case "date":
            return parse_date(value, calendar)
    if column.verbatim:
        return _within(column, _as_typed(value)) or None
    if is_blank(value):
        return None
    text = " ".join(unicodedata.normalize("NFC", shown(value)).split())
    match column.kind:
        case "country":
            return country_code(text) or Problem("unknown_country")
        case "currency":
            return currency_unit(text) or Problem("unknown_currency")
        case "choice":
            return _choice(column, text)
        case "business_number":
            return _business_number(text)
    return _within(column, text)


def _within(column: Column, text: str) -> str | Problem:
    return text if len(text) <= column.max_length else Problem("too_long", {"limit": str(column.max_length)})


def _as_typed(value: object) -> str:
    text = unicodedata.normalize("NFC", "" if value is None else shown(value))
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _too_small(column: Column, number: Any) -> bool:
    return column.minimum is not None and number < column.minimum


def currency_unit(text: str) -> Unit | None:
    """A currency column's cell: a unit (`천불`, `US$`) or any ISO 4217 code."""
    unit = parse_unit(text)
    if unit and unit.currency:
        return unit
    code = plain(text).strip().upper()
    return Unit(None, code) if len(code) == 3 and pycountry.currencies.get(alpha_3=code) else None


def _choice(column: Column, text: str) -> str | Problem:
    wanted = plain(text).casefold().replace(" ", "")
    for value, names in column.choices.items():
        if wanted in {plain(name).casefold().replace(" ", "") for name in (value, *names)}:
            return value
    return Problem(
        "unknown_choice",
        {"choices": ", ".join(names[0] if names else value for value, names in column.choices.items())},
    )


def _business_number(text: str) -> str | Problem:
    try:
        number = brn.validate(plain(text))
    except ValidationError:
        return Problem("business_number")
    right = int(number[9]) == business_number_check_digit(number[:9])
    return number if right else Problem("business_number")
