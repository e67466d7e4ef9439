"""Every hard rule of the format, checked on a finished plan without trusting how it was made."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from bridgehead.engines.scheduling.grid import Grid, Plan
from bridgehead.engines.scheduling.metrics import figures


def breaches(grid: Grid, plan: Plan) -> Iterator[str]:
    """One sentence per broken rule; nothing for a valid plan. Rule numbers are those of the format."""
    if grid.must_hold_all:
        for r in range(len(grid.instance.requests)):
            if r not in plan.at:
                yield f"{_name(grid, r)} is not assigned"
    yield from _slots(grid, plan)
    yield from _parties(grid, plan)
    yield from _precedence(grid, plan)
    yield from _tables(grid, plan)
    yield from _interpreters(grid, plan)
    limit = grid.instance.max_break_spread
    if limit is not None and plan.at:
        spread = figures(grid, plan)["break_spread"]
        if spread > limit:
            yield f"the breaks differ by {spread}, more than {limit}"
    yield from _frozen(grid, plan)


def _name(grid: Grid, r: int) -> str:
    return f"request {grid.instance.requests[r].id}"


def _slots(grid: Grid, plan: Plan) -> Iterator[str]:
    """Rules 2 (availability) and 3."""
    for r, t in plan.at.items():
        request, slot = grid.instance.requests[r], grid.instance.slots[t]
        for p in grid.parties[r]:
            if slot.id in grid.instance.participants[p].unavailable:
                yield f"{_name(grid, r)}: {grid.instance.participants[p].id} is unavailable in {slot.id}"
        if request.session is not None and slot.session != request.session:
            yield f"{_name(grid, r)}: {slot.id} is not in session {request.session}"
        if request.allowed_slots is not None and slot.id not in request.allowed_slots:
            yield f"{_name(grid, r)}: {slot.id} is not allowed"
        if slot.id in request.forbidden_slots:
            yield f"{_name(grid, r)}: {slot.id} is forbidden"
        if request.fixed_slot is not None and slot.id != request.fixed_slot:
            yield f"{_name(grid, r)}: fixed in {request.fixed_slot}"


def _parties(grid: Grid, plan: Plan) -> Iterator[str]:
    """Rule 2: capacity and maxima."""
    load = Counter((p, t) for r, t in plan.at.items() for p in grid.parties[r])
    total = Counter(p for r in plan.at for p in grid.parties[r])
    daily = Counter((p, grid.day_of[t]) for r, t in plan.at.items() for p in grid.parties[r])
    parties = grid.instance.participants
    for (p, t), count in load.items():
        if count > parties[p].capacity:
            yield f"{parties[p].id} holds {count} meetings in {grid.instance.slots[t].id}"
    for p, count in total.items():
        most = parties[p].max_meetings
        if most is not None and count > most:
            yield f"{parties[p].id} has {count} meetings, at most {most}"
    for (p, _day), count in daily.items():
        most = parties[p].max_per_day
        if most is not None and count > most:
            yield f"{parties[p].id} has {count} meetings on one day, at most {most}"


def _precedence(grid: Grid, plan: Plan) -> Iterator[str]:
    for later, earlier in grid.after:
        if later in plan.at and earlier in plan.at and plan.at[later] <= plan.at[earlier]:
            yield f"{_name(grid, later)} must be after {grid.instance.requests[earlier].id}"


def _tables(grid: Grid, plan: Plan) -> Iterator[str]:
    used: set[tuple[int, int]] = set()
    for r, t in plan.at.items():
        table = plan.table.get(r)
        if (table is not None) != (grid.kind[r] == "table"):
            yield f"{_name(grid, r)}: a shared table is named exactly when one is needed"
        if table is None:
            continue
        if not grid.table_available[table] >> t & 1:
            yield f"{_name(grid, r)}: table {grid.instance.tables[table].id} is unavailable"
        if (table, t) in used:
            yield f"{_name(grid, r)}: table {grid.instance.tables[table].id} is taken"
        used.add((table, t))


def _interpreters(grid: Grid, plan: Plan) -> Iterator[str]:
    busy: dict[int, set[int]] = defaultdict(set)
    for r, t in plan.at.items():
        language, i = grid.instance.requests[r].interpreter, plan.interpreter.get(r)
        if (language is None) != (i is None):
            yield f"{_name(grid, r)}: an interpreter is named exactly when one is needed"
        if i is None:
            continue
        person = grid.instance.interpreters[i]
        if language not in person.languages:
            yield f"{_name(grid, r)}: interpreter {person.id} does not speak {language}"
        if not grid.interpreter_available[i] >> t & 1:
            yield f"{_name(grid, r)}: interpreter {person.id} is unavailable"
        if t in busy[i]:
            yield f"{_name(grid, r)}: interpreter {person.id} is taken"
        busy[i].add(t)
    for i, slots in busy.items():
        most = grid.instance.interpreters[i].max_consecutive
        if most is not None and longest_run(grid, slots) > most:
            yield f"interpreter {grid.instance.interpreters[i].id} works more than {most} slots in a row"


def longest_run(grid: Grid, slots: set[int]) -> int:
    """The most adjacent slots of one day among `slots`."""
    longest = 0
    for day in grid.days:
        run = 0
        for t in day:
            run = run + 1 if t in slots else 0
            longest = max(longest, run)
    return longest


def _frozen(grid: Grid, plan: Plan) -> Iterator[str]:
    for r, t in grid.pinned.items():
        if plan.at.get(r) != t:
            yield f"{_name(grid, r)} is frozen in {grid.instance.slots[t].id}"
    for r, t in plan.at.items():
        if grid.frozen >> t & 1 and grid.previous.get(r) != t:
            yield f"{_name(grid, r)} was put into the frozen slot {grid.instance.slots[t].id}"
