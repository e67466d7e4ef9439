"""Telling rows of data from everything else officers keep in a table, and checking their sums."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .amounts import is_blank
from .grids import Grid
from .headings import BRACKETED, Header, Place, heading_key
from .units import note_unit, plain

RowKind = Literal["blank", "data", "heading", "subtotal", "total", "note", "title", "unit"]

_SUM_WORDS = "소계|합계|총계|총합계|총합|누계|subtotals?|totals?|grandtotal"
_SUM = re.compile(rf"(?:{_SUM_WORDS}|계|sum)(?:\d+건)?")
_SUM_OF = re.compile(rf"(?:{_SUM_WORDS})\S*|\S*(?:{_SUM_WORDS})(?:\d+건)?")
_COUNT = re.compile(r"[\d,.]+\s*(?:건|개사|개|명|회|개국|firms?|rows?)?", re.IGNORECASE)
_NOTE_MARKS = (
    "※",
    "*",
    "■",
    "□",
    "◎",
    "▶",
    "○",
    "●",
    "◆",
    "◇",
    "☞",
    "주)",
    "주:",
    "(주석)",
    "[주]",
    "note",
    "작성",
    "출처",
)
_BANNER_WIDTH = 3


def classify(grid: Grid, header: Header) -> dict[int, RowKind]:
    """What each row is, by its number from zero; rows of the header itself are left out."""
    kinds: dict[int, RowKind] = {row: _above(grid, row) for row in range(header.top)}
    headings = [_heading_row(grid, header, row) for row in range(header.top, header.bottom + 1)]
    seen_data = closed = False
    for row in range(header.bottom + 1, len(grid.rows)):
        kind = _below(grid, header, headings, row, closed)
        seen_data |= kind == "data"
        closed = seen_data and (kind == "total" or (closed and kind != "data"))
        kinds[row] = kind
    return kinds


def _above(grid: Grid, row: int) -> RowKind:
    texts = [str(value) for _, value in grid.filled(row)]
    if not texts:
        return "blank"
    return "unit" if all(note_unit(text) and len(text) < 40 for text in texts) else "title"


def _heading_row(grid: Grid, header: Header, row: int) -> dict[int, str]:
    return {place.index: heading_key(str(grid.own(row, place.index) or "")) for place in header.places}


def _below(grid: Grid, header: Header, headings: list[dict[int, str]], row: int, closed: bool) -> RowKind:
    filled = dict(grid.filled(row))
    stated = {place.index: filled[place.index] for place in header.places if place.index in filled}
    faulty = any((row, place.index) in grid.faults for place in header.places)
    if not filled and not faulty:
        return "blank"
    if len(stated) > 1 and any(_repeats(stated, heading) for heading in headings):
        return "heading"
    if kind := _sum_kind(header, filled):
        return kind
    if faulty:
        return "data"
    if not stated:
        return (
            "note"
            if any(isinstance(value, str) and not _is_count(value) for value in filled.values())
            else "blank"
        )
    return "note" if _is_note(grid, header, row, filled, closed) else "data"


def _repeats(stated: dict[int, object], heading: dict[int, str]) -> bool:
    return all(heading_key(str(value)) == (heading[index] or None) for index, value in stated.items())


def _is_count(value: object) -> bool:
    return not isinstance(value, str) or is_blank(value) or bool(_COUNT.fullmatch(plain(value).strip()))


def _sum_kind(header: Header, filled: dict[int, object]) -> RowKind | None:
    """A sum row bears a sum's name, and besides amounts and counts nothing that would make it a record."""
    for index, value in filled.items():
        if not isinstance(value, str):
            continue
        key = heading_key(BRACKETED.sub("", plain(value)))
        exact = bool(_SUM.fullmatch(key))
        if not exact and not _SUM_OF.fullmatch(key):
            continue
        others = [
            place.column.kind
            for place in header.places
            if place.index != index
            and not place.column.adds_up
            and place.column.kind != "currency"
            and place.index in filled
            and not (_is_count(filled[place.index]) and place.column.kind != "date")
        ]
        if not others or (exact and others == ["text"]):
            return "subtotal" if "소계" in key or "subtotal" in key else "total"
    return None


def _is_note(grid: Grid, header: Header, row: int, filled: dict[int, object], closed: bool) -> bool:
    if closed:
        telling = [place for place in header.places if place.column.kind in ("date", "country", "money")]
        if not any(place.index in filled for place in telling):
            return True
    if len(filled) > 1:
        return False
    index, value = next(iter(filled.items()))
    merge = grid.merges.get((row, index))
    banner = bool(merge and merge[3] - merge[1] + 1 >= _BANNER_WIDTH)
    return banner or plain(str(value)).strip().casefold().startswith(_NOTE_MARKS)


@dataclass(frozen=True)
class Check:
    """A subtotal or total row against the rows it sums up. `row` counts from 1, as in the file."""

    row: int
    kind: str
    column: str
    stated: Decimal
    read: Decimal

    @property
    def agrees(self) -> bool:
        return self.stated == self.read


@dataclass(frozen=True)
class Line:
    """One row as far as sums are concerned."""

    row: int
    kind: RowKind
    value: Decimal | None


def check_sums(lines: list[Line], place: Place) -> list[Check]:
    """Compare each sum row with what it may sum up.

    Officers nest sums (by firm, by day, overall) and put them above or below their rows. A sum is right if
    it equals the rows back to any earlier sum row or the start; where no row of its own stands above it, or
    the table begins with a sum, also those down to any later sum row or the end. If none fits, the likeliest
    is reported: for a subtotal the rows since the sum before it, for a total all of them.
    """
    running = [Decimal(0)]
    for line in lines:
        running.append(running[-1] + (line.value or 0 if line.kind == "data" else 0))
    sums = [at for at, line in enumerate(lines) if line.kind != "data"]
    sums_above = bool(lines) and lines[0].kind != "data"
    starts, ends = {running[0]}, Counter([running[-1], *(running[at] for at in sums)])
    checks = []
    for order, at in enumerate(sums):
        line, here = lines[at], running[at]
        ends[here] -= 1
        if line.value is not None:
            leads = sums_above or lines[at - 1].kind != "data"
            if here - line.value in starts or (leads and ends[here + line.value] > 0):
                read = line.value
            elif line.kind == "subtotal":
                following = sums[order + 1] if order + 1 < len(sums) else len(lines)
                read = here - running[sums[order - 1] if order else 0] or running[following] - here
            else:
                read = here or running[-1]
            checks.append(Check(line.row, line.kind, place.heading, line.value, read))
        starts.add(here)
    return checks
