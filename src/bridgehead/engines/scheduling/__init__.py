"""Timetables of B2B meetings: read an instance, solve it, state what is proven. No Django.

instance = Instance.from_dict(data)
solution = solve(instance, time_limit=30, threads=2, seed=1)
solution.status, solution.objective["held"], solution.bound
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bridgehead.engines.scheduling.consistency import check
from bridgehead.engines.scheduling.fields import InstanceError
from bridgehead.engines.scheduling.grid import Grid, Plan
from bridgehead.engines.scheduling.instance import (
    Booth,
    Goal,
    Instance,
    Interpreter,
    Participant,
    Previous,
    Request,
    Slot,
    Table,
)
from bridgehead.engines.scheduling.metrics import figures
from bridgehead.engines.scheduling.solution import Assignment, Level, Solution, plan_of
from bridgehead.engines.scheduling.validate import breaches

if TYPE_CHECKING:
    from bridgehead.engines.scheduling.measures import Unsupported
    from bridgehead.engines.scheduling.progress import Progress
    from bridgehead.engines.scheduling.solver import replan, solve

#: Whatever needs OR-Tools is loaded when it is first asked for: that takes a second, which most processes never need.
_WITH_SOLVER = {"Progress": "progress", "Unsupported": "measures", "replan": "solver", "solve": "solver"}


def __getattr__(name: str) -> Any:
    if name not in _WITH_SOLVER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WITH_SOLVER[name]}"), name)


__all__ = [
    "Assignment",
    "Booth",
    "Goal",
    "Grid",
    "Instance",
    "InstanceError",
    "Interpreter",
    "Level",
    "Participant",
    "Plan",
    "Previous",
    "Progress",
    "Request",
    "Slot",
    "Solution",
    "Table",
    "Unsupported",
    "breaches",
    "check",
    "figures",
    "plan_of",
    "replan",
    "solve",
]
