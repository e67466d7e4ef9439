"""Which meetings to hold: a minimum-cost flow over what each party can take, looking at no slot.

Its value is a proven upper bound on `value` (and, with other prices, on `held` and `held_weight`): every
timetable is a flow. Between two sides (exhibitors and visitors) the flow's meetings are whole; among peers
each party stands on both sides (the bipartite double cover) and half the flow's value is the linear
relaxation of b-matching.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from bridgehead.engines.scheduling.grid import Grid

HARD = 1 << 55  # the largest product of cost and flow the solver can be trusted with


@dataclass(frozen=True, slots=True)
class Choice:
    """`bound` in the units of the prices; `chosen` the requests the flow holds (with both halves)."""

    bound: int
    chosen: list[int]


def choose(grid: Grid, worth: Sequence[int], bonus: int, most: Sequence[int]) -> Choice | None:
    """The best flow for a price per meeting, a `bonus` for each guaranteed one (not negative), and at most
    `most[p]` meetings per party. None where prices are too large or pinned meetings cannot all be held."""
    sides = _two_sides(grid)
    network = _Network(grid, worth, bonus, most, sides)
    solver, scale = network.solver, 1 if sides is not None else 2
    if network.largest * max(1, network.supply) > HARD or solver.solve() != solver.OPTIMAL:
        return None
    flows = solver.flows(network.arcs)
    halves = np.bincount(network.request, weights=flows, minlength=len(grid.masks))
    if any(halves[r] < scale for r in grid.pinned):
        return None
    bound = -solver.optimal_cost() - network.pin * scale * len(grid.pinned)
    return Choice(int(bound) // scale, np.flatnonzero(halves >= scale).tolist())


class _Network:
    def __init__(
        self, grid: Grid, worth: Sequence[int], bonus: int, most: Sequence[int], sides: list[int] | None
    ) -> None:
        self.solver = min_cost_flow.SimpleMinCostFlow()
        count = len(grid.requests_of)
        open_requests = [r for r, mask in enumerate(grid.masks) if mask]
        self.pin = sum(abs(price) for price in worth) + bonus * count + 1 if grid.pinned else 0
        ends = np.array([_ordered(grid.parties[r], sides) for r in open_requests], np.int64).reshape(-1, 2)
        price = np.array([worth[r] + (self.pin if r in grid.pinned else 0) for r in open_requests], np.int64)
        self.request = np.array(open_requests, np.int64)
        if sides is None:
            ends = np.concatenate([ends, ends[:, ::-1]])
            price, self.request = np.concatenate([price, price]), np.concatenate([self.request] * 2)
        source, sink = 2 * count, 2 * count + 1
        ones = np.ones(len(price), np.int64)
        self.arcs = self._add(ends[:, 0], ends[:, 1] + count, ones, -price)
        guarantees = np.array([party.min_meetings for party in grid.instance.participants], np.int64)
        limits = np.array(most, np.int64)
        sure = np.minimum(guarantees, limits)
        nodes = np.arange(count)
        for capacity, cost in ((sure, -bonus), (limits - sure, 0)):
            costs = np.full(count, cost, np.int64)
            self._add(np.full(count, source), nodes, capacity, costs)
            self._add(nodes + count, np.full(count, sink), capacity, costs)
        self.supply = min(int(limits.sum()), _seats(grid) * (2 if sides is None else 1))
        self.largest = int(max(np.abs(price).max(initial=0), bonus, 1))
        self._add(*(np.array([value]) for value in (source, sink, self.supply, 0)))
        self.solver.set_node_supply(source, self.supply)
        self.solver.set_node_supply(sink, -self.supply)

    def _add(
        self, tails: np.ndarray, heads: np.ndarray, capacity: np.ndarray, cost: np.ndarray
    ) -> np.ndarray:
        return self.solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, cost)


def _seats(grid: Grid) -> int:
    """How many meetings there is a place for, where all need a shared table."""
    at_tables = all(kind == "table" for kind in grid.kind)
    return sum(grid.tables_in_slot) if at_tables else len(grid.kind)


def _ordered(parties: tuple[int, int], sides: list[int] | None) -> tuple[int, int]:
    return parties if sides is None or sides[parties[0]] == 0 else parties[::-1]


def _two_sides(grid: Grid) -> list[int] | None:
    """0 or 1 per party such that all meetings are between 0 and 1; None where that cannot be."""
    side: dict[int, int] = {}
    for start in range(len(grid.requests_of)):
        if start in side:
            continue
        side[start], waiting = 0, [start]
        while waiting:
            p = waiting.pop()
            for r in grid.requests_of[p]:
                a, b = grid.parties[r]
                other = b if a == p else a
                if other not in side:
                    side[other] = 1 - side[p]
                    waiting.append(other)
                elif side[other] == side[p]:
                    return None
    return [side[p] for p in range(len(grid.requests_of))]
