"""A quick first plan: requests by worth, each into a slot next to what its parties already have.

It keeps every hard rule on the way, except that it may leave requests out (`fixed`) and does not look at
`max_break_spread`; the caller validates. Pinned meetings and, in a re-plan, the previous slots come first.
"""

from collections import Counter

from bridgehead.engines.scheduling.grid import Grid, Plan, bits
from bridgehead.engines.scheduling.validate import longest_run


def first_plan(grid: Grid) -> Plan:
    """A plan that keeps all rules but those named above. Linear in the number of requests."""
    state = _State(grid)
    for r, t in grid.pinned.items():
        state.place(r, wanted=1 << t)
    for r, before in grid.previous.items():
        if before is not None:
            state.place(r, wanted=1 << before)
    order = in_order_of_need(grid)
    if grid.instance.guarantee_bonus > 0 or any(
        "shortfall" in goal.terms for goal in grid.instance.objective
    ):
        for r in order:
            if any(state.held[p] < grid.instance.participants[p].min_meetings for p in grid.parties[r]):
                state.place(r)
    for r in order:
        state.place(r)
    return state.plan


def in_order_of_need(grid: Grid) -> list[int]:
    """`fixed`: the most constrained first. `select`: the heaviest first, without what is worth nothing."""
    requests = grid.instance.requests
    if grid.must_hold_all:
        degree = [len(grid.requests_of[a]) + len(grid.requests_of[b]) for a, b in grid.parties]
        return sorted(range(len(requests)), key=lambda r: (grid.masks[r].bit_count() - degree[r], r))
    worth = [r for r, request in enumerate(requests) if request.weight > 0]
    return sorted(worth, key=lambda r: (-requests[r].weight, r))


class _State:
    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.plan = Plan()
        self.held: Counter[int] = Counter()
        self._load: Counter[tuple[int, int]] = Counter()
        self._daily: Counter[tuple[int, int]] = Counter()
        self._tables = list(grid.tables_in_slot)
        self._no_table = 0
        self._free = list(grid.available)
        self._busy = [0] * len(grid.available)
        self._staff: list[set[int]] = [set() for _ in grid.instance.interpreters]
        self._before: dict[int, list[int]] = {}
        self._behind: dict[int, list[int]] = {}
        for later, earlier in grid.after:
            self._before.setdefault(later, []).append(earlier)
            self._behind.setdefault(earlier, []).append(later)

    def place(self, r: int, wanted: int = -1) -> bool:
        """Put request `r` into one of the `wanted` slots, if the rules allow any."""
        if r in self.plan.at:
            return False
        a, b = self.grid.parties[r]
        open_slots = self.grid.masks[r] & wanted & self._free[a] & self._free[b] & self._in_order(r)
        if self.grid.kind[r] == "table":
            open_slots &= ~self._no_table
        language = self.grid.instance.requests[r].interpreter
        if not open_slots:
            return False
        if language is None:
            self._hold(r, self._choose(a, b, open_slots))
            return True
        for t in bits(open_slots):
            i = self._interpreter(language, t)
            if i is not None:
                self._staff[i].add(t)
                self.plan.interpreter[r] = i
                self._hold(r, t)
                return True
        return False

    def _choose(self, a: int, b: int, open_slots: int) -> int:
        """Beside a meeting of both, else of one, else the first."""
        near_a = self._busy[a] << 1 | self._busy[a] >> 1
        near_b = self._busy[b] << 1 | self._busy[b] >> 1
        best = open_slots & near_a & near_b or open_slots & (near_a | near_b) or open_slots
        return (best & -best).bit_length() - 1

    def _in_order(self, r: int) -> int:
        mask = -1
        for earlier in self._before.get(r, ()):
            if earlier in self.plan.at:
                mask &= ~((1 << self.plan.at[earlier] + 1) - 1)
        for later in self._behind.get(r, ()):
            if later in self.plan.at:
                mask &= (1 << self.plan.at[later]) - 1
        return mask

    def _interpreter(self, language: str, t: int) -> int | None:
        for i in self.grid.speakers(language):
            most = self.grid.instance.interpreters[i].max_consecutive
            if not self.grid.interpreter_available[i] >> t & 1 or t in self._staff[i]:
                continue
            if most is None or longest_run(self.grid, self._staff[i] | {t}) <= most:
                return i
        return None

    def _hold(self, r: int, t: int) -> None:
        self.plan.at[r] = t
        if self.grid.kind[r] == "table":
            self._tables[t] -= 1
            if not self._tables[t]:
                self._no_table |= 1 << t
        day = self.grid.day_of[t]
        for p in self.grid.parties[r]:
            party = self.grid.instance.participants[p]
            self._busy[p] |= 1 << t
            self.held[p] += 1
            self._load[p, t] += 1
            self._daily[p, day] += 1
            if self._load[p, t] >= party.capacity:
                self._free[p] &= ~(1 << t)
            if party.max_per_day is not None and self._daily[p, day] >= party.max_per_day:
                self._free[p] &= ~self.grid.day_masks[day]
            if party.max_meetings is not None and self.held[p] >= party.max_meetings:
                self._free[p] = 0
