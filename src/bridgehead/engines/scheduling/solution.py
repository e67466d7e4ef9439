"""The answer: the `b2b-solution/1` format as dataclasses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bridgehead.engines.scheduling.grid import Grid, Plan
from bridgehead.engines.scheduling.instance import Number, Sense

FORMAT = "b2b-solution/1"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One held meeting. `table` only for a shared table, `interpreter` only where one is asked for."""

    request: str
    slot: str
    table: str | None = None
    interpreter: str | None = None

    def to_dict(self) -> dict[str, str]:
        optional = {"table": self.table, "interpreter": self.interpreter}
        given = {key: value for key, value in optional.items() if value is not None}
        return {"request": self.request, "slot": self.slot, **given}


@dataclass(frozen=True, slots=True)
class Level:
    """One goal of the objective as reached. `bound` holds for every plan that is at least as good as this
    one in all earlier levels, hence for the lexicographic optimum. `proven`: nothing better exists."""

    sense: Sense
    terms: Mapping[str, Number]
    value: Number
    bound: Number
    proven: bool
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        return {
            "sense": self.sense,
            "terms": dict(self.terms),
            "value": self.value,
            "bound": self.bound,
            "proven": self.proven,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What a re-plan does to one meeting, and for whom: `what` is moved, dropped or added. A slot is None
    where there was, or is, no meeting."""

    request: str
    what: str
    parties: tuple[str, str]
    before: str | None
    after: str | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "request": self.request,
            "what": self.what,
            "parties": list(self.parties),
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class Solution:
    """`status`: optimal (every level proven), feasible (valid), infeasible (proven) or unknown.

    `objective` has every metric recomputed from the assignments, `bound` what is proven about the metrics
    of the objective, `conflict` the ids of requests (and of a participant, first, where it is the cause)
    that cannot all be held, `reasons` the same in words. `changes` is against the previous plan, if any.
    """

    instance: str
    status: str
    assignments: tuple[Assignment, ...] = ()
    objective: Mapping[str, Number] = field(default_factory=dict)
    bound: Mapping[str, Number] = field(default_factory=dict)
    levels: tuple[Level, ...] = ()
    conflict: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    runtime_s: float = 0.0

    @property
    def valid(self) -> bool:
        return self.status in ("optimal", "feasible")

    def to_dict(self) -> dict[str, Any]:
        out: dict[str, Any] = {"format": FORMAT, "instance": self.instance, "status": self.status}
        out["assignments"] = [assignment.to_dict() for assignment in self.assignments]
        if self.valid:
            out["objective"] = dict(self.objective)
            out["bound"] = dict(self.bound)
            out["levels"] = [level.to_dict() for level in self.levels]
        if self.conflict:
            out["conflict"] = list(self.conflict)
            out["reasons"] = list(self.reasons)
        if self.changes:
            out["changes"] = [change.to_dict() for change in self.changes]
        return out | {"runtime_s": round(self.runtime_s, 3)}


def assignments_of(grid: Grid, plan: Plan) -> tuple[Assignment, ...]:
    """In the order of the slots, then of the requests."""
    instance = grid.instance
    out = []
    for r, t in sorted(plan.at.items(), key=lambda pair: (pair[1], pair[0])):
        table, person = plan.table.get(r), plan.interpreter.get(r)
        out.append(
            Assignment(
                request=instance.requests[r].id,
                slot=instance.slots[t].id,
                table=None if table is None else instance.tables[table].id,
                interpreter=None if person is None else instance.interpreters[person].id,
            )
        )
    return tuple(out)


def changes_of(grid: Grid, plan: Plan) -> tuple[Change, ...]:
    """Against the previous plan, in the order of the requests; nothing where there is none."""
    instance, out = grid.instance, []
    published = instance.previous.slot_of if instance.previous is not None else None
    for r, request in enumerate(instance.requests if published is not None else ()):
        assert published is not None
        before = published.get(request.id)
        after = instance.slots[plan.at[r]].id if r in plan.at else None
        if before != after:
            what = "added" if before is None else "dropped" if after is None else "moved"
            out.append(Change(request.id, what, (request.a, request.b), before, after))
    return tuple(out)


def plan_of(grid: Grid, assignments: tuple[Assignment, ...]) -> Plan:
    """The inverse of `assignments_of`. Raises `KeyError` on an unknown id."""
    tables = {table.id: k for k, table in enumerate(grid.instance.tables)}
    people = {person.id: i for i, person in enumerate(grid.instance.interpreters)}
    plan = Plan()
    for row in assignments:
        r = grid.request_index[row.request]
        plan.at[r] = grid.slot_index[row.slot]
        if row.table is not None:
            plan.table[r] = tables[row.table]
        if row.interpreter is not None:
            plan.interpreter[r] = people[row.interpreter]
    return plan
