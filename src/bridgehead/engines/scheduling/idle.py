"""Breaks and idle slots as expressions of a timetable model.

A participant's day is a line of slots. `start[t]` marks the first slot of a run of meetings: the number of
breaks of a day is its number of runs less one, if there is any meeting. This is the usual linear model of
idle periods in B2B timetabling (Pesant, Rix and Rousseau 2015).
"""

from typing import TypeAlias

from ortools.sat.python import cp_model

from bridgehead.engines.scheduling.model import Literal, TimetableModel

Expr: TypeAlias = cp_model.LinearExpr


class Idle:
    """Without `exact`, a figure may come out too high but never too low, which is enough for minimising."""

    def __init__(self, model: TimetableModel, *, exact: bool) -> None:
        self._model = model
        self._cp = model.cp
        self._exact = exact
        self._breaks: dict[int, list[Expr]] | None = None

    def breaks(self) -> dict[int, list[Expr]]:
        """Per counted participant, the summands of its number of breaks (empty: it can have none)."""
        if self._breaks is None:
            self._breaks = {}
            for p in range(len(self._model.grid.instance.participants)):
                if self._model.grid.counts(p):
                    self._model.check_time()
                    lines = self._lines(p)
                    self._breaks[p] = [expr for line in lines if (expr := self._day_breaks(line)) is not None]
        return self._breaks

    def slots(self) -> list[Expr]:
        """The summands of the number of idle slots."""
        out: list[Expr] = []
        for p in range(len(self._model.grid.instance.participants)):
            if self._model.grid.counts(p):
                self._model.check_time()
                for line in self._lines(p):
                    out += self._idle_slots(line)
        return out

    def _lines(self, p: int) -> list[list[Literal | None]]:
        """Per day, whether `p` has a meeting in each slot that matters (None: it cannot)."""
        slots = self._model.at_party.get(p)
        if slots is None or len(self._model.grid.requests_of[p]) < 2:
            return []
        out = []
        for day in range(len(self._model.grid.days)):
            line = [self._meets(slots.get(t)) for t in self._model.grid.idle_line(p, day)]
            while line and line[-1] is None:
                line.pop()
            while line and line[0] is None:
                line.pop(0)
            if len(line) > 2:
                out.append(line)
        return out

    def _meets(self, literals: list[Literal] | None) -> Literal | None:
        if not literals:
            return None
        if len(literals) == 1:
            return literals[0]
        meets = self._cp.new_bool_var("")
        self._cp.add(Expr.sum(literals) == meets)
        return meets

    def _day_breaks(self, line: list[Literal | None]) -> Expr | None:
        starts: list[Literal] = []
        for before, here in zip([None, *line], line, strict=False):
            if here is None:
                continue
            if before is None:
                starts.append(here)
                continue
            start = self._cp.new_bool_var("")
            self._cp.add_bool_or([start, before, ~here])
            if self._exact:
                self._cp.add_implication(start, here)
                self._cp.add_implication(start, ~before)
            starts.append(start)
        meetings = [here for here in line if here is not None]
        if len(meetings) < 2:
            return None
        return Expr.sum(starts) - self._any(meetings, exact=self._exact)

    def _any(self, literals: list[Literal], *, exact: bool) -> Literal:
        """At most 1 if one of the literals is true, 0 if none; with `exact` 1 whenever one is."""
        some = self._cp.new_bool_var("")
        self._cp.add_bool_or([*literals, ~some])
        if exact:
            for literal in literals:
                self._cp.add_implication(literal, some)
        return some

    def _idle_slots(self, line: list[Literal | None]) -> list[Expr]:
        """A slot is idle when there is a meeting before and after it, but none in it."""
        begun, ended = self._prefix(line), self._prefix(line[::-1])[::-1]
        out = []
        for here, before, after in zip(line, begun, ended, strict=True):
            if before is None or after is None:
                continue
            idle = self._cp.new_bool_var("")
            self._cp.add_bool_or([idle, ~before, ~after] + ([] if here is None else [here]))
            if self._exact:
                self._cp.add_implication(idle, before)
                self._cp.add_implication(idle, after)
                if here is not None:
                    self._cp.add_implication(idle, ~here)
            out.append(idle)
        return out

    def _prefix(self, line: list[Literal | None]) -> list[Literal | None]:
        """For each position, whether there is a meeting strictly before it."""
        out: list[Literal | None] = []
        so_far: Literal | None = None
        for here in line:
            out.append(so_far)
            if here is not None:
                so_far = here if so_far is None else self._either(so_far, here)
        return out

    def _either(self, one: Literal, other: Literal) -> Literal:
        either = self._cp.new_bool_var("")
        self._cp.add_implication(one, either)
        self._cp.add_implication(other, either)
        if self._exact:
            self._cp.add_bool_or([one, other, ~either])
        return either
