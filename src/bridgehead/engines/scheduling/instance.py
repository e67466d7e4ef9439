"""What is to be scheduled: the `b2b-instance/1` format as dataclasses, from and to plain dictionaries.

`from_dict` checks types and values; whether ids exist and agree is `consistency.check`, which
`files.read_instance` and `solve` call, so that instances built by hand are checked as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bridgehead.engines.scheduling.fields import (
    InstanceError,
    choice,
    items,
    mapping,
    number,
    optional_text,
    optional_texts,
    optional_whole,
    text,
    texts,
    truth,
    whole,
)

FORMAT = "b2b-instance/1"
MOST_TABLES = 100_000

METRICS = (
    *("held", "held_weight", "shortfall", "value", "breaks", "idle_slots"),
    *("break_max", "break_min", "break_spread", "walking", "tables_used_max"),
)
CHANGE_METRICS = ("moved", "dropped", "added", "disturbed")

Number = int | float
Sense = Literal["max", "min"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One period of one day. The slots of a day follow one another without a pause."""

    id: str
    day: str = "d1"
    session: str | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], place: str = "slot") -> "Slot":
        day = optional_text(data, "day", place) or "d1"
        return cls(text(data, "id", place), day, optional_text(data, "session", place))

    def to_dict(self) -> dict[str, Any]:
        return _lean({"id": self.id, "day": self.day, "session": self.session})


@dataclass(frozen=True, slots=True)
class Table:
    """A shared table: one meeting per slot. `x`, `y` in any one unit of length (used by `walking`)."""

    id: str
    x: Number = 0
    y: Number = 0
    zone: str | None = None
    unavailable: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], place: str = "table") -> "Table":
        return cls(
            id=text(data, "id", place),
            x=number(data, "x", place, 0),
            y=number(data, "y", place, 0),
            zone=optional_text(data, "zone", place),
            unavailable=texts(data, "unavailable", place),
        )

    def to_dict(self) -> dict[str, Any]:
        place = {"id": self.id, "x": self.x, "y": self.y, "zone": self.zone}
        return _lean({**place, "unavailable": list(self.unavailable)})


@dataclass(frozen=True, slots=True)
class Booth:
    """A participant's own place, limited only by its owner's `capacity`."""

    id: str | None = None
    x: Number = 0
    y: Number = 0
    zone: str | None = None

    @classmethod
    def from_value(cls, value: Any, place: str) -> "Booth | None":
        """An object, or only its id, or null."""
        if not value:
            return None
        if isinstance(value, str):
            return cls(value)
        data = mapping(value, place)
        x, y = number(data, "x", place, 0), number(data, "y", place, 0)
        return cls(optional_text(data, "id", place), x, y, optional_text(data, "zone", place))

    def to_dict(self) -> dict[str, Any]:
        return {"x": self.x, "y": self.y, **_lean({"id": self.id, "zone": self.zone})}


@dataclass(frozen=True, slots=True)
class Participant:
    """A party. `capacity` meetings fit in one slot; `min_meetings` is a soft guarantee (`shortfall`)."""

    id: str
    unavailable: tuple[str, ...] = ()
    capacity: int = 1
    max_meetings: int | None = None
    max_per_day: int | None = None
    min_meetings: int = 0
    booth: Booth | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], place: str = "participant") -> "Participant":
        return cls(
            id=text(data, "id", place),
            unavailable=texts(data, "unavailable", place),
            capacity=whole(data, "capacity", place, 1),
            max_meetings=optional_whole(data, "max_meetings", place),
            max_per_day=optional_whole(data, "max_per_day", place),
            min_meetings=whole(data, "min_meetings", place, 0),
            booth=Booth.from_value(data.get("booth"), f"{place}.booth"),
        )

    def to_dict(self) -> dict[str, Any]:
        return _lean(
            {
                "id": self.id,
                "unavailable": list(self.unavailable),
                "capacity": None if self.capacity == 1 else self.capacity,
                "max_meetings": self.max_meetings,
                "max_per_day": self.max_per_day,
                "min_meetings": self.min_meetings or None,
                "booth": self.booth and self.booth.to_dict(),
            }
        )


@dataclass(frozen=True, slots=True)
class Request:
    """A wished (or, in a `fixed` problem, agreed) meeting of two participants."""

    id: str
    a: str
    b: str
    weight: Number = 1
    mode: str = "onsite"
    session: str | None = None
    allowed_slots: tuple[str, ...] | None = None
    forbidden_slots: tuple[str, ...] = ()
    fixed_slot: str | None = None
    after: tuple[str, ...] = ()
    interpreter: str | None = None
    host: str | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], place: str = "request") -> "Request":
        return cls(
            id=text(data, "id", place),
            a=text(data, "a", place),
            b=text(data, "b", place),
            weight=number(data, "weight", place, 1),
            mode=choice(data, "mode", place, ("onsite", "online"), "onsite"),
            session=optional_text(data, "session", place),
            allowed_slots=optional_texts(data, "allowed_slots", place),
            forbidden_slots=texts(data, "forbidden_slots", place),
            fixed_slot=optional_text(data, "fixed_slot", place),
            after=texts(data, "after", place),
            interpreter=optional_text(data, "interpreter", place),
            host=optional_text(data, "host", place),
        )

    def to_dict(self) -> dict[str, Any]:
        head: dict[str, Any] = {"id": self.id, "a": self.a, "b": self.b, "weight": self.weight}
        if self.allowed_slots is not None:
            head["allowed_slots"] = list(self.allowed_slots)
        tail = {
            "mode": None if self.mode == "onsite" else self.mode,
            "session": self.session,
            "forbidden_slots": list(self.forbidden_slots),
            "fixed_slot": self.fixed_slot,
            "after": list(self.after),
            "interpreter": self.interpreter,
            "host": self.host,
        }
        return head | _lean(tail)


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Serves one meeting per slot, and at most `max_consecutive` adjacent slots of one day."""

    id: str
    languages: tuple[str, ...] = ()
    unavailable: tuple[str, ...] = ()
    max_consecutive: int | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], place: str = "interpreter") -> "Interpreter":
        return cls(
            id=text(data, "id", place),
            languages=texts(data, "languages", place),
            unavailable=texts(data, "unavailable", place),
            max_consecutive=optional_whole(data, "max_consecutive", place),
        )

    def to_dict(self) -> dict[str, Any]:
        head = {"id": self.id, "languages": list(self.languages)}
        return head | _lean({"unavailable": list(self.unavailable), "max_consecutive": self.max_consecutive})


@dataclass(frozen=True, slots=True)
class Goal:
    """One level of the lexicographic objective: maximise or minimise a weighted sum of metrics."""

    sense: Sense
    terms: Mapping[str, Number]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], place: str = "objective") -> "Goal":
        terms = mapping(data.get("terms"), f"{place}.terms")
        sense = text(data, "sense", place)
        if sense not in ("max", "min"):
            raise InstanceError(f"{place}.sense", "must be max or min")
        known = METRICS + CHANGE_METRICS
        for metric in terms:
            if metric not in known:
                raise InstanceError(f"{place}.terms.{metric}", f"unknown metric; known: {', '.join(known)}")
        factors = {metric: number(terms, metric, f"{place}.terms", 0) for metric in terms}
        return cls(sense, factors)  # type: ignore[arg-type]

    def to_dict(self) -> dict[str, Any]:
        return {"sense": self.sense, "terms": dict(self.terms)}


@dataclass(frozen=True, slots=True)
class Previous:
    """The published plan: request id to slot id, and the slots in which nothing may change any more."""

    slot_of: Mapping[str, str]
    frozen_slots: tuple[str, ...] = ()
    infeasible_ok: bool = False

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], place: str = "previous") -> "Previous":
        slot_of: dict[str, str] = {}
        for i, row in enumerate(items(data, "assignments", place)):
            here = f"{place}.assignments[{i}]"
            request = text(mapping(row, here), "request", here)
            if request in slot_of:
                raise InstanceError(f"{here}.request", f"{request} is assigned twice")
            slot_of[request] = text(row, "slot", here)
        frozen = texts(data, "frozen_slots", place)
        return cls(slot_of, frozen, truth(data, "infeasible_ok", place, False))

    def to_dict(self) -> dict[str, Any]:
        rows = [{"request": request, "slot": slot} for request, slot in self.slot_of.items()]
        out: dict[str, Any] = {"assignments": rows, "frozen_slots": list(self.frozen_slots)}
        return out | ({"infeasible_ok": True} if self.infeasible_ok else {})


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole problem. `problem` is `fixed` (hold every request) or `select` (choose which to hold)."""

    slots: tuple[Slot, ...]
    participants: tuple[Participant, ...]
    requests: tuple[Request, ...]
    tables: tuple[Table, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()
    name: str = ""
    problem: str = "fixed"
    objective: tuple[Goal, ...] = ()
    max_break_spread: int | None = None
    idle_counts_unavailable: bool = True
    guarantee_bonus: Number = 0
    previous: Previous | None = field(default=None)

    @classmethod
    def from_dict(cls, data: Any) -> "Instance":
        """Raises `InstanceError` naming the place. Unknown keys are ignored."""
        data = mapping(data, "(the file)")
        if data.get("format") != FORMAT:
            raise InstanceError("format", f"must be {FORMAT!r}")
        constraints = mapping(data.get("constraints") or {}, "constraints")
        previous = data.get("previous")
        return cls(
            slots=_each(Slot, data, "slots"),
            participants=_each(Participant, data, "participants"),
            requests=_each(Request, data, "requests"),
            tables=_tables(data),
            interpreters=_each(Interpreter, data, "interpreters"),
            name=(data.get("name") and text(data, "name", "")) or "",
            problem=choice(data, "problem", "", ("fixed", "select"), "fixed"),
            objective=_each(Goal, data, "objective"),
            max_break_spread=optional_whole(constraints, "max_break_spread", "constraints"),
            idle_counts_unavailable=truth(data, "idle_counts_unavailable", "", True),
            guarantee_bonus=number(data, "guarantee_bonus", "", 0),
            previous=Previous.from_dict(mapping(previous, "previous")) if previous else None,
        )

    def to_dict(self) -> dict[str, Any]:
        spread = {} if self.max_break_spread is None else {"max_break_spread": self.max_break_spread}
        out: dict[str, Any] = {
            "format": FORMAT,
            "name": self.name,
            "problem": self.problem,
            "slots": [slot.to_dict() for slot in self.slots],
            "tables": [table.to_dict() for table in self.tables],
            "participants": [participant.to_dict() for participant in self.participants],
            "requests": [request.to_dict() for request in self.requests],
            "interpreters": [interpreter.to_dict() for interpreter in self.interpreters],
            "constraints": spread,
            "idle_counts_unavailable": self.idle_counts_unavailable,
            "guarantee_bonus": self.guarantee_bonus,
            "objective": [goal.to_dict() for goal in self.objective],
        }
        return out | ({"previous": self.previous.to_dict()} if self.previous else {})


def _each(kind: Any, data: Mapping[str, Any], key: str) -> tuple[Any, ...]:
    rows = enumerate(items(data, key))
    return tuple(kind.from_dict(mapping(row, f"{key}[{i}]"), f"{key}[{i}]") for i, row in rows)


def _tables(data: Mapping[str, Any]) -> tuple[Table, ...]:
    tables = data.get("tables")
    if not isinstance(tables, Mapping):
        return _each(Table, data, "tables")
    count = whole(tables, "count", "tables", 0)
    if count > MOST_TABLES:
        raise InstanceError("tables.count", f"must be at most {MOST_TABLES}")
    return tuple(Table(f"T{i + 1}") for i in range(count))


def _lean(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is absent or empty, which reads the same as the default."""
    return {key: value for key, value in data.items() if value is not None and value != []}
