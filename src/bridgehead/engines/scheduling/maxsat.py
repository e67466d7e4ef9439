"""Breaks as weighted partial MaxSAT, the method that proves: hard clauses are the rules, each break is a
soft clause, and RC2 (Ignatiev, Morgado and Marques-Silva 2019) raises the bound core by core.

The encoding follows Bofill et al., "Scheduling B2B meetings", with their implied constraints: how many slots
a party uses is known, and tables are counted as pairs of parties. A party without breaks meets in one
block from its first slot on. Interpreters, maxima and fairness are left out: the bound holds all the same,
and a timetable that comes out is checked like any other.
"""

from dataclasses import dataclass, field

from pysat.card import CardEnc, EncType  # type: ignore[import-untyped]

from bridgehead.engines.scheduling.grid import Grid, Plan, bits

PAIRWISE = 5  # literals up to which every two of them get a clause
MOST_PAIRS = 30_000  # (request, slot) pairs: more clauses than that are no longer solved in a minute


@dataclass(slots=True)
class Formula:
    """`hard` clauses, and one `soft` literal per possible break, false if the break is made."""

    top: int = 0
    hard: list[list[int]] = field(default_factory=list)
    soft: list[int] = field(default_factory=list)

    def new(self) -> int:
        self.top += 1
        return self.top

    def at_most(self, literals: list[int], most: int) -> None:
        if len(literals) <= most:
            return
        if not most:
            self.hard += [[-literal] for literal in literals]
            return
        one = EncType.pairwise if len(literals) <= PAIRWISE else EncType.ladder
        encoding = one if most == 1 else EncType.seqcounter
        self._add(CardEnc.atmost(literals, most, top_id=self.top, encoding=encoding))

    def exactly(self, literals: list[int], count: int) -> None:
        if len(literals) < count:
            impossible = self.new()
            self.hard += [[impossible], [-impossible]]
            return
        self._add(CardEnc.equals(literals, count, top_id=self.top, encoding=EncType.seqcounter))

    def _add(self, encoded: CardEnc) -> None:
        self.top = max(self.top, encoded.nv)
        self.hard.extend(encoded.clauses)


class BreaksFormula:
    """The breaks of a `fixed` problem."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.formula = Formula()
        self.x = [{t: self.formula.new() for t in bits(mask)} for mask in grid.masks]
        self.used: dict[tuple[int, int], int] = {}
        self._add_requests()
        self._add_parties()
        self._add_tables()
        self._add_precedence()
        for p in range(len(grid.requests_of)):
            if grid.counts(p) and len(grid.requests_of[p]) > 1:
                self._add_breaks(p)

    def read(self, true: set[int]) -> Plan:
        """The plan of a model, given as its true literals."""
        return Plan(at={r: t for r, slots in enumerate(self.x) for t, x in slots.items() if x in true})

    def phases(self, plan: Plan) -> list[int]:
        """The literals that hold in a plan, for the solver to try first."""
        out = [x if plan.at.get(r) == t else -x for r, slots in enumerate(self.x) for t, x in slots.items()]
        busy = {(p, t) for r, t in plan.at.items() for p in self.grid.parties[r]}
        return out + [literal if key in busy else -literal for key, literal in self.used.items()]

    def _add_requests(self) -> None:
        for slots in self.x:
            self.formula.hard.append(list(slots.values()))
            self.formula.at_most(list(slots.values()), 1)

    def _add_parties(self) -> None:
        for p, own in enumerate(self.grid.requests_of):
            capacity = self.grid.instance.participants[p].capacity
            for t in range(len(self.grid.day_of)):
                literals = [self.x[r][t] for r in own if t in self.x[r]]
                self.formula.at_most(literals, capacity)
                if literals and self.grid.counts(p):
                    self._use(p, t, literals)
            mine = [self.used[p, t] for t in range(len(self.grid.day_of)) if (p, t) in self.used]
            if own and self.grid.counts(p):
                self.formula.exactly(mine, len(own))

    def _use(self, p: int, t: int, literals: list[int]) -> None:
        used = self.used[p, t] = self.formula.new()
        self.formula.hard += [[-x, used] for x in literals]
        self.formula.hard.append([-used, *literals])

    def _add_tables(self) -> None:
        """Where every meeting needs a table and every party counts, the parties in a slot are two per table."""
        grid = self.grid
        paired = all(kind == "table" for kind in grid.kind) and all(
            map(grid.counts, range(len(grid.available)))
        )
        for t, tables in enumerate(grid.tables_in_slot):
            seated = [x[t] for r, x in enumerate(self.x) if grid.kind[r] == "table" and t in x]
            if len(seated) <= tables:
                continue
            present = [literal for (_, u), literal in self.used.items() if u == t]
            self.formula.at_most(present if paired else seated, 2 * tables if paired else tables)

    def _add_precedence(self) -> None:
        for later, earlier in self.grid.after:
            for t, x in self.x[later].items():
                self.formula.hard += [[-x, -y] for u, y in self.x[earlier].items() if u >= t]

    def _add_breaks(self, p: int) -> None:
        lines = []
        for day in range(len(self.grid.days)):
            line = [self.used.get((p, t), 0) for t in self.grid.idle_line(p, day)]
            if any(line):
                lines.append(line)
        for line in lines:
            ends, begun = self._add_line(line)
            if len(lines) == 1:
                self._add_block(line, ends, begun, len(self.grid.requests_of[p]))

    def _add_line(self, line: list[int]) -> tuple[list[int], list[int]]:
        """The literals of a break that ends at a slot, and of having met by a slot; 0 stands for false."""
        formula, ends, begun = self.formula, [], []
        so_far = before = 0
        for here in line:
            if here and so_far:
                end = formula.new()
                formula.hard.append([end, -here, -so_far] + ([before] if before else []))
                formula.soft.append(-end)
                ends.append(end)
            if here:
                met = formula.new()
                formula.hard += [[-here, met], [-met, here] + ([so_far] if so_far else [])]
                formula.hard += [[-so_far, met]] if so_far else []
                so_far = met
            begun.append(so_far)
            before = here
        return ends, begun

    def _add_block(self, line: list[int], ends: list[int], begun: list[int], length: int) -> None:
        """Without a break, the party meets in the `length` slots from its first one on, and in no other."""
        formula = self.formula
        broken = formula.new()
        formula.hard.append([-broken, *ends])
        for i, here in enumerate(line):
            if not here:
                continue
            first = [-begun[i], broken] + ([begun[i - 1]] if i and begun[i - 1] else [])
            block = line[i : i + length]
            if len(block) < length or not all(block):
                formula.hard.append(first)
                continue
            formula.hard += [[*first, used] for used in block]
            formula.hard += [[*first, -used] for used in line[i + length :] if used]
