"""The order of local search: choose by flow, fill in by chains, exchange, then polish what the parties feel.

Work is counted in moves, not in seconds, so that the same seed gives the same plan; the clock and a wish to
stop only cut it short.
"""

import time
from collections.abc import Callable

import numpy as np

from bridgehead.engines.scheduling.grid import Grid, Plan
from bridgehead.engines.scheduling.instance import Goal
from bridgehead.engines.scheduling.local.anneal import anneal, total_cost
from bridgehead.engines.scheduling.local.board import TASTES, Board, build, plan_of
from bridgehead.engines.scheduling.local.exchange import exchange, promising
from bridgehead.engines.scheduling.local.insert import insert_all, reinstate
from bridgehead.engines.scheduling.units import common_units

SLICE = 20_000  # moves between two looks at the clock
MOVES_PER_SECOND = 100_000  # what a slow machine manages
MANY = 10_000  # meetings from which on a chain is a small part of the whole, and a move quick
CHAIN_TRIES = (0, 200, 2000)
TRIES = 30  # chains tried for a meeting that was put out
SLICES_PER_POOL = 10
HOT, COLD = 0.6, 0.12  # of one unit of the annealed cost's leading figure
METRIC_OF = {
    "breaks": "breaks",
    "idle_slots": "idle",
    "walking": "walking",
    "moved": "away",
    "disturbed": "away",
}
LEADING = 1000  # how much one break weighs against one step


class Clock:
    """How far a search has come: by the count of its slices, or by the time where that runs out sooner."""

    def __init__(self, slices: int, seconds: float) -> None:
        self._slices = slices
        self._seconds = seconds
        self._started = time.monotonic()
        self._done = 0
        self.part = 0.0

    @property
    def running(self) -> bool:
        return self.part < 1

    @property
    def next_part(self) -> float:
        """Where the slice to come will end, if it takes as long as those before."""
        return min(1.0, self.part + max(1 / self._slices, self.part / max(1, self._done)))

    def tick(self) -> None:
        self._done += 1
        spent = (time.monotonic() - self._started) / self._seconds
        self.part = max(self._done / self._slices, spent)


class LocalSearch:
    """One board and what is to be optimised on it."""

    def __init__(
        self,
        grid: Grid,
        goals: tuple[Goal, ...],
        *,
        worth: tuple[list[float], float],
        seed: int,
        stop: Callable[[], bool],
    ) -> None:
        """`worth`: the price of each meeting and the bonus of each guaranteed one."""
        self._grid = grid
        self._stop = stop
        points = [axis for place in grid.booth_at if place is not None for axis in place]
        self.board: Board = build(grid, seed=seed, length_units=common_units(points, "coordinates"))
        self.board.worth[:], self._bonus = worth
        self._set_taste(goals)

    def _set_taste(self, goals: tuple[Goal, ...]) -> None:
        """The first goal among those that chains can improve leads; the others break its ties."""
        named = [
            (METRIC_OF[metric], factor)
            for goal in goals
            for metric, factor in goal.terms.items()
            if metric in METRIC_OF and (factor > 0) == (goal.sense == "min")
        ]
        weight = LEADING ** max(0, len(named) - 1)
        for taste, _ in named:
            self.board.taste[TASTES.index(taste)] = weight
            weight = max(1, weight // LEADING)
        self._unit = int(self.board.taste.max(initial=0))
        most = self._grid.instance.max_break_spread
        if most is not None:
            self._unit = max(self._unit, 1)
            self.board.limit[0] = most
            self.board.taste[TASTES.index("over")] = 10 * self._unit

    def plan(self) -> Plan:
        return plan_of(self.board)

    def start_from(self, plan: Plan) -> None:
        """Hold exactly this plan."""
        reinstate(self.board, *_arrays(plan))

    def fill(self, order: list[int], tries: tuple[int, ...] = CHAIN_TRIES) -> None:
        """Put in, in this order, whatever can be put in; chains are tried once the easy ones are in."""
        requests = np.array(order, np.int32)
        for most in tries:
            if most and self._stop():
                return
            insert_all(self.board, requests, most)

    def exchange(self, seconds: float) -> None:
        """Replace meetings by worthier ones until hardly anything changes."""
        clock = Clock(max(1, self._slices(seconds) // SLICES_PER_POOL), seconds)
        while clock.running:
            pool = promising(self.board, self._bonus, 0.0)
            if self._stop() or not len(pool):
                return
            heat = 0.5 - 0.3 * clock.part
            for _ in range(SLICES_PER_POOL):
                exchange(self.board, pool[self.board.at[pool] < 0], self._bonus, SLICE, heat, heat, TRIES)
                if self._stop():
                    return
            clock.tick()

    def complete(self, seconds: float) -> None:
        """Find a place for every meeting, by taking out others of the same worth, one for one."""
        clock = Clock(4 * self._slices(seconds), seconds)
        while clock.running:
            missing = np.flatnonzero(self.board.at < 0).astype(np.int32)
            if self._stop() or not len(missing):
                return
            exchange(self.board, missing, 0.0, SLICE // 4, 0.2, 0.2, TRIES)
            clock.tick()

    def polish(self, seconds: float, goal: int = 0) -> Plan:
        """Fewer breaks and steps with the same meetings; the best plan met."""
        held = np.flatnonzero((self.board.at >= 0) & ~self.board.locked).astype(np.int32)
        cost = int(total_cost(self.board))
        if not self._unit or not len(held) or cost <= goal:
            return self.plan()
        large = len(held) > MANY
        best = [array[:0] if large else array.copy() for array in (self.board.at, self.board.serving)]
        self.board.limit[1] = 30
        clock = Clock(self._slices(seconds), seconds)
        least = cost
        while clock.running:
            hot = cold = COLD * self._unit / 4
            if not large:
                hot, cold = self._heat(clock.part), self._heat(clock.next_part)
            least, cost = anneal(self.board, held, SLICE, hot, cold, cost, *best, goal, least)
            clock.tick()
            if self._stop() or least <= goal:
                break
        return self.plan() if large else plan_of(self.board._replace(at=best[0], serving=best[1]))

    def _slices(self, seconds: float) -> int:
        rate = MOVES_PER_SECOND * (4 if len(self._grid.masks) > MANY else 1)
        return max(1, round(seconds * rate / SLICE))

    def _heat(self, part: float) -> float:
        return float(self._unit * HOT * (COLD / HOT) ** part)


def _arrays(plan: Plan) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    requests = sorted(plan.at)
    staff = [plan.interpreter.get(r, -1) for r in requests]
    return (
        np.array(requests, np.int32),
        np.array([plan.at[r] for r in requests], np.int32),
        np.array(staff, np.int32),
    )
