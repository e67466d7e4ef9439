"""Finding the row, or rows, of headings, and what each column below it means."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .grids import Grid
from .messages import Problem, UnreadableSheet
from .schema import Column, Options, Schema
from .units import Unit, note_unit, plain, split_heading

_SEARCHED_ROWS = 80
_MOST_HEADING_ROWS = 3
_FEWEST_MATCHES = 2
BRACKETED = re.compile(r"[(\[<{【〔][^()\[\]<>{}【】〔〕]*[)\]>}】〕]")


@dataclass(frozen=True)
class Place:
    """Where a column of the schema stands in the sheet, its heading as written, and its own unit."""

    column: Column
    index: int
    heading: str
    unit: Unit | None


@dataclass(frozen=True)
class Header:
    """Rows `top` to `bottom` (zero-based) carry the headings of `places`."""

    top: int
    bottom: int
    places: tuple[Place, ...]

    def meanings(self) -> dict[str, int]:
        return {place.column.key: place.index for place in self.places}

    def place(self, key: str) -> Place | None:
        return next((place for place in self.places if place.column.key == key), None)


@functools.lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """A heading as compared: letters and digits only."""
    return re.sub(r"[\W_]+", "", plain(text)).casefold()


def choose_sheet(grids: list[Grid], schema: Schema, options: Options) -> tuple[Grid, Header, list[str]]:
    """The sheet whose headings match best, its header, and the other sheets that match as well."""
    if options.sheet is not None:
        named = [grid for grid in grids if grid.name == options.sheet]
        if not named:
            names = ", ".join(grid.name for grid in grids)
            raise UnreadableSheet("no_sheet", sheet=options.sheet, sheets=names)
        grids = named
    found = [(grid, header) for grid in grids if (header := find_header(grid, schema))]
    if not found:
        wanted = ", ".join(column.headings[0] for column in schema.columns)
        raise UnreadableSheet("no_header", headings=wanted)
    grid, header = max(found, key=lambda pair: (len(pair[1].places), pair[0].visible))
    missing = [
        column.headings[0]
        for column in schema.columns
        if column.required and column.key not in options.defaults and not header.place(column.key)
    ]
    if missing:
        raise UnreadableSheet(
            "missing_columns", row=str(header.top + 1), sheet=grid.name, headings=", ".join(missing)
        )
    same = {place.column.key for place in header.places}
    others = [
        other.name
        for other, its in found
        if other is not grid and other.visible and {place.column.key for place in its.places} == same
    ]
    return grid, header, others


def find_header(grid: Grid, schema: Schema) -> Header | None:
    """The rows that name most columns; of equals the fewest, uppermost rows."""
    best: Header | None = None
    height = len(grid.rows)
    for span in range(1, _MOST_HEADING_ROWS + 1):
        for top in range(min(height - span + 1, _SEARCHED_ROWS)):
            header = _match(grid, schema, top, top + span - 1)
            if len(header.places) > (len(best.places) if best else _FEWEST_MATCHES - 1):
                best = header
    return _extend(grid, schema, best) if best else None


def _extend(grid: Grid, schema: Schema, header: Header) -> Header:
    """Take in the rows that belong to the headings although the headings were found without them.

    Above: merged cells' heads, and a row of groups that gives a column another meaning (`계약추진` over
    `금액`). Below: merged cells' feet, and a row of units.
    """
    merges = [
        merge
        for place in header.places
        for row in range(header.top, header.bottom + 1)
        if (merge := grid.merges.get((row, place.index)))
    ]
    top = min([header.top, *(merge[0] for merge in merges)])
    bottom = max([header.bottom, *(merge[2] for merge in merges)])
    below = [value for _, value in grid.filled(bottom + 1)] if bottom + 1 < len(grid.rows) else []
    if below and all(isinstance(value, str) and note_unit(value) for value in below):
        bottom += 1
    if (top, bottom) != (header.top, header.bottom):
        header = _match(grid, schema, top, bottom)
    if top > 0 and grid.filled_count(top - 1) > 1:
        grouped = _match(grid, schema, top - 1, bottom)
        if len(grouped.places) >= len(header.places) and grouped.meanings() != header.meanings():
            return grouped
    return header


def _match(grid: Grid, schema: Schema, top: int, bottom: int) -> Header:
    columns = [(index, list(_levels(grid, top, bottom, index))) for index in range(grid.width)]
    places: dict[str, Place] = {}
    taken: set[int] = set()
    for exactness in range(3):
        for index, levels in columns:
            if index in taken or not levels:
                continue
            names, unit = _names(levels)
            column = _meaning(schema, names, exactness, places)
            if column:
                heading = " ".join(" ".join(dict.fromkeys(levels)).split())
                places[column.key] = Place(column, index, heading, unit)
                taken.add(index)
    return Header(top, bottom, tuple(sorted(places.values(), key=lambda place: place.index)))


def _levels(grid: Grid, top: int, bottom: int, index: int) -> Iterator[str]:
    """The heading texts above one column, from the group down; a merged text once.

    Where merges were lost, a group's name stands over its first column only and holds to the right.
    """
    seen = set()
    for row in range(top, bottom + 1):
        column = index
        if row < bottom and grid.filled_count(row) > 1:
            while column > 0 and (row, column) not in grid.merges and not str(grid.own(row, column)).strip():
                column -= 1
        merge = grid.merges.get((row, column))
        anchor = merge[:2] if merge else (row, column)
        value = grid.spread(row, column)
        if anchor not in seen and isinstance(value, str) and value.strip():
            seen.add(anchor)
            yield value.strip()


def _names(levels: list[str]) -> tuple[list[str], Unit | None]:
    parts = [split_heading(level) for level in levels]
    units = [unit for _, unit in parts if unit]
    return [name for name, _ in parts if name], units[-1] if units else None


def _meaning(schema: Schema, names: list[str], exactness: int, taken: dict[str, Place]) -> Column | None:
    """The column these group and leaf names mean; first as a whole, then as leaf, then by parts of it."""
    if not names:
        return None
    group, leaf = heading_key("".join(names[:-1])), names[-1]
    if exactness == 0:
        wanted = {heading_key("".join(names))}
    elif exactness == 1:
        wanted = {heading_key(leaf), heading_key(BRACKETED.sub("", leaf))}
    else:
        inside = [] if group else BRACKETED.findall(leaf)
        wanted = {heading_key(part) for part in [*re.split(r"[\n/]", leaf), *inside]}
    for column in schema.columns:
        if column.key in taken:
            continue
        for heading in column.headings:
            above, _, own = heading.rpartition(">")
            if above and exactness == 0 and group and heading_key(above) in group:
                if heading_key(own) in {heading_key(leaf), heading_key(BRACKETED.sub("", leaf))}:
                    return column
            elif not above and heading_key(own) in wanted:
                return column
    return None


def notes_unit(grid: Grid, rows: Iterable[int]) -> Unit | None:
    """The unit stated by the first of these rows that states one."""
    for row in rows:
        for _, value in grid.filled(row):
            if isinstance(value, str) and (unit := note_unit(value)):
                return unit
    return None


def settle_unit(place: Place, note: Unit | None, options: Options) -> Unit | Problem:
    """The unit of one money column, of its heading, the note and the caller's default."""
    own = place.unit or Unit()
    if own.currency is None and own.multiplier is None:
        own = note or Unit()
    elif own.multiplier is None and note and note.factor != 1:
        if note.currency is None:
            own = Unit(note.multiplier, own.currency)
        elif note.currency == own.currency:
            return Problem("unit_conflict", {"heading": own.label(), "note": note.label()})
    elif own.currency is None and note:
        own = Unit(own.multiplier, note.currency)
    return Unit(own.multiplier, own.currency or options.currency)
