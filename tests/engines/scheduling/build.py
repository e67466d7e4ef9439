"""Small hand-made instances, and the bridge to the shared checker."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from bridgehead.engines.scheduling import Grid, Instance, Solution, breaches, figures, plan_of, solve

SHARED = Path(__file__).resolve().parents[4] / "shared"


def shape(*days: int) -> list[dict[str, str]]:
    """Slots `d1s1`, `d1s2`, …; the first half of a day is `am`, the rest `pm`."""
    return [
        {"id": f"d{d}s{s}", "day": f"d{d}", "session": "am" if s <= (count + 1) // 2 else "pm"}
        for d, count in enumerate(days, 1)
        for s in range(1, count + 1)
    ]


def instance(requests: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """Every party named by a request exists; one day of three slots and two tables unless told otherwise.

    `parties` adds keys to participants: `{"a": {"capacity": 2}}`.
    """
    parties = changes.pop("parties", {})
    names = dict.fromkeys([name for request in requests for name in (request["a"], request["b"])])
    rows = [{"id": name} | parties.get(name, {}) for name in names | dict.fromkeys(parties)]
    return {
        "format": "b2b-instance/1",
        "name": "hand-made",
        "problem": "fixed",
        "slots": shape(3),
        "tables": {"count": 2},
        "participants": rows,
        "requests": requests,
    } | changes


def meet(key: str, parties: str, **more: Any) -> dict[str, Any]:
    """`meet("r1", "ab")`: a request between `a` and `b`."""
    return {"id": key, "a": parties[0], "b": parties[1]} | more


def goals(*named: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"sense": sense, "terms": {metric: 1}} for sense, metric in named]


def solved(data: dict[str, Any], **options: Any) -> Solution:
    """Solve with one thread, and insist that the answer keeps every rule and claims the right figures."""
    problem = Instance.from_dict(data)
    solution = solve(problem, **({"time_limit": 10, "threads": 1} | options))
    if solution.valid:
        grid = Grid(problem)
        plan = plan_of(grid, solution.assignments)
        assert list(breaches(grid, plan)) == []
        assert figures(grid, plan) == solution.objective
        assert all(level.proven for level in solution.levels) == (solution.status == "optimal")
    return solution


def slots_of(solution: Solution) -> dict[str, str]:
    return {row.request: row.slot for row in solution.assignments}


def checker() -> ModuleType | None:
    """The shared checker as a module, or None where it is not at hand."""
    path = SHARED / "tools" / "check_timetable.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("check_timetable", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
