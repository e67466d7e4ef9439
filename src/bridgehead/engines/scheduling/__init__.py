"""Timetables of B2B meetings: read an instance, solve it, state what is proven. No Django.

instance = Instance.from_dict(data)
solution = solve(instance, time_limit=30, threads=2, seed=1)
solution.status, solution.objective["held"], solution.bound
"""

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
from bridgehead.engines.scheduling.measures import Unsupported
from bridgehead.engines.scheduling.metrics import figures
from bridgehead.engines.scheduling.progress import Progress
from bridgehead.engines.scheduling.solution import Assignment, Level, Solution, plan_of
from bridgehead.engines.scheduling.solver import replan, solve
from bridgehead.engines.scheduling.validate import breaches

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
