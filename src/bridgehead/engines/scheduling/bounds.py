"""Bounds that hold for every valid plan and cost next to nothing to compute.

They are what is stated where CP-SAT had no time or no room to prove better.
"""

from heapq import nlargest

from bridgehead.engines.scheduling.grid import Grid
from bridgehead.engines.scheduling.instance import Goal, Number
from bridgehead.engines.scheduling.metrics import neat

Range = tuple[Number, Number]


class Trivial:
    """Lowest and highest thinkable value of each metric."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._most_of = [self._most_meetings(p) for p in range(len(grid.instance.participants))]
        self._ranges: dict[str, Range] = {}
        self._fill()

    def of(self, metric: str) -> Range:
        return self._ranges[metric]

    def most_of(self, p: int) -> int:
        """The most meetings a party can have, looking at nobody else."""
        return self._most_of[p]

    def cap(self, metric: str, most: Number) -> None:
        """Something else has proven that `metric` is never above `most`."""
        low, high = self._ranges[metric]
        self._ranges[metric] = (low, min(high, most))

    def lift(self, metric: str, least: Number) -> None:
        """Something else has proven that `metric` is never below `least`."""
        low, high = self._ranges[metric]
        self._ranges[metric] = (max(low, least), high)

    def level(self, goal: Goal) -> Number:
        """The best thinkable value of a goal: an upper bound for `max`, a lower bound for `min`."""
        total: Number = 0
        for metric, factor in goal.terms.items():
            low, high = self._ranges[metric]
            total += factor * (high if (goal.sense == "max") == (factor > 0) else low)
        return neat(total)

    def _most_meetings(self, p: int) -> int:
        """How many meetings a participant can have, looking at nobody else."""
        party = self._grid.instance.participants[p]
        reachable = 0
        for r in self._grid.requests_of[p]:
            reachable |= self._grid.masks[r]
        most = 0
        for day in range(len(self._grid.days)):
            daily = party.capacity * (reachable & self._grid.day_masks[day]).bit_count()
            most += daily if party.max_per_day is None else min(daily, party.max_per_day)
        possible = sum(1 for r in self._grid.requests_of[p] if self._grid.masks[r])
        return min(most, possible, possible if party.max_meetings is None else party.max_meetings)

    def _fill(self) -> None:
        grid, instance = self._grid, self._grid.instance
        parties = list(enumerate(instance.participants))
        held = min(sum(1 for mask in grid.masks if mask), sum(self._most_of) // 2)
        weight = self._weight()
        negative = sum(min(0, request.weight) for request in instance.requests)
        wanted = sum(party.min_meetings for _, party in parties)
        got = sum(min(party.min_meetings, self._most_of[p]) for p, party in parties)
        bonus = instance.guarantee_bonus
        slots = len(instance.slots)
        counted = [p for p, _ in parties if grid.counts(p)]
        breaks = [max(0, (min(self._most_of[p], (slots + 1) // 2)) - 1) for p in counted]
        kept = len(grid.previous)
        lost = [r for r, t in grid.previous.items() if t is None or not grid.masks[r] >> t & 1]
        tables = max(grid.tables_in_slot, default=0)
        spread = max(breaks, default=0)
        all_held = len(instance.requests) if grid.must_hold_all else 0
        all_weight = sum(r.weight for r in instance.requests) if grid.must_hold_all else None
        self._ranges = {
            "held": (all_held, max(held, all_held)),
            "held_weight": (negative, weight) if all_weight is None else (all_weight, all_weight),
            "shortfall": (wanted - got, wanted),
            "value": (negative + min(0, bonus * got), weight + max(0, bonus * got)),
            "breaks": (0, sum(breaks)),
            "idle_slots": (0, len(counted) * max(0, slots - 2)),
            "break_max": (0, spread),
            "break_min": (0, spread),
            "break_spread": (0, spread),
            "walking": (0, self._walking(counted)),
            "tables_used_max": (self._tables_least(), tables),
            "moved": (sum(1 for r in lost if grid.must_hold(r)), kept),
            "dropped": (sum(1 for r in lost if not grid.masks[r]), kept),
            "added": (0, max(0, len(instance.requests) - kept)),
            "disturbed": (
                len({p for r in lost for p in grid.parties[r]}),
                len({p for r in grid.previous for p in grid.parties[r]}),
            ),
        }

    def _weight(self) -> Number:
        """Each meeting's weight is halved between its parties, each of which takes its best few:
        the dual of the b-matching relaxation with every multiplier at one half."""
        total: Number = 0
        requests = self._grid.instance.requests
        for p, own in enumerate(self._grid.requests_of):
            worth = (requests[r].weight for r in own if requests[r].weight > 0 and self._grid.masks[r])
            total += sum(nlargest(self._most_of[p], worth))
        return neat(total / 2)

    def _tables_least(self) -> int:
        """All requests that must be held, spread evenly over the slots."""
        grid = self._grid
        must = sum(1 for r in range(len(grid.masks)) if grid.must_hold(r) and grid.kind[r] == "table")
        open_slots = sum(1 for count in grid.tables_in_slot if count)
        return -(-must // open_slots) if open_slots else 0

    def _walking(self, counted: list[int]) -> Number:
        points = [place for place in self._grid.booth_at if place is not None]
        points += [(table.x, table.y) for table in self._grid.instance.tables]
        if not points:
            return 0
        width = max(x for x, _ in points) - min(x for x, _ in points)
        depth = max(y for _, y in points) - min(y for _, y in points)
        return neat((width + depth) * sum(max(0, self._most_of[p] - 1) for p in counted))


def metric_bounds(goals: tuple[Goal, ...], levels: list[Number], trivial: Trivial) -> dict[str, Number]:
    """A bound per metric, from the bound of the first goal that names it.

    In a goal with several terms, all others are set to their worst thinkable value. A metric with a factor
    that works against its goal gets none: the goal's bound says nothing about it.
    """
    out: dict[str, Number] = {}
    seen: set[str] = set()
    for goal, bound in zip(goals, levels, strict=True):
        for metric, factor in goal.terms.items():
            if metric in seen:
                continue
            seen.add(metric)
            if factor <= 0:
                continue
            others = {name: other for name, other in goal.terms.items() if name != metric}
            worst = trivial.level(Goal("min" if goal.sense == "max" else "max", others))
            alone = (bound - worst) / factor
            low, high = trivial.of(metric)
            out[metric] = neat(min(alone, high) if goal.sense == "max" else max(alone, low))
    return out
