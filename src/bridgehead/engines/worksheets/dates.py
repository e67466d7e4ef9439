"""Dates as Korean officers write them, resolved with the period of the event where a part is missing."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .amounts import exact, is_blank
from .messages import Problem
from .units import plain

EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: what an unformatted date cell of our times holds
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTHS = {name[:size]: number for number, name in enumerate(_MONTH_NAMES, 1) for size in (3, 4, len(name))}
_SEP = r"\s*[./\-년월]\s*"
_YMD = re.compile(rf"(\d{{4}}|\d{{2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})\s*[.일]?")
_MD = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}})\s*[.일]?")
_XYZ = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_DMONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*([a-z]+)[.,]?(?:[\s\-/,]*(\d{4}|\d{2}))?")
_MONTHD = re.compile(r"([a-z]+)[.\s\-]*(\d{1,2})(?:st|nd|rd|th)?(?:[\s,\-]+(\d{4}))?")
_WEEKDAY = re.compile(
    r"[(\[]\s*(?:[일월화수목금토](?:요일)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\.?\s*[)\]]"
)
_TIME = re.compile(
    r"(?:\s+|t)(?:오전|오후|am|pm)?\s*\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?\s*(?:am|pm|z|[+-]\d{2}:?\d{2})?$"
)
_RANGE = re.compile(r".*\d.*[~∼〜].*\d.*")


@dataclass(frozen=True)
class Calendar:
    """What the caller knows of the dates: the event's period, or at least its year."""

    year: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    def years(self) -> list[int]:
        if self.first and self.last:
            return list(range(self.first.year, self.last.year + 1))
        return [self.year] if self.year else []

    def within(self, day: dt.date) -> bool:
        return bool(self.first and self.last and self.first <= day <= self.last)


def parse_date(value: object, calendar: Calendar | None = None) -> dt.date | Problem | None:
    """One day; None for an empty cell. `calendar` gives the year where the officer left it out."""
    calendar = calendar or Calendar()
    if is_blank(value):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool | dt.time | dt.timedelta):
        return Problem("not_a_date")
    if isinstance(value, int | float):
        return _from_number(value, calendar)
    text = re.sub(r"\s+", " ", plain(str(value))).strip().lstrip("'").casefold()
    text = _TIME.sub("", _WEEKDAY.sub("", text).strip()).strip()
    if re.fullmatch(r"\d{5,8}", text):
        return _from_number(int(text), calendar)
    if _RANGE.fullmatch(text):
        return Problem("date_range")
    return _from_text(text, calendar)


def _from_number(value: int | float, calendar: Calendar) -> dt.date | Problem:
    number = exact(value)
    whole = int(number)
    if whole in _SERIALS:
        return EXCEL_EPOCH + dt.timedelta(days=whole)
    if number != whole:
        return _from_fraction(str(number), calendar)
    digits = str(whole)
    if len(digits) == 8:
        return _day([(whole // 10_000, whole // 100 % 100, whole % 100)], calendar)
    if len(digits) in (5, 6):
        digits = digits.zfill(6)
        return _day([(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))], calendar)
    return Problem("not_a_date")


def _from_fraction(text: str, calendar: Calendar) -> dt.date | Problem:
    """`3.4` typed into a number cell. The cell cannot tell 3.1 from 3.10: both are candidates."""
    month, _, day = text.partition(".")
    if len(day) > 2 or not month.isdigit():
        return Problem("not_a_date")
    days = [int(day)] + ([int(day) * 10] if len(day) == 1 and day in "123" else [])
    return _without_year([(int(month), each) for each in days], calendar)


def _from_text(text: str, calendar: Calendar) -> dt.date | Problem:
    if match := _YMD.fullmatch(text):
        return _day([(_full_year(match[1]), int(match[2]), int(match[3]))], calendar)
    if match := _XYZ.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        return _day([(year, first, second), (year, second, first)], calendar)
    if match := _MD.fullmatch(text):
        return _without_year([(int(match[1]), int(match[2]))], calendar)
    for pattern, day_at, month_at in ((_DMONTH, 1, 2), (_MONTHD, 2, 1)):
        match = pattern.fullmatch(text)
        if match and match[month_at] in _MONTHS:
            month, day = _MONTHS[match[month_at]], int(match[day_at])
            if match[3]:
                return _day([(_full_year(match[3]), month, day)], calendar)
            return _without_year([(month, day)], calendar)
    return Problem("not_a_date")


def _full_year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _without_year(days: list[tuple[int, int]], calendar: Calendar) -> dt.date | Problem:
    years = calendar.years()
    if not years:
        leap_year_knows_all_days = 2024
        possible = any(_make((leap_year_knows_all_days, *day)) for day in days)
        return Problem("date_no_year" if possible else "no_such_day")
    return _day([(year, *day) for day in days for year in years], calendar)


def _day(candidates: Iterable[tuple[int, int, int]], calendar: Calendar) -> dt.date | Problem:
    found = sorted({day for parts in candidates if (day := _make(parts))})
    if not found:
        return Problem("no_such_day")
    if len(found) > 1:
        inside = [day for day in found if calendar.within(day)]
        if len(inside) != 1:
            return Problem("date_ambiguous", {"first": found[0].isoformat(), "second": found[-1].isoformat()})
        found = inside
    return found[0]


def _make(parts: tuple[int, int, int]) -> dt.date | None:
    try:
        return dt.date(*parts)
    except ValueError:
        return None
