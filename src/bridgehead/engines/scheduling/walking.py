"""Walking distance as an expression of a timetable model.

Each counted participant has a position per slot and axis, which is that of its meeting when it has one on
site and free otherwise. The way walked is the sum of the changes of position: by the triangle inequality
the cheapest free positions add nothing to the distance between consecutive meetings, so the minimum of the
model is the metric (Manhattan distances, per day).
"""

from collections import defaultdict
from typing import TypeAlias

from ortools.sat.python import cp_model

from bridgehead.engines.scheduling.instance import Number
from bridgehead.engines.scheduling.model import Literal, TimetableModel
from bridgehead.engines.scheduling.units import exact

MOST_LITERALS = 300_000  # (request, slot, place) triples; more is left to the search without walking

Expr: TypeAlias = cp_model.LinearExpr
Stop: TypeAlias = tuple[Literal, int, int]


def size(model: TimetableModel) -> int:
    """How many (request, slot, place) triples walking would add to the model."""
    tables = len(model.grid.instance.tables)
    factor = {"online": 0, "booth": 1, "table": tables}
    return sum(factor[model.grid.kind[r]] * len(slots) for r, slots in enumerate(model.x))


def walking(model: TimetableModel, units: int) -> list[Expr]:
    """The summands of the distance, in 1/`units` of the unit of length. May only be minimised."""
    stops = _stops(model, units)
    out: list[Expr] = []
    for p in range(len(model.grid.instance.participants)):
        if not model.grid.counts(p) or len(model.grid.requests_of[p]) < 2:
            continue
        model.check_time()
        for day in model.grid.days:
            line = [(t, stops[p, t]) for t in day if (p, t) in stops]
            for axis in (1, 2):
                out += _axis(model, [[(stop[0], stop[axis]) for stop in here] for _, here in line])
    return out


def _stops(model: TimetableModel, units: int) -> dict[tuple[int, int], list[Stop]]:
    """Per participant and slot, the literals of being somewhere, with the place."""
    _add_seats(model)
    out: dict[tuple[int, int], list[Stop]] = defaultdict(list)
    for r, slots in enumerate(model.x):
        point = model.grid.booth_at[r]
        if point is not None:
            for t, literal in slots.items():
                for p in model.grid.parties[r]:
                    out[p, t].append((literal, scaled(point[0], units), scaled(point[1], units)))
    for (r, t, k), literal in model.seat.items():
        table = model.grid.instance.tables[k]
        for p in model.grid.parties[r]:
            out[p, t].append((literal, scaled(table.x, units), scaled(table.y, units)))
    return out


def _add_seats(model: TimetableModel) -> None:
    """Which shared table each meeting has: one per meeting, and one meeting per table and slot."""
    taken: dict[tuple[int, int], list[Literal]] = defaultdict(list)
    for r, slots in enumerate(model.x):
        if model.grid.kind[r] != "table":
            continue
        model.check_time()
        for t, literal in slots.items():
            seats = []
            for k, mask in enumerate(model.grid.table_available):
                if mask >> t & 1:
                    seat = model.seat[r, t, k] = model.cp.new_bool_var("")
                    seats.append(seat)
                    taken[k, t].append(seat)
            model.cp.add(Expr.sum(seats) == literal)
    for literals in taken.values():
        if len(literals) > 1:
            model.cp.add_at_most_one(literals)


def _axis(model: TimetableModel, line: list[list[tuple[Literal, int]]]) -> list[Expr]:
    """The distances along one axis over one day; `line` holds, per slot, the places one may be at."""
    places = [place for here in line for _, place in here]
    if not places or min(places) == max(places):
        return []
    low, high = min(places), max(places)
    out: list[Expr] = []
    before = None
    for here in line:
        literals = [literal for literal, _ in here]
        stay = Expr.weighted_sum(literals, [place for _, place in here])
        free = 1 - Expr.sum(literals)
        position = model.cp.new_int_var(low, high, "")
        model.cp.add(position >= stay + low * free)
        model.cp.add(position <= stay + high * free)
        if before is not None:
            step = model.cp.new_int_var(0, high - low, "")
            model.cp.add(step >= position - before)
            model.cp.add(step >= before - position)
            out.append(step)
        before = position
    return out


def scaled(value: Number, units: int) -> int:
    """The exact whole number of 1/`units`."""
    return int(exact(value) * units)
