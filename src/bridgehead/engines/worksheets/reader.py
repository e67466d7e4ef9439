"""Reading a table out of a file: the steps in their order."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from .amounts import Amount, decimal_text
from .cells import read_cell, shown
from .dates import Calendar
from .delimited import read_delimited
from .grids import Grid
from .headings import Header, Place, choose_sheet, notes_unit, settle_unit
from .messages import Problem, UnreadableSheet
from .reading import Duplicate, Ignored, Reading, Rejected, Row, Warned
from .rows import Line, RowKind, check_sums, classify
from .schema import Options, Schema
from .units import Unit
from .workbook import read_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_SILENT: tuple[RowKind, ...] = ("blank", "data")


def read(source: bytes | Path | str, schema: Schema, options: Options | None = None) -> Reading:
    """Read the table `schema` describes from a workbook or CSV.

    `source` is a path or the file's bytes; its name plays no part in recognising the format. Raises
    `UnreadableSheet` where the file as a whole is no such table; faults of single cells are in the result.
    """
    options = options or Options()
    content = _content(source, options)
    name = Path(source).stem if isinstance(source, Path | str) else ""
    grids = open_grids(content, options, name=name or "CSV")
    grid, header, others = choose_sheet(grids, schema, options)
    return _Reader(grid, header, schema, options).read(others)


def _content(source: bytes | Path | str, options: Options) -> bytes:
    if isinstance(source, bytes):
        content = source[: options.limits.bytes + 1]
    else:
        try:
            with Path(source).open("rb") as file:
                content = file.read(options.limits.bytes + 1)
        except OSError as error:
            raise UnreadableSheet("file_missing", path=str(source)) from error
    if len(content) > options.limits.bytes:
        raise UnreadableSheet("too_big", limit=f"{options.limits.bytes // 1_000_000:,} MB")
    if not content.strip():
        raise UnreadableSheet("empty")
    return content


def open_grids(content: bytes, options: Options, *, name: str = "CSV") -> list[Grid]:
    """The sheets of a file, its format recognised by its content."""
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith((b"PK", _OLE)):
        return read_workbook(content, options.limits)
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise UnreadableSheet("format", found="HTML/XML")
    if start.startswith(b"%pdf"):
        raise UnreadableSheet("format", found="PDF")
    return [read_delimited(content, name, options.limits)]


@dataclass
class _Taken:
    """A row of data as read, before it is known to be good."""

    number: int
    values: dict[str, Any]
    raw: dict[str, str]
    faults: list[Rejected]


class _Reader:
    """The state of one reading: the sheet, what its columns mean, and their units."""

    def __init__(self, grid: Grid, header: Header, schema: Schema, options: Options) -> None:
        self.grid, self.header, self.schema, self.options = grid, header, schema, options
        self.kinds = classify(grid, header)
        self.calendar = self._calendar()
        self.units = self._units()
        self.warnings: list[Warned] = []

    def read(self, others: Iterable[str]) -> Reading:
        taken = list(self._take_rows())
        result = Reading(
            sheet=self.grid.name,
            header_row=self.header.top + 1,
            unit="",
            amount_key=self.schema.amount,
            ignored=[Ignored(row + 1, kind) for row, kind in self.kinds.items() if kind not in _SILENT],
        )
        result.rejected += [fault for row in taken for fault in row.faults]
        self._reject_units(result)
        self._sort_out(result, taken)
        self._check(result, taken)
        result.warnings += self.warnings
        result.warnings += [Warned(None, None, Problem("other_sheet", {"sheet": name})) for name in others]
        result.unit = self._unit_label(result)
        return result

    # what the columns count in

    def _calendar(self) -> Calendar:
        """The caller's calendar, or else the one year the title rows name."""
        calendar = self.options.calendar
        if calendar.years():
            return calendar
        titles = [str(value) for row in range(self.header.top) for _, value in self.grid.filled(row)]
        years = {int(year) for title in titles for year in _YEAR.findall(title)}
        return replace(calendar, year=years.pop()) if len(years) == 1 else calendar

    def _units(self) -> dict[str, Unit | Problem]:
        above = range(self.header.top - 1, -1, -1)
        below = [row for row, kind in self.kinds.items() if row > self.header.bottom and kind == "note"]
        note = notes_unit(self.grid, [*above, *below])
        money = [place for place in self.header.places if place.column.kind == "money"]
        return {place.column.key: settle_unit(place, note, self.options) for place in money}

    def _reject_units(self, result: Reading) -> None:
        """A unit that contradicts another spoils its whole column: said once, at the heading."""
        for place in self.header.places:
            unit = self.units.get(place.column.key)
            if isinstance(unit, Problem):
                result.rejected.insert(0, Rejected(self.header.top + 1, place.heading, place.heading, unit))

    def _unit_label(self, result: Reading) -> str:
        key = self.schema.amount if self.schema.amount in self.units else next(iter(self.units), "")
        unit = self.units.get(key or "")
        if not isinstance(unit, Unit):
            return ""
        used = list(result.totals.get(key or "", {})) or [unit.currency or ""]
        return Unit(unit.multiplier, ", ".join(used)).label()

    # rows

    def _take_rows(self) -> Iterator[_Taken]:
        above: dict[str, Any] = {}
        for row, kind in self.kinds.items():
            if row <= self.header.bottom or kind == "blank":
                continue
            if kind != "data":
                above = {}
                continue
            cells = {place.column.key: self._cell(row, place, above) for place in self.header.places}
            above = cells
            yield self._take(row, cells)

    def _cell(self, row: int, place: Place, above: dict[str, Any]) -> Any:
        own = self.grid.own(row, place.index)
        if (row, place.index) in self.grid.faults or (own is not None and str(own).strip()):
            return own
        merge = self.grid.merges.get((row, place.index))
        if merge and merge[0] > self.header.bottom and merge[1] == place.index:
            if not place.column.adds_up:
                return self.grid.spread(row, place.index)
            self._warn_merged(place, merge[0] + 1, merge[2] + 1, at_end=row == merge[2])
        if place.column.carry_down and not self.grid.keeps_merges:
            return above.get(place.column.key, "")
        return ""

    def _warn_merged(self, place: Place, first: int, last: int, *, at_end: bool) -> None:
        if at_end and str(self.grid.own(first - 1, place.index)).strip():
            problem = Problem("merged_amount", {"first": str(first), "last": str(last)})
            self.warnings.append(Warned(first, place.heading, problem))

    def _take(self, row: int, cells: dict[str, Any]) -> _Taken:
        values: dict[str, Any] = {column.key: None for column in self.schema.columns}
        faults = []
        stated = self._stated_currency(row, cells)
        for place in self.header.places:
            key, value = place.column.key, cells[place.column.key]
            result = self._value(row, place, value, stated)
            if isinstance(result, Problem):
                if result.code not in ("unit_conflict",):
                    faults.append(Rejected(row + 1, place.heading, shown(value), result))
                continue
            values[key] = self.options.defaults.get(key) if result is None else result
            if values[key] is None and place.column.required:
                faults.append(Rejected(row + 1, place.heading, shown(value), Problem("required")))
        for key in self.options.defaults.keys() - cells.keys():
            values[key] = self.options.defaults[key]
        for key, value in values.items():
            if isinstance(value, Unit):
                values[key] = value.currency
        raw = {place.heading: shown(cells[place.column.key]) for place in self.header.places}
        return _Taken(row + 1, values, raw, faults)

    def _stated_currency(self, row: int, cells: dict[str, Any]) -> Unit | None:
        place = next((each for each in self.header.places if each.column.kind == "currency"), None)
        unit = read_cell(place.column, cells[place.column.key], Unit(), self.calendar) if place else None
        return unit if isinstance(unit, Unit) else None

    def _value(self, row: int, place: Place, value: Any, stated: Unit | None) -> Any:
        fault = self.grid.faults.get((row, place.index))
        if fault:
            return Problem(*fault)
        unit = self.units.get(place.column.key, Unit())
        if isinstance(unit, Problem):
            return unit
        if stated:
            unit = Unit(stated.multiplier or unit.multiplier, stated.currency)
        return read_cell(place.column, value, unit, self.calendar)

    # good rows, doubles, totals

    def _sort_out(self, result: Reading, taken: list[_Taken]) -> None:
        first_seen: dict[str, int] = {}
        times: dict[str, int] = defaultdict(int)
        spoilt = [key for key, unit in self.units.items() if isinstance(unit, Problem)]
        totals: dict[str, dict[str, Decimal]] = defaultdict(dict)
        for row in taken:
            if row.faults or any(row.raw[self._heading(key)] for key in spoilt):
                continue
            identity = self._identity(row.values)
            times[identity] += 1
            print_ = hashlib.sha256(f"{identity}\x1e{times[identity]}".encode()).hexdigest()
            good = Row(row.number, row.values, row.raw, print_)
            if identity in first_seen:
                result.duplicates.append(Duplicate(good, first_seen[identity]))
                continue
            first_seen[identity] = row.number
            result.rows.append(good)
            for key, value in row.values.items():
                if isinstance(value, Amount):
                    sums = totals[key]
                    sums[value.currency] = sums.get(value.currency, Decimal(0)) + value.value
        result.totals = dict(totals)

    def _heading(self, key: str) -> str:
        place = self.header.place(key)
        return place.heading if place else ""

    def _identity(self, values: dict[str, Any]) -> str:
        """The row's identity as text; an amount counts in full, whatever unit the copy of the file has."""
        parts = [self.schema.name]
        for key in self.schema.identity:
            value = values[key]
            if isinstance(value, Amount):
                value = f"{value.value.normalize():f}{value.currency}"
            parts.append("" if value is None else re.sub(r"\s+", "", str(value)).casefold())
        return "\x1f".join(parts)

    # sums

    def _check(self, result: Reading, taken: list[_Taken]) -> None:
        values = {row.number: row.values for row in taken}
        for place in self.header.places:
            if not place.column.adds_up:
                continue
            amounts = [row[place.column.key] for row in values.values()]
            currencies = {each.currency for each in amounts if isinstance(each, Amount)}
            if len(currencies) > 1:
                continue
            result.checks += check_sums(self._lines(place, values, next(iter(currencies), None)), place)
        result.checks.sort(key=lambda check: check.row)
        self.warnings += [self._warn_sum(check, result) for check in result.checks if not check.agrees]

    def _lines(self, place: Place, values: dict[int, dict[str, Any]], currency: str | None) -> list[Line]:
        unit = self.units.get(place.column.key, Unit())
        lines = []
        for row, kind in self.kinds.items():
            if kind not in ("data", "subtotal", "total"):
                continue
            value = (
                values[row + 1][place.column.key] if kind == "data" else self._sum(row, place, unit, currency)
            )
            if isinstance(value, Amount):
                value = value.value
            lines.append(Line(row + 1, kind, None if value is None else Decimal(value)))
        return lines

    def _sum(self, row: int, place: Place, unit: Unit | Problem, currency: str | None) -> Any:
        if isinstance(unit, Problem):
            return None
        column = replace(place.column, minimum=None)
        counted = Unit(unit.multiplier, unit.currency or currency or "XXX")
        value = read_cell(column, self.grid.own(row, place.index), counted, self.calendar)
        return None if isinstance(value, Problem) else value

    def _warn_sum(self, check: Any, result: Reading) -> Warned:
        place = next(each for each in self.header.places if each.heading == check.column)
        used = list(result.totals.get(place.column.key, {}))
        is_money = place.column.kind == "money"
        texts = [
            decimal_text(each, used[0] if used else None) if is_money else str(each)
            for each in (check.stated, check.read)
        ]
        kinds = {"kind": check.kind, "kind_ko": Problem(check.kind).why("ko")}
        problem = Problem("sum_differs", {**kinds, "stated": texts[0], "read": texts[1]})
        return Warned(check.row, check.column, problem, *texts)
