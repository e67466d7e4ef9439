"""A MaxSAT proof that runs beside the search, and what it has come to so far."""

import contextlib
import json
import pickle
import subprocess
import sys
from threading import Thread
from typing import IO

from bridgehead.engines.scheduling.grid import Grid, Plan
from bridgehead.engines.scheduling.maxsat import MOST_PAIRS, BreaksFormula

WORKER = [sys.executable, "-m", "bridgehead.engines.scheduling.maxsat_worker"]


def provable(grid: Grid) -> bool:
    """Whether the first goal is the number of breaks alone, with all meetings given."""
    goal = next(iter(grid.instance.objective), None)
    if goal is None or not grid.must_hold_all or grid.pairs() > MOST_PAIRS or not all(grid.masks):
        return False
    return goal.sense == "min" and list(goal.terms) == ["breaks"] and goal.terms["breaks"] > 0


class Prover:
    """`bound` on the number of breaks only ever rises. `plan` is there once the bound is reached;
    `infeasible` once it is proven that the meetings cannot all be held."""

    def __init__(self, grid: Grid, hint: Plan | None = None) -> None:
        self.bound = 0
        self.plan: Plan | None = None
        self.infeasible = False
        self.done = False
        self._encoded = BreaksFormula(grid)
        formula = self._encoded.formula
        phases = self._encoded.phases(hint) if hint is not None else []
        self._task = pickle.dumps({"hard": formula.hard, "soft": formula.soft, "phases": phases})
        self._process = subprocess.Popen(WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self._thread.join()

    def _listen(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError), self._process.stdin as task:
            task.write(self._task)
        self._follow(self._process.stdout)

    def _follow(self, lines: IO[bytes]) -> None:
        with lines:
            for line in lines:
                news = json.loads(line)
                self.bound = max(self.bound, news.get("bound", 0))
                self.infeasible = self.infeasible or "infeasible" in news
                if "true" in news:
                    self.plan = self._encoded.read(set(news["true"]))
                self.done = self.infeasible or self.plan is not None
