"""Name the shared tables once the slots are chosen.

In one slot the shared tables differ only in where they stand, so any matching is valid; which one is best
for `walking` is, slot by slot with the others held, a linear assignment problem. Sweeping over the slots
until nothing improves gives a local optimum, not a proven one.
"""

from collections import defaultdict
from itertools import pairwise

from ortools.graph.python import linear_sum_assignment

from bridgehead.engines.scheduling.grid import Grid, Plan, Point
from bridgehead.engines.scheduling.metrics import place_of

SWEEPS = 4
MOST_ARCS = 20_000  # per slot; beyond it walking is not considered when naming tables
COST_UNITS = 1000  # costs are rounded to thousandths of the unit of length


def name_tables(grid: Grid, plan: Plan, *, near: bool) -> None:
    """Fill `plan.table`. With `near`, tables close to the parties' other meetings are preferred."""
    per_slot: dict[int, list[int]] = defaultdict(list)
    for r in sorted(plan.at):
        if grid.kind[r] == "table":
            per_slot[plan.at[r]].append(r)
    plan.table = {}
    for t in sorted(per_slot):
        free = _free_tables(grid, t)
        plan.table |= dict(zip(per_slot[t], free, strict=False))
    if near and len({(table.x, table.y) for table in grid.instance.tables}) > 1:
        neighbours = _neighbours(grid, plan)
        for _ in range(SWEEPS):
            improved = [_improve(grid, plan, per_slot[t], t, neighbours) for t in sorted(per_slot)]
            if not any(improved):
                break


def _free_tables(grid: Grid, t: int) -> list[int]:
    return [k for k, mask in enumerate(grid.table_available) if mask >> t & 1]


def _neighbours(grid: Grid, plan: Plan) -> dict[int, list[int]]:
    """For each meeting at a shared table: the on-site meetings just before and after it, per party."""
    out: dict[int, list[int]] = defaultdict(list)
    diary: dict[tuple[int, int], list[int]] = defaultdict(list)
    for r in sorted(plan.at, key=lambda r: plan.at[r]):
        if grid.kind[r] != "online":
            for p in grid.parties[r]:
                if grid.counts(p):
                    diary[p, grid.day_of[plan.at[r]]].append(r)
    for meetings in diary.values():
        for earlier, later in pairwise(meetings):
            out[earlier].append(later)
            out[later].append(earlier)
    return out


def _improve(grid: Grid, plan: Plan, requests: list[int], t: int, neighbours: dict[int, list[int]]) -> bool:
    """Re-assign the tables of one slot at the least cost; whether that made the walking shorter."""
    free = _free_tables(grid, t)
    if len(requests) * len(free) > MOST_ARCS:
        return False
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    costs: dict[tuple[int, int], int] = {}
    for i, r in enumerate(requests):
        places = [place for other in neighbours[r] if (place := place_of(grid, plan, other)) is not None]
        for j, k in enumerate(free):
            table = grid.instance.tables[k]
            costs[i, j] = round(COST_UNITS * sum(_distance((table.x, table.y), place) for place in places))
            solver.add_arc_with_cost(i, j, costs[i, j])
    for spare in range(len(requests), len(free)):
        for j in range(len(free)):
            solver.add_arc_with_cost(spare, j, 0)
    column = {k: j for j, k in enumerate(free)}
    before = sum(costs[i, column[plan.table[r]]] for i, r in enumerate(requests))
    if solver.solve() != solver.OPTIMAL:
        return False
    chosen = [solver.right_mate(i) for i in range(len(requests))]
    if sum(costs[i, j] for i, j in enumerate(chosen)) >= before:
        return False
    plan.table |= {r: free[chosen[i]] for i, r in enumerate(requests)}
    return True


def _distance(one: Point, other: Point) -> int | float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])
