"""The engine's front door: solve an instance level by level and state what is proven.

This is the baseline: one CP-SAT model for everything, started from a greedy plan. Each level of the
lexicographic objective is optimised in turn, with the earlier ones held at what was reached.
"""

import os
import time
from dataclasses import replace
from typing import Any

from bridgehead.engines.scheduling.bounds import Trivial, metric_bounds
from bridgehead.engines.scheduling.conflict import find_conflict, simple_conflict
from bridgehead.engines.scheduling.consistency import check
from bridgehead.engines.scheduling.fields import InstanceError
from bridgehead.engines.scheduling.first import Starter
from bridgehead.engines.scheduling.greedy import first_plan
from bridgehead.engines.scheduling.grid import Grid, Plan
from bridgehead.engines.scheduling.instance import CHANGE_METRICS, Goal, Instance, Number
from bridgehead.engines.scheduling.local.warm import warm_up
from bridgehead.engines.scheduling.measures import Aim, Measures, check_supported, units_of
from bridgehead.engines.scheduling.metrics import Figures, figures, level_value, score
from bridgehead.engines.scheduling.model import OutOfTime, TimetableModel
from bridgehead.engines.scheduling.progress import OnProgress, Reporter, progress
from bridgehead.engines.scheduling.prover import Prover, provable
from bridgehead.engines.scheduling.search import Budget, Outcome, Report, ShouldStop, run
from bridgehead.engines.scheduling.solution import Level, Solution, assignments_of, changes_of
from bridgehead.engines.scheduling.tables import name_tables
from bridgehead.engines.scheduling.validate import breaches
from bridgehead.engines.scheduling.words import in_words

LARGEST = 1 << 53  # CP-SAT reports objective values and bounds as doubles
FEW_PAIRS = 900  # up to here CP-SAT alone proves as much, without any loops to compile first
MOST_PAIRS = 400_000  # (request, slot) booleans; beyond it local search gets further than CP-SAT
LEAST_CHANGE = (Goal("min", {"dropped": 1}), Goal("min", {"disturbed": 1}), Goal("min", {"moved": 1}))


def solve(
    instance: Instance,
    *,
    time_limit: float = 60.0,
    threads: int = 0,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    decompose: bool = True,
) -> Solution:
    """The best timetable found within `time_limit` seconds.

    `threads` 0 takes all cores. `on_progress` is called from the solver's threads. `should_stop` is asked
    about twenty times a second; once it answers true the best plan so far is returned. With one thread the
    same seed gives the same answer, unless the wall clock or `should_stop` ended the search.

    Without `decompose`, and on small instances, CP-SAT is alone: the baseline to compare with.

    Raises `InstanceError` for ids or numbers that make no sense, `Unsupported` for an objective that
    cannot be expressed. An instance without any valid timetable is an answer, not an error.
    """
    check(instance)
    check_supported(instance)
    grid = Grid(instance)
    decompose = decompose and grid.pairs() > FEW_PAIRS
    if decompose:
        warm_up()
    stop = should_stop or (lambda: False)
    budget = Budget(time_limit, threads or os.cpu_count() or 1, seed, stop)
    return _Run(grid, budget, on_progress, decompose).solution()


def replan(instance: Instance, **options: Any) -> Solution:
    """`solve` for an instance with a previous plan. Unless the objective itself speaks of changes, fewest
    dropped meetings, disturbed people and moved meetings come first, and the objective after them."""
    if instance.previous is None:
        raise InstanceError("previous", "is missing: there is nothing to re-plan")
    named = {metric for goal in instance.objective for metric in goal.terms}
    if not named & set(CHANGE_METRICS):
        instance = replace(instance, objective=LEAST_CHANGE + instance.objective)
    return solve(instance, **options)


class _Run:
    """One solve: the best plan so far, the model, and what each level came to."""

    def __init__(self, grid: Grid, budget: Budget, on_progress: OnProgress | None, decompose: bool) -> None:
        self.grid = grid
        self.goals = grid.instance.objective
        self.budget = budget
        self.trivial = Trivial(grid)
        self.best: Plan | None = None
        self.found: Figures = {}
        self.model: TimetableModel | None = None
        self.levels: list[Level] = []
        self.infeasible = False
        self._on_progress = on_progress
        self._prover: Prover | None = None
        self._decompose = decompose
        self._near = any("walking" in goal.terms for goal in self.goals)

    def solution(self) -> Solution:
        try:
            return self._solution()
        finally:
            if self._prover is not None:
                self._prover.close()

    def _solution(self) -> Solution:
        self._start()
        for number, goal in enumerate(self.goals):
            if self.infeasible or not self._level(number, goal):
                break
        if self.best is None and not self.infeasible:
            self._any_plan()
        if self.best is None:
            return self._nothing()
        for goal in self.goals[len(self.levels) :]:
            self._record(goal, self.trivial.level(goal), self.budget.elapsed)
        status = "optimal" if all(level.proven for level in self.levels) else "feasible"
        return Solution(
            instance=self.grid.instance.name,
            status=status,
            assignments=assignments_of(self.grid, self.best),
            objective=self.found,
            bound=metric_bounds(self.goals, [level.bound for level in self.levels], self.trivial),
            levels=tuple(self.levels),
            changes=changes_of(self.grid, self.best),
            runtime_s=self.budget.elapsed,
        )

    def _start(self) -> None:
        """The first plan, or the empty one, and the model if there is room and time for it."""
        if simple_conflict(self.grid):
            self.infeasible = True
            return
        if self._decompose:
            self._start_decomposed()
        else:
            self._offer(first_plan(self.grid))
        if self.best is None:
            self._offer(Plan())
        self._hear()
        if self.infeasible or self._change_is_least() or self.grid.pairs() > MOST_PAIRS:
            return
        try:
            self.model = TimetableModel(self.grid, deadline=self.budget.deadline)
            self.measures = Measures(self.model)
        except OutOfTime:
            self.model = None

    def _start_decomposed(self) -> None:
        if self.budget.threads > 1 and provable(self.grid):
            self._prover = Prover(self.grid)
        self.starter = Starter(self.grid, self.budget, self.trivial, self._enough)
        if self._offer(self.starter.first()) and not self.grid.previous:
            self._polish()

    def _change_is_least(self) -> bool:
        """Whether a re-plan already changes as little as can be: then its answer is wanted at once."""
        return self.goals[: len(LEAST_CHANGE)] == LEAST_CHANGE and all(
            self._reached(goal, self.trivial.level(goal)) for goal in LEAST_CHANGE
        )

    def _enough(self) -> bool:
        if self._prover is not None and self._prover.bound > self.trivial.of("breaks")[0]:
            self.trivial.lift("breaks", self._prover.bound)
            self._tell()
        return self.budget.over or (self._prover is not None and self._prover.done)

    def _hear(self) -> None:
        """Take in what the proof beside us has come to."""
        if self._prover is None:
            return
        self.trivial.lift("breaks", self._prover.bound)
        if self._prover.plan is not None:
            self._offer(self._prover.plan)
        self.infeasible = self.infeasible or (self._prover.infeasible and self.best is None)

    def _polish(self, plan: Plan | None = None) -> None:
        better = self.starter.polished(plan)
        if better is not None:
            self._offer(better)

    def _offer(self, plan: Plan) -> bool:
        """Keep the plan if it is valid and better than the best so far."""
        if not plan.table:
            name_tables(self.grid, plan, near=self._near)
        if next(breaches(self.grid, plan), None) is not None:
            return False
        found = figures(self.grid, plan)
        if self.best is None or score(self.goals, found) > score(self.goals, self.found):
            self.best, self.found = plan, found
            self._tell()
        return True

    def _tell(self) -> None:
        """How the goal at hand stands."""
        number = len(self.levels)
        if self._on_progress is None or self.best is None or number >= len(self.goals):
            return
        goal = self.goals[number]
        best, bound = level_value(goal, self.found), self.trivial.level(goal)
        self._on_progress(progress(goal, (number + 1, len(self.goals)), self.budget, best, bound))

    def _level(self, number: int, goal: Goal) -> bool:
        """Optimise one goal and hold it. False when no later level can be optimised."""
        started = self.budget.elapsed
        bound = self.trivial.level(goal)
        if self._reached(goal, bound) and (self.model is None or self.budget.over):
            self._record(goal, bound, started)
            return True
        if self.model is None or self.budget.over:
            return False
        try:
            aim = self.measures.aim(goal)
        except OutOfTime:
            return False
        self._check_range(aim)
        if (aim.whole or len(goal.terms) > 1) and not self._reached(goal, bound):
            outcome = self._optimise(number, aim)
            if self.infeasible:
                return False
            bound = self._tighter(goal, bound, self.trivial.level(goal))
            if outcome.bound is not None:
                bound = self._tighter(goal, bound, units_of(outcome.bound, aim.units))
        if self.best is None and not self._any_plan():
            return False
        self._record(goal, bound, started)
        if not aim.whole:
            return False
        self._hold(aim, goal)
        return True

    def _optimise(self, number: int, aim: Aim) -> Outcome:
        assert self.model is not None
        maximising = aim.goal.sense == "max"
        self.model.set_objective(aim.expr, maximising=maximising)
        if self.best is not None:
            self.model.hint(self.best)
        part = 0.5 if any(self.measures.fits(later) for later in self.goals[number + 1 :]) else 1.0
        report = self._reporter(number, aim)
        proving = number == 0 and self._prover is not None and not self._prover.done
        outcome = run(
            self.model,
            self.budget,
            part=part,
            maximising=maximising,
            report=report,
            enough=self._enough if proving else None,
            threads=max(1, self.budget.threads - proving),
        )
        self._take(outcome)
        if number == 0:
            self._hear()
        return outcome

    def _take(self, outcome: Outcome) -> None:
        if outcome.plan is not None and not self._offer(outcome.plan):
            raise RuntimeError(f"the model broke a rule: {next(breaches(self.grid, outcome.plan))}")
        self.infeasible = outcome.status == "infeasible" and self.best is None

    def _any_plan(self) -> bool:
        """Look for any valid plan at all, without an objective, in the time that is left."""
        if self.model is None or self.budget.over:
            return False
        self.model.cp.clear_objective()
        self._take(run(self.model, self.budget, part=1.0, maximising=False, report=_silent))
        return self.best is not None

    def _hold(self, aim: Aim, goal: Goal) -> None:
        """Later levels may not fall behind what this one has reached."""
        assert self.model is not None
        reached = aim.scaled(level_value(goal, self.found))
        self.model.cp.add(aim.expr >= reached if goal.sense == "max" else aim.expr <= reached)

    def _reached(self, goal: Goal, bound: Number) -> bool:
        return self.best is not None and level_value(goal, self.found) == bound

    def _tighter(self, goal: Goal, one: Number, other: Number) -> Number:
        return min(one, other) if goal.sense == "max" else max(one, other)

    def _record(self, goal: Goal, bound: Number, started: float) -> None:
        value = level_value(goal, self.found)
        seconds = self.budget.elapsed - started
        self.levels.append(Level(goal.sense, goal.terms, value, bound, value == bound, seconds))

    def _nothing(self) -> Solution:
        conflict: tuple[str, ...] = ()
        if self.infeasible:
            seconds = max(2.0, self.budget.deadline - time.monotonic())
            conflict = find_conflict(
                self.grid, seconds=seconds, seed=self.budget.seed, should_stop=self.budget.should_stop
            )
        return Solution(
            instance=self.grid.instance.name,
            status="infeasible" if self.infeasible else "unknown",
            conflict=conflict,
            reasons=in_words(self.grid, conflict),
            runtime_s=self.budget.elapsed,
        )

    def _check_range(self, aim: Aim) -> None:
        for sense in ("max", "min"):
            if abs(aim.scaled(self.trivial.level(Goal(sense, aim.goal.terms)))) > LARGEST:
                raise InstanceError("objective", "the figures are too large to be counted exactly")

    def _reporter(self, number: int, aim: Aim) -> Report:
        if self._on_progress is None:
            return _silent
        return Reporter(
            aim,
            level=(number + 1, len(self.goals)),
            budget=self.budget,
            best=level_value(aim.goal, self.found) if self.best is not None else None,
            bound=self.trivial.level(aim.goal),
            tell=self._on_progress,
        )


def _silent(_best: float | None, _bound: float | None) -> None:
    """Nobody wants to know."""
