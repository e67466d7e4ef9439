"""How one typed value is written on a printed page, in Korean and English."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from bridgehead.documents.blocks import Align, Amount, Cell, Column, Language

WHOLE_CURRENCIES = frozenset({"KRW", "JPY", "VND", "CLP", "ISK"})
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KOREAN_CURRENCY = {"KRW": "원", "USD": "달러", "EUR": "유로", "JPY": "엔", "CNY": "위안"}
NUMERIC_KINDS = frozenset({"integer", "number", "money", "percent"})

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Without the characters XML cannot hold; pasted text brings them along and would break the file."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def places_of(currency: str) -> int:
    return 0 if currency in WHOLE_CURRENCIES else 2


def number(value: int | float | Decimal, places: int = 0) -> str:
    """Grouped by thousands and rounded half up, as ledgers are (not half to even)."""
    unit = Decimal(1).scaleb(-places)
    return f"{Decimal(str(value)).quantize(unit, ROUND_HALF_UP):,.{places}f}"


def money(amount: int | float | Decimal, currency: str, language: Language) -> str:
    """“12,000,000원”, “USD 56,780,000.00”; the won is spelled in Korean, other currencies keep their code."""
    text = number(amount, places_of(currency))
    return f"{text}원" if language == "ko" and currency == "KRW" else f"{currency} {text}"


def date(value: dt.date, language: Language) -> str:
    """“2025. 3. 4.” as Korean official documents write it, “4 Mar 2025” in English."""
    if language == "ko":
        return f"{value.year}. {value.month}. {value.day}."
    return f"{value.day} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"


def moment(value: dt.datetime, language: Language) -> str:
    """Date, time and the zone it is told in; aware moments are told in the active zone."""
    if timezone.is_naive(value):
        return f"{date(value, language)} {value:%H:%M}"
    local = timezone.localtime(value)
    return f"{date(local, language)} {local:%H:%M} {local.tzname()}"


def moment_or_date(value: dt.datetime | dt.date, language: Language) -> str:
    return moment(value, language) if isinstance(value, dt.datetime) else date(value, language)


def cell(value: Cell, column: Column, language: Language) -> str:
    """The text of a table cell. A missing value stays visibly missing as an empty cell, never a zero."""
    if value is None or isinstance(value, str):
        return clean(value or "")
    if isinstance(value, bool):
        return ("예" if value else "아니요") if language == "ko" else ("Yes" if value else "No")
    if isinstance(value, Amount):
        return money(value.amount, value.currency, language)
    if isinstance(value, dt.date):
        return moment_or_date(value, language)
    if column.kind == "text":
        return str(value)
    if column.kind == "money":
        return number(value, places_of(column.currency))
    if column.kind == "percent":
        return f"{number(Decimal(str(value)) * 100, column.places)}%"
    return number(value, column.places if column.kind == "number" else 0)


def heading(column: Column, language: Language) -> str:
    """A column's label, with its currency where all rows share one."""
    if column.kind != "money" or not column.currency:
        return column.label
    unit = _KOREAN_CURRENCY.get(column.currency, column.currency) if language == "ko" else column.currency
    return f"{column.label}({unit})" if language == "ko" else f"{column.label} ({unit})"


def alignment(column: Column) -> Align:
    """Numbers to the right, dates to the centre, text to the left, unless the column says otherwise."""
    if column.align:
        return column.align
    if column.kind in NUMERIC_KINDS:
        return "right"
    return "left" if column.kind == "text" else "center"
