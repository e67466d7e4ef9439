"""Recompute every figure of a plan from the plan itself (definitions: formats/timetable.md, "Metrics")."""

from collections import Counter, defaultdict
from itertools import pairwise

from bridgehead.engines.scheduling.grid import Grid, Plan, Point
from bridgehead.engines.scheduling.instance import Goal, Number

Figures = dict[str, Number]


def figures(grid: Grid, plan: Plan) -> Figures:
    """All metrics; those of change only where there is a previous plan.

    Counts are whole; `held_weight` and `value` have the unit of the weights, `walking` that of the
    coordinates, both rounded to six decimals.
    """
    instance = grid.instance
    held: Counter[int] = Counter(p for r in plan.at for p in grid.parties[r])
    least = [(participant.min_meetings, held[p]) for p, participant in enumerate(instance.participants)]
    weight = sum(instance.requests[r].weight for r in plan.at)
    per_slot = Counter(t for r, t in plan.at.items() if grid.kind[r] == "table")
    out: Figures = {
        "held": len(plan.at),
        "held_weight": neat(weight),
        "shortfall": sum(max(0, wanted - got) for wanted, got in least),
        "value": neat(weight + instance.guarantee_bonus * sum(min(wanted, got) for wanted, got in least)),
        "tables_used_max": max(per_slot.values(), default=0),
    }
    return out | _idle_and_walking(grid, plan) | (_changes(grid, plan) if instance.previous else {})


def score(goals: tuple[Goal, ...], found: Figures) -> tuple[Number, ...]:
    """The lexicographic score: the greater tuple is the better plan."""
    return tuple(level_value(goal, found) * (1 if goal.sense == "max" else -1) for goal in goals)


def level_value(goal: Goal, found: Figures) -> Number:
    return neat(sum(factor * found[metric] for metric, factor in goal.terms.items()))


def neat(value: Number) -> Number:
    """Six decimals, and an int where that is the same number."""
    value = round(value, 6)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def place_of(grid: Grid, plan: Plan, r: int) -> Point | None:
    """Where a held meeting takes place; None when online."""
    if grid.kind[r] == "online":
        return None
    if grid.kind[r] == "booth":
        return grid.booth_at[r]
    table = grid.instance.tables[plan.table[r]]
    return table.x, table.y


def _idle_and_walking(grid: Grid, plan: Plan) -> Figures:
    diary: dict[int, list[tuple[int, Point | None]]] = defaultdict(list)
    for r, t in plan.at.items():
        place = place_of(grid, plan, r)
        for p in grid.parties[r]:
            diary[p].append((t, place))
    counted = [p for p in range(len(grid.instance.participants)) if grid.counts(p)]
    breaks = dict.fromkeys(counted, 0)
    idle = 0
    walking: Number = 0
    for p in counted:
        meetings = sorted(diary.get(p, ()), key=lambda meeting: meeting[0])
        breaks[p], slots = _idle_of(grid, p, [t for t, _ in meetings])
        idle += slots
        walking += _walking_of(grid, meetings)
    most, least = max(breaks.values(), default=0), min(breaks.values(), default=0)
    return {
        "breaks": sum(breaks.values()),
        "idle_slots": idle,
        "break_max": most,
        "break_min": least,
        "break_spread": most - least,
        "walking": neat(walking),
    }


def _idle_of(grid: Grid, p: int, slots: list[int]) -> tuple[int, int]:
    """Breaks and idle slots of one participant, whose meetings are in `slots` (ascending)."""
    relevant = grid.everything if grid.instance.idle_counts_unavailable else grid.available[p]
    breaks = idle = 0
    for last, t in pairwise(slots):
        if grid.day_of[last] == grid.day_of[t]:
            gap = (relevant & ((1 << t) - 1) & ~((1 << last + 1) - 1)).bit_count()
            idle += gap
            breaks += gap > 0
    return breaks, idle


def _walking_of(grid: Grid, meetings: list[tuple[int, Point | None]]) -> Number:
    total: Number = 0
    here: Point | None = None
    day = -1
    for t, place in meetings:
        if grid.day_of[t] != day:
            here, day = None, grid.day_of[t]
        if place is not None:
            if here is not None:
                total += abs(place[0] - here[0]) + abs(place[1] - here[1])
            here = place
    return total


def _changes(grid: Grid, plan: Plan) -> Figures:
    dropped = [r for r in grid.previous if r not in plan.at]
    moved = [r for r, t in grid.previous.items() if r in plan.at and plan.at[r] != t]
    return {
        "moved": len(moved),
        "dropped": len(dropped),
        "added": sum(1 for r in plan.at if r not in grid.previous),
        "disturbed": len({p for r in (*moved, *dropped) for p in grid.parties[r]}),
    }
