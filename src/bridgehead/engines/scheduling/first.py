"""The plan that everything else starts from: which meetings by flow, which slots by chains, then polish.

For timetables beyond CP-SAT's reach it is also the last word.
"""

from dataclasses import dataclass

from bridgehead.engines.scheduling.bounds import Trivial
from bridgehead.engines.scheduling.flow import choose
from bridgehead.engines.scheduling.greedy import first_plan, in_order_of_need
from bridgehead.engines.scheduling.grid import Grid, Plan
from bridgehead.engines.scheduling.instance import Number
from bridgehead.engines.scheduling.local.board import fits
from bridgehead.engines.scheduling.local.search import LocalSearch
from bridgehead.engines.scheduling.search import Budget, ShouldStop
from bridgehead.engines.scheduling.units import common_units, exact

PRICED = ("value", "held_weight", "held")
COMPLETE, EXCHANGE, POLISH = 0.1, 0.5, 0.2  # parts of the time limit


@dataclass(frozen=True, slots=True)
class Prices:
    """What meetings are worth to the first goal, whole and in 1/`units`."""

    metric: str
    worth: list[int]
    bonus: int
    units: int

    def as_floats(self) -> tuple[list[float], float]:
        return [price / self.units for price in self.worth], self.bonus / self.units


class Starter:
    """Makes the first plan, and better ones with the same meetings from any plan."""

    def __init__(self, grid: Grid, budget: Budget, trivial: Trivial, stop: ShouldStop) -> None:
        self._grid = grid
        self._budget = budget
        self._prices = prices(grid)
        self._order = in_order_of_need(grid)
        self._wanted = len(self._order)
        if self._prices is not None:
            self._choose(self._prices, trivial)
        worth = self._prices.as_floats() if self._prices else ([1.0] * len(grid.masks), 0.0)
        self.local = (
            LocalSearch(grid, grid.instance.objective, worth=worth, seed=budget.seed, stop=stop)
            if fits(grid)
            else None
        )

    def first(self) -> Plan:
        """A plan that may leave meetings out, where they all must be held."""
        if self.local is None or self._grid.pinned or self._grid.previous:
            plan = first_plan(self._grid)
            if self.local is None:
                return plan
            self.local.start_from(plan)
        self.local.fill(self._order[: self._wanted])
        self.local.fill(self._order[self._wanted :], (0,))
        if self._grid.must_hold_all:
            self.local.complete(COMPLETE * self._budget.limit_seconds)
        elif self._prices is not None and not self._grid.previous:
            self.local.exchange(EXCHANGE * self._budget.limit_seconds)
        return self.local.plan()

    def polished(self, plan: Plan | None = None) -> Plan | None:
        """The same meetings with fewer breaks and steps, from where the board is or from `plan`."""
        if self.local is None:
            return None
        if plan is not None:
            self.local.start_from(plan)
        return self.local.polish(POLISH * self._budget.limit_seconds)

    def _choose(self, priced: Prices, trivial: Trivial) -> None:
        most = [trivial.most_of(p) for p in range(len(self._grid.requests_of))]
        choice = choose(self._grid, priced.worth, priced.bonus, most)
        if choice is None:
            return
        trivial.cap(priced.metric, _number(choice.bound, priced.units))
        chosen = set(choice.chosen)
        masks = self._grid.masks
        first = sorted(chosen, key=lambda r: (masks[r].bit_count(), r))
        self._wanted = len(first)
        self._order = first + [r for r in self._order if r not in chosen]


def prices(grid: Grid) -> Prices | None:
    """The prices of the first goal; None where meetings are not chosen, or not for their worth."""
    instance = grid.instance
    goal = next(iter(instance.objective), None)
    if grid.must_hold_all or goal is None or goal.sense != "max" or len(goal.terms) != 1:
        return None
    ((metric, factor),) = goal.terms.items()
    if metric not in PRICED or factor <= 0 or instance.guarantee_bonus < 0:
        return None
    if metric == "held":
        return Prices(metric, [1] * len(grid.masks), 0, 1)
    bonus = exact(instance.guarantee_bonus if metric == "value" else 0)
    worths = [exact(request.weight) for request in instance.requests]
    units = common_units([*worths, bonus], "weights")
    return Prices(metric, [int(worth * units) for worth in worths], int(bonus * units), units)


def _number(value: int, units: int) -> Number:
    return value // units if value % units == 0 else value / units
