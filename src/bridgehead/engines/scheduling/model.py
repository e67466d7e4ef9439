"""The hard rules as a CP-SAT model.

`x[r][t]` is true when request `r` is held in slot `t`; only possible pairs have a variable. Shared tables are
counted per slot (which table is a matching done afterwards, `tables.py`). Interpreters are modelled per
language, not per request: `serves[i, language, t]`, since two requests for the same language in the same
slot can swap interpreters.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from ortools.sat.python import cp_model

from bridgehead.engines.scheduling.grid import Grid, Plan, bits

Literal: TypeAlias = cp_model.IntVar


class OutOfTime(Exception):
    """The model could not be built before the deadline."""


class TimetableModel:
    """Variables and hard rules; objectives are added by `measures.Measures`.

    With `by_assumption`, what must be held is not forced but guarded by one literal per request
    (`must[r]`), so that a conflict can be looked for.
    """

    def __init__(self, grid: Grid, *, by_assumption: bool = False, deadline: float | None = None) -> None:
        self.grid = grid
        self.cp = cp_model.CpModel()
        self.must: dict[int, Literal] = {}
        self.serves: dict[tuple[int, str, int], Literal] = {}
        self.seat: dict[tuple[int, int, int], Literal] = {}
        self._deadline = deadline
        self._by_assumption = by_assumption
        self.x: list[dict[int, Literal]] = []
        self.at_party: dict[int, dict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
        self._add_requests()
        self._add_parties()
        self._add_precedence()
        self._add_tables()
        self._add_interpreters()

    def held(self, r: int) -> cp_model.LinearExpr | int:
        """1 when the request is held, else 0."""
        return cp_model.LinearExpr.sum(list(self.x[r].values())) if self.x[r] else 0

    def set_objective(self, expr: cp_model.LinearExpr, *, maximising: bool) -> None:
        self.cp.clear_objective()
        if maximising:
            self.cp.maximize(expr)
        else:
            self.cp.minimize(expr)

    def hint(self, plan: Plan) -> None:
        """Start the search at this plan."""
        self.cp.clear_hints()
        for r, slots in enumerate(self.x):
            chosen = plan.at.get(r)
            for t, literal in slots.items():
                self.cp.add_hint(literal, t == chosen)
        if plan.interpreter:
            working = {
                (i, self.grid.instance.requests[r].interpreter, plan.at[r])
                for r, i in plan.interpreter.items()
            }
            for key, literal in self.serves.items():
                self.cp.add_hint(literal, key in working)

    def read(self, solver: cp_model.CpSolver) -> Plan:
        """The plan of the solver's solution; tables only where the model seated them."""
        plan = Plan()
        for r, slots in enumerate(self.x):
            for t, literal in slots.items():
                if solver.boolean_value(literal):
                    plan.at[r] = t
                    break
        staff: dict[tuple[str, int], list[int]] = defaultdict(list)
        for (i, language, t), literal in self.serves.items():
            if solver.boolean_value(literal):
                staff[language, t].append(i)
        for r, t in plan.at.items():
            asked = self.grid.instance.requests[r].interpreter
            if asked is not None:
                plan.interpreter[r] = staff[asked, t].pop()
        plan.table = {r: k for (r, _, k), literal in self.seat.items() if solver.boolean_value(literal)}
        return plan

    def check_time(self) -> None:
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise OutOfTime

    def _add_requests(self) -> None:
        for r, mask in enumerate(self.grid.masks):
            if not r % 1000:
                self.check_time()
            slots = {t: self.cp.new_bool_var("") for t in bits(mask)}
            self.x.append(slots)
            if not self._by_assumption and self.grid.must_hold(r):
                self.cp.add_exactly_one(slots.values())
                continue
            if len(slots) > 1:
                self.cp.add_at_most_one(slots.values())
            if self._by_assumption and self.grid.must_hold(r):
                self.must[r] = self.cp.new_bool_var("")
                self.cp.add_bool_or([*slots.values(), ~self.must[r]])
        for r, slots in enumerate(self.x):
            for p in self.grid.parties[r]:
                for t, literal in slots.items():
                    self.at_party[p][t].append(literal)

    def _add_parties(self) -> None:
        for p, slots in self.at_party.items():
            if not p % 1000:
                self.check_time()
            party = self.grid.instance.participants[p]
            for literals in slots.values():
                self._at_most(literals, party.capacity)
            if party.max_meetings is not None and len(self.grid.requests_of[p]) > party.max_meetings:
                self._at_most([x for literals in slots.values() for x in literals], party.max_meetings)
            if party.max_per_day is not None:
                for day in self.grid.days:
                    self._at_most([x for t in day for x in slots.get(t, ())], party.max_per_day)

    def _at_most(self, literals: Iterable[Literal], most: int) -> None:
        literals = list(literals)
        if len(literals) <= most:
            return
        if most == 1:
            self.cp.add_at_most_one(literals)
        else:
            self.cp.add(cp_model.LinearExpr.sum(literals) <= most)

    def _add_precedence(self) -> None:
        """`later` up to a slot and `earlier` from that slot on exclude each other: one clique per slot."""
        for later, earlier in self.grid.after:
            for t in range(len(self.grid.instance.slots)):
                early_part = [x for u, x in self.x[later].items() if u <= t]
                late_part = [x for u, x in self.x[earlier].items() if u >= t]
                if early_part and late_part:
                    self.cp.add_at_most_one(early_part + late_part)

    def _add_tables(self) -> None:
        per_slot: dict[int, list[Literal]] = defaultdict(list)
        for r, slots in enumerate(self.x):
            if self.grid.kind[r] == "table":
                for t, literal in slots.items():
                    per_slot[t].append(literal)
        for t, literals in per_slot.items():
            self._at_most(literals, self.grid.tables_in_slot[t])
        self.table_literals = dict(per_slot)

    def _add_interpreters(self) -> None:
        asking: dict[tuple[str, int], list[Literal]] = defaultdict(list)
        for r, slots in enumerate(self.x):
            language = self.grid.instance.requests[r].interpreter
            if language is not None:
                for t, literal in slots.items():
                    asking[language, t].append(literal)
        busy: dict[tuple[int, int], list[Literal]] = defaultdict(list)
        for (language, t), literals in asking.items():
            offered = []
            for i in self.grid.speakers(language):
                if self.grid.interpreter_available[i] >> t & 1:
                    self.serves[i, language, t] = literal = self.cp.new_bool_var("")
                    busy[i, t].append(literal)
                    offered.append(literal)
            self.cp.add(cp_model.LinearExpr.sum(literals) == cp_model.LinearExpr.sum(offered))
        for literals in busy.values():
            self._at_most(literals, 1)
        self._add_rest(busy)

    def _add_rest(self, busy: dict[tuple[int, int], list[Literal]]) -> None:
        """In every window of `max_consecutive + 1` adjacent slots of a day, one is free."""
        for i, person in enumerate(self.grid.instance.interpreters):
            most = person.max_consecutive
            if most is None:
                continue
            for day in self.grid.days:
                for start in range(len(day) - most):
                    window = day[start : start + most + 1]
                    literals = [x for t in window for x in busy.get((i, t), ())]
                    if literals:
                        self.cp.add(cp_model.LinearExpr.sum(literals) <= most)
