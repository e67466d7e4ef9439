"""An instance compiled to numbers: requests, slots and participants by index, sets of slots as bit masks.

Bit `t` of a mask stands for slot `t` (in time order). What a request's mask leaves out can never be part of
a valid timetable, so every later step looks only at the pairs that remain.
"""

from dataclasses import dataclass, field
from typing import Literal

from bridgehead.engines.scheduling.instance import Instance, Number, Request

Kind = Literal["online", "booth", "table"]
Point = tuple[Number, Number]


@dataclass(slots=True)
class Plan:
    """Request index to slot, shared table and interpreter index. A request that is not held is absent."""

    at: dict[int, int] = field(default_factory=dict)
    table: dict[int, int] = field(default_factory=dict)
    interpreter: dict[int, int] = field(default_factory=dict)


def bits(mask: int) -> list[int]:
    """The indexes of the set bits, ascending."""
    out = []
    while mask:
        low = mask & -mask
        out.append(low.bit_length() - 1)
        mask ^= low
    return out


class Grid:
    """See the module's docstring. Takes an instance that `consistency.check` has accepted."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.slot_index = {slot.id: t for t, slot in enumerate(instance.slots)}
        self.everything = (1 << len(instance.slots)) - 1
        self.day_of: list[int] = []
        self.days: list[list[int]] = []
        self._number_days()
        self.day_masks = [sum(1 << t for t in day) for day in self.days]
        self.party_index = {participant.id: p for p, participant in enumerate(instance.participants)}
        self.available = [self.everything & ~self._mask(p.unavailable) for p in instance.participants]
        self.table_available = [self.everything & ~self._mask(t.unavailable) for t in instance.tables]
        self.interpreter_available = [
            self.everything & ~self._mask(i.unavailable) for i in instance.interpreters
        ]
        slots = range(len(instance.slots))
        self.tables_in_slot = [sum(mask >> t & 1 for mask in self.table_available) for t in slots]
        self.request_index = {request.id: r for r, request in enumerate(instance.requests)}
        self.parties = [(self.party_index[r.a], self.party_index[r.b]) for r in instance.requests]
        self.kind: list[Kind] = []
        self.booth_at: list[Point | None] = []
        for request in instance.requests:
            self._place(request)
        self.requests_of: list[list[int]] = [[] for _ in instance.participants]
        for r, (a, b) in enumerate(self.parties):
            self.requests_of[a].append(r)
            self.requests_of[b].append(r)
        self.after = [
            (r, self.request_index[earlier])
            for r, request in enumerate(instance.requests)
            for earlier in request.after
        ]
        self.previous: dict[int, int | None] = {}
        self.pinned: dict[int, int] = {}
        self.frozen = 0
        self._read_previous()
        self.masks = self._masks()

    @property
    def must_hold_all(self) -> bool:
        return self.instance.problem == "fixed"

    def must_hold(self, r: int) -> bool:
        return self.must_hold_all or r in self.pinned

    def counts(self, p: int) -> bool:
        """Whether breaks and walking are counted for this participant."""
        return self.instance.participants[p].capacity == 1

    def idle_line(self, p: int, day: int) -> list[int]:
        """The slots of a day that make or lengthen a break of `p` when `p` has no meeting in them, and
        those in which it can have one."""
        slots = self.days[day]
        if self.instance.idle_counts_unavailable:
            return slots
        return [t for t in slots if self.available[p] >> t & 1]

    def speakers(self, language: str) -> list[int]:
        return [i for i, person in enumerate(self.instance.interpreters) if language in person.languages]

    def pairs(self) -> int:
        """How many (request, slot) pairs are possible: the number of main booleans of a model."""
        return sum(mask.bit_count() for mask in self.masks)

    def _number_days(self) -> None:
        last = None
        for t, slot in enumerate(self.instance.slots):
            if slot.day != last:
                self.days.append([])
                last = slot.day
            self.days[-1].append(t)
            self.day_of.append(len(self.days) - 1)

    def _mask(self, slots: tuple[str, ...]) -> int:
        mask = 0
        for slot in slots:
            mask |= 1 << self.slot_index[slot]
        return mask

    def _place(self, request: Request) -> None:
        """Online needs no place; else the host's booth, else b's, else a's, else a shared table."""
        parties = self.instance.participants
        kind: Kind = "table"
        point: Point | None = None
        if request.mode == "online":
            kind = "online"
        else:
            for owner in (request.host, request.b, request.a):
                booth = parties[self.party_index[owner]].booth if owner is not None else None
                if booth is not None:
                    kind, point = "booth", (booth.x, booth.y)
                    break
        self.kind.append(kind)
        self.booth_at.append(point)

    def _read_previous(self) -> None:
        previous = self.instance.previous
        if previous is None:
            return
        for slot in previous.frozen_slots:
            if slot in self.slot_index:
                self.frozen |= 1 << self.slot_index[slot]
        for key, slot in previous.slot_of.items():
            r = self.request_index.get(key)
            if r is None:
                continue
            t = self.previous[r] = self.slot_index.get(slot)
            if previous.infeasible_ok or t is None or not self.frozen >> t & 1:
                continue
            a, b = self.parties[r]
            if self.available[a] & self.available[b] & 1 << t:
                self.pinned[r] = t

    def _masks(self) -> list[int]:
        sessions: dict[str, int] = {}
        for t, slot in enumerate(self.instance.slots):
            if slot.session is not None:
                sessions[slot.session] = sessions.get(slot.session, 0) | 1 << t
        some_table = sum(1 << t for t, count in enumerate(self.tables_in_slot) if count)
        spoken: dict[str, int] = {}
        for i, interpreter in enumerate(self.instance.interpreters):
            for language in interpreter.languages:
                spoken[language] = spoken.get(language, 0) | self.interpreter_available[i]
        return [
            self._mask_of(r, request, sessions, some_table, spoken)
            for r, request in enumerate(self.instance.requests)
        ]

    def _mask_of(
        self, r: int, request: Request, sessions: dict[str, int], some_table: int, spoken: dict[str, int]
    ) -> int:
        a, b = self.parties[r]
        mask = self.available[a] & self.available[b]
        if request.session is not None:
            mask &= sessions.get(request.session, 0)
        if request.allowed_slots is not None:
            mask &= self._mask(request.allowed_slots)
        mask &= ~self._mask(request.forbidden_slots)
        if request.fixed_slot is not None:
            mask &= 1 << self.slot_index[request.fixed_slot]
        if self.kind[r] == "table":
            mask &= some_table
        if request.interpreter is not None:
            mask &= spoken.get(request.interpreter, 0)
        if r in self.pinned:
            return mask & 1 << self.pinned[r]
        before = self.previous.get(r)
        kept = 0 if before is None else 1 << before
        return mask & (~self.frozen | kept)
