"""Run CP-SAT on a model: within a budget, reporting as it goes, and stopping at once when asked to."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Any

from ortools.sat.python import cp_model

from bridgehead.engines.scheduling.grid import Plan
from bridgehead.engines.scheduling.model import TimetableModel

POLL_SECONDS = 0.05
STATUS = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
    cp_model.UNKNOWN: "unknown",
}

Report = Callable[[float | None, float | None], None]
ShouldStop = Callable[[], bool]


class Budget:
    """Seconds left, shared out among the steps of one run.

    With one thread the solver is also held to CP-SAT's own deterministic time, so that the same seed gives
    the same answer whenever the clock is not what ended the search.
    """

    DETERMINISTIC_PER_SECOND = 0.5  # deterministic units are about as long as seconds, seldom over two

    def __init__(self, time_limit: float, threads: int, seed: int, should_stop: ShouldStop) -> None:
        self.started = time.monotonic()
        self.limit_seconds = time_limit
        self.deadline = self.started + time_limit
        self.threads = threads
        self.seed = seed
        self.should_stop = should_stop
        self._units_left = time_limit * self.DETERMINISTIC_PER_SECOND

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.started

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.deadline or self.should_stop()

    def limit(self, solver: cp_model.CpSolver, part: float) -> None:
        """Give the solver this part of what is left."""
        solver.parameters.max_time_in_seconds = max(0.01, part * (self.deadline - time.monotonic()))
        solver.parameters.num_workers = self.threads
        solver.parameters.random_seed = self.seed
        solver.parameters.catch_sigint_signal = False
        if self.threads == 1:
            solver.parameters.max_deterministic_time = max(0.01, part * self._units_left)

    def spend(self, solver: cp_model.CpSolver) -> None:
        self._units_left -= solver.deterministic_time


@dataclass(frozen=True, slots=True)
class Outcome:
    """`bound` is None where the solver has none to offer (no objective, or stopped too early)."""

    status: str
    plan: Plan | None
    bound: int | None


class _Watcher(cp_model.CpSolverSolutionCallback):
    def __init__(self, report: Report, optimising: bool) -> None:
        super().__init__()
        self._report = report
        self._optimising = optimising

    def on_solution_callback(self) -> None:
        if self._optimising:
            self._report(self.objective_value, self.best_objective_bound)


def run(
    model: TimetableModel,
    budget: Budget,
    *,
    part: float,
    maximising: bool,
    report: Report,
    enough: ShouldStop | None = None,
    threads: int | None = None,
) -> Outcome:
    """Solve the model as it stands, with `part` of the budget that is left, until there is `enough`."""
    solver = cp_model.CpSolver()
    budget.limit(solver, part)
    solver.parameters.num_workers = threads or budget.threads
    optimising = model.cp.has_objective()
    bounds: list[float] = []

    def on_bound(bound: float) -> None:
        bounds.append(bound)
        report(None, bound)

    if optimising:
        solver.best_bound_callback = on_bound

    def stop() -> bool:
        return budget.should_stop() or (enough is not None and enough())

    status = STATUS[interruptible(solver, model.cp, stop, _Watcher(report, optimising))]
    budget.spend(solver)
    found = status in ("optimal", "feasible")
    if optimising and found:
        bounds.append(solver.objective_value if status == "optimal" else solver.best_objective_bound)
    return Outcome(status, model.read(solver) if found else None, _whole(bounds, maximising))


def interruptible(
    solver: cp_model.CpSolver, model: cp_model.CpModel, should_stop: ShouldStop, watcher: Any = None
) -> int:
    """`solver.solve` in a thread of its own, so that this one can look for a wish to stop."""
    result: list[int] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            result.append(solver.solve(model, watcher))
        except BaseException as error:
            failure.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL_SECONDS)
        if should_stop():
            solver.stop_search()
    if failure:
        raise failure[0]
    if result[0] not in STATUS:
        raise RuntimeError(f"CP-SAT refused the model: {model.validate()}")
    return result[0]


def _whole(bounds: list[float], maximising: bool) -> int | None:
    """The tightest bound, rounded to the whole number it implies."""
    finite = [bound for bound in bounds if math.isfinite(bound)]
    if not finite:
        return None
    return math.floor(min(finite) + 1e-6) if maximising else math.ceil(max(finite) - 1e-6)
