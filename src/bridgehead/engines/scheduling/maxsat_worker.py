"""RC2 in a process of its own, since it cannot be stopped from outside once it runs.

Reads one pickled dict (`hard`, `soft`, `phases`) from standard input. Writes JSON lines: `{"bound": n}`
whenever more is proven, and at the end `{"bound": n, "true": [literals]}`, or `{"infeasible": true}`.
"""

import json
import pickle
import sys
from typing import Any

from pysat.examples.rc2 import RC2  # type: ignore[import-untyped]
from pysat.formula import WCNF  # type: ignore[import-untyped]


class TellingRC2(RC2):  # type: ignore[misc]
    """Says so whenever a core has raised the cost, which is a lower bound all the way."""

    def process_core(self) -> None:
        super().process_core()
        _tell({"bound": self.cost})


def main() -> None:
    data = pickle.load(sys.stdin.buffer)  # from our own parent process
    formula = WCNF()
    formula.extend(data["hard"])
    formula.extend([[literal] for literal in data["soft"]], weights=[1] * len(data["soft"]))
    with TellingRC2(formula, solver="g4", adapt=True, exhaust=True) as solver:
        if data["phases"]:
            solver.oracle.set_phases(data["phases"])
        model = solver.compute()
        if model is None:
            _tell({"infeasible": True})
        else:
            _tell({"bound": solver.cost, "true": [literal for literal in model if literal > 0]})


def _tell(news: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(news) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
