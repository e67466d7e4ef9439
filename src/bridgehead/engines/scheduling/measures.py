"""Every metric of the format as a linear expression of a timetable model, made when first asked for."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from ortools.sat.python import cp_model

from bridgehead.engines.scheduling import walking
from bridgehead.engines.scheduling.grid import Grid
from bridgehead.engines.scheduling.idle import Idle
from bridgehead.engines.scheduling.instance import Goal, Instance, Number
from bridgehead.engines.scheduling.model import TimetableModel
from bridgehead.engines.scheduling.units import common_units, exact

Expr: TypeAlias = cp_model.LinearExpr

WANTED_HIGH = ("held", "held_weight", "value", "break_min", "added")
LINEAR = ("held", "held_weight", "moved", "dropped", "added")


class Unsupported(Exception):
    """The objective asks for something this engine cannot express."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal as the solver sees it: `expr` whole and in 1/`units`; `whole` is false where walking was too
    large for the model and is left out."""

    goal: Goal
    expr: Expr
    units: int
    whole: bool

    def scaled(self, value: Number) -> int:
        return round(exact(value) * self.units)


def needs_exact(instance: Instance) -> bool:
    """Whether some metric is pushed against its natural direction: then one-sided variables will not do."""
    if instance.max_break_spread is not None or instance.guarantee_bonus < 0:
        return True
    for goal in instance.objective:
        for metric, factor in goal.terms.items():
            up = (goal.sense == "max") == (factor > 0)
            if metric in ("break_min", "break_spread"):
                return True
            if metric not in LINEAR and up != (metric in WANTED_HIGH):
                return True
    return False


def check_supported(instance: Instance) -> None:
    """Raises `Unsupported`: walking can be kept short but not be made long."""
    for goal in instance.objective:
        factor = goal.terms.get("walking", 0)
        if factor and (goal.sense == "max") == (factor > 0):
            raise Unsupported("objective: walking can only be minimised")


class Measures:
    """The metrics of one model."""

    def __init__(self, model: TimetableModel) -> None:
        self._model = model
        self._cp = model.cp
        self._grid: Grid = model.grid
        instance = self._grid.instance
        self._exact = needs_exact(instance)
        self._idle = Idle(model, exact=self._exact)
        worths = [exact(request.weight) for request in instance.requests]
        self._weight_units = common_units([*worths, exact(instance.guarantee_bonus)], "weights")
        self._weights = [int(worth * self._weight_units) for worth in worths]
        points = [point for point in self._grid.booth_at if point is not None]
        points += [(table.x, table.y) for table in instance.tables]
        self._length_units = common_units((axis for point in points for axis in point), "coordinates")
        self._known: dict[str, Expr | int] = {}
        if instance.max_break_spread is not None:
            self._cp.add(self._metric("break_spread") <= instance.max_break_spread)

    def fits(self, goal: Goal) -> bool:
        """Whether the goal can be modelled completely: walking needs the place of every meeting."""
        return "walking" not in goal.terms or walking.size(self._model) <= walking.MOST_LITERALS

    def aim(self, goal: Goal) -> Aim:
        """The goal as one whole-number expression. Raises `OutOfTime`, or `InstanceError` if too large."""
        fits = self.fits(goal)
        terms = {metric: exact(f) for metric, f in goal.terms.items() if f and (fits or metric != "walking")}
        factors = {metric: factor / self._units(metric) for metric, factor in terms.items()}
        units = common_units(factors.values(), "objective")
        exprs = [int(factor * units) * self._metric(metric) for metric, factor in factors.items()]
        return Aim(goal, sum(exprs) + Expr.sum([]), units, fits)

    def _units(self, metric: str) -> int:
        if metric in ("held_weight", "value"):
            return self._weight_units
        return self._length_units if metric == "walking" else 1

    def _metric(self, metric: str) -> Expr | int:
        if metric not in self._known:
            self._known[metric] = getattr(self, f"_{metric}")()
        return self._known[metric]

    def _held(self) -> Expr:
        return Expr.sum([x for slots in self._model.x for x in slots.values()])

    def _held_weight(self) -> Expr:
        pairs = [(x, self._weights[r]) for r, slots in enumerate(self._model.x) for x in slots.values()]
        return Expr.weighted_sum([x for x, _ in pairs], [weight for _, weight in pairs])

    def _guarantees(self) -> tuple[Expr, int]:
        """Sum over participants of min(held, min_meetings), and the most it could be."""
        counts, wanted = [], 0
        for p, party in enumerate(self._grid.instance.participants):
            if not party.min_meetings:
                continue
            wanted += party.min_meetings
            held = [x for literals in self._model.at_party.get(p, {}).values() for x in literals]
            if not held:
                continue
            counted = self._cp.new_int_var(0, party.min_meetings, "")
            if self._exact:
                self._cp.add_min_equality(counted, [Expr.sum(held), party.min_meetings])
            else:
                self._cp.add(counted <= Expr.sum(held))
            counts.append(counted)
        return Expr.sum(counts), wanted

    def _got(self) -> tuple[Expr, int]:
        if not hasattr(self, "_cached_got"):
            self._cached_got = self._guarantees()
        return self._cached_got

    def _shortfall(self) -> Expr:
        got, wanted = self._got()
        return wanted - got

    def _value(self) -> Expr:
        bonus = int(exact(self._grid.instance.guarantee_bonus) * self._weight_units)
        weight = self._metric("held_weight")
        return weight + bonus * self._got()[0] if bonus else weight

    def _breaks(self) -> Expr:
        return Expr.sum([part for parts in self._idle.breaks().values() for part in parts])

    def _idle_slots(self) -> Expr:
        return Expr.sum(self._idle.slots())

    def _per_party(self) -> list[Expr]:
        return [Expr.sum(parts) for parts in self._idle.breaks().values()]

    def _break_max(self) -> Expr | int:
        return self._highest(self._per_party(), len(self._grid.instance.slots))

    def _break_min(self) -> Expr | int:
        parties = self._idle.breaks()
        if not all(parties.values()) or not parties:
            return 0
        least = self._cp.new_int_var(0, len(self._grid.instance.slots), "")
        self._cp.add_min_equality(least, self._per_party())
        return least

    def _break_spread(self) -> Expr | int:
        return self._metric("break_max") - self._metric("break_min")

    def _walking(self) -> Expr:
        return Expr.sum(walking.walking(self._model, self._length_units))

    def _tables_used_max(self) -> Expr | int:
        loads = [Expr.sum(literals) for literals in self._model.table_literals.values()]
        return self._highest(loads, len(self._grid.instance.tables))

    def _highest(self, exprs: list[Expr], limit: int) -> Expr | int:
        if not exprs:
            return 0
        highest = self._cp.new_int_var(0, limit, "")
        if self._exact:
            self._cp.add_max_equality(highest, exprs)
        else:
            for expr in exprs:
                self._cp.add(highest >= expr)
        return highest

    def _kept(self, r: int) -> Expr | int:
        t = self._grid.previous[r]
        return 0 if t is None else self._model.x[r].get(t, 0)

    def _moved(self) -> Expr | int:
        return sum(self._model.held(r) - self._kept(r) for r in self._grid.previous)

    def _dropped(self) -> Expr | int:
        return len(self._grid.previous) - sum(self._model.held(r) for r in self._grid.previous)

    def _added(self) -> Expr:
        new = (slots for r, slots in enumerate(self._model.x) if r not in self._grid.previous)
        return Expr.sum([x for slots in new for x in slots.values()])

    def _disturbed(self) -> Expr | int:
        parties: dict[int, list[int]] = {}
        for r in self._grid.previous:
            for p in self._grid.parties[r]:
                parties.setdefault(p, []).append(r)
        total: list[Expr] = []
        for requests in parties.values():
            disturbed = self._cp.new_bool_var("")
            kept = [self._kept(r) for r in requests]
            for one in kept:
                self._cp.add(disturbed >= 1 - one)
            if self._exact:
                self._cp.add(disturbed <= len(kept) - sum(kept))
            total.append(disturbed)
        return Expr.sum(total)


def units_of(value: int | float, units: int) -> Number:
    """A solver value back in the metric's own unit."""
    return float(Fraction(round(value), units)) if round(value) % units else round(value) // units
