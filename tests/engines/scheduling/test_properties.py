"""Random small instances: the answer is valid, and as good as trying everything."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridgehead.engines.scheduling import Grid, Instance, Plan, breaches, figures
from bridgehead.engines.scheduling.metrics import level_value, score
from bridgehead.engines.scheduling.solution import assignments_of
from tests.engines.scheduling.build import checker, shape, solved
from tests.engines.scheduling.strategies import instances, plans

CHECKER = checker()
RELAXED = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def every_plan(grid: Grid) -> Iterator[Plan]:
    """All plans that put each request into a slot that suits it alone, with every table and interpreter."""
    options: list[list[tuple[int, int | None, int | None] | None]] = []
    for r, mask in enumerate(grid.masks):
        tables = range(len(grid.instance.tables)) if grid.kind[r] == "table" else [None]
        asked = grid.instance.requests[r].interpreter
        people = [None] if asked is None else grid.speakers(asked)
        slots = [t for t in range(len(grid.instance.slots)) if mask >> t & 1]
        held = list(product(slots, tables, people))
        options.append(held if grid.must_hold(r) else [None, *held])
    for chosen in product(*options):
        plan = Plan()
        for r, choice in enumerate(chosen):
            if choice is not None:
                plan.at[r] = choice[0]
                plan.table |= {} if choice[1] is None else {r: choice[1]}
                plan.interpreter |= {} if choice[2] is None else {r: choice[2]}
        yield plan


@given(instances())
@settings(RELAXED, max_examples=150)
def test_optimum_equals_brute_force(data: dict[str, Any]):
    grid = Grid(Instance.from_dict(data))
    solution = solved(data)
    valid = [plan for plan in every_plan(grid) if next(breaches(grid, plan), None) is None]
    if not valid:
        assert solution.status == "infeasible"
        return
    goals = grid.instance.objective
    best = max((figures(grid, plan) for plan in valid), key=lambda found: score(goals, found))
    assert solution.status == "optimal"
    assert score(goals, solution.objective) == score(goals, best)
    assert [level.bound for level in solution.levels] == [level_value(goal, best) for goal in goals]


@given(instances(most_requests=8))
@settings(RELAXED, max_examples=100)
def test_conflicts_are_really_impossible(data: dict[str, Any]):
    """Everything outside the conflict may go: what is left is still impossible."""
    solution = solved(data)
    if solution.status != "infeasible":
        return
    named = set(solution.conflict)
    assert named
    others = [r["id"] for r in data["requests"] if r["id"] not in named]
    kept = [r | {"after": [q for q in r.get("after", ()) if q not in others]} for r in data["requests"]]
    smaller = data | {"requests": [r for r in kept if r["id"] in named], "objective": []}
    assert solved(smaller).status == "infeasible"


@given(instances(most_requests=6))
@settings(RELAXED, max_examples=60)
def test_adding_a_slot_never_makes_the_best_worse(data: dict[str, Any]):
    data |= {"objective": [{"sense": "max", "terms": {"held_weight": 1}}], "constraints": {}}
    before = solved(data)
    after = solved(
        data | {"slots": data["slots"] + [slot | {"id": "new", "day": "new"} for slot in shape(1)]}
    )
    if before.status == "optimal":
        assert after.objective["held_weight"] >= before.objective["held_weight"]


@given(instances())
@settings(RELAXED, max_examples=100)
def test_instances_read_what_they_write(data: dict[str, Any]):
    problem = Instance.from_dict(data)
    assert Instance.from_dict(problem.to_dict()) == problem


@pytest.mark.skipif(CHECKER is None, reason="the shared checker is not beside this repository: NOT COMPARED")
@given(st.data())
@settings(RELAXED, max_examples=250)
def test_rules_and_figures_agree_with_the_shared_checker(draw: st.DataObject):
    """On any plan, valid or not."""
    data = draw.draw(instances(most_requests=6))
    plan = draw.draw(plans(data))
    grid = Grid(Instance.from_dict(data))
    needs = [r for r in plan.at if grid.kind[r] == "table" and r not in plan.table]
    rows = [row.to_dict() for row in assignments_of(grid, plan)]
    answer = {"format": "b2b-solution/1", "status": "feasible", "assignments": rows}
    theirs = CHECKER.check(data, answer)
    assert (next(breaches(grid, plan), None) is None) == theirs["valid"], theirs["errors"]
    if not needs:
        assert figures(grid, plan) == theirs["metrics"]


@pytest.mark.skipif(CHECKER is None, reason="the shared checker is not beside this repository: NOT COMPARED")
@given(instances(most_requests=8))
@settings(RELAXED, max_examples=100)
def test_answers_pass_the_shared_checker(data: dict[str, Any]):
    solution = solved(data)
    if solution.valid:
        theirs = CHECKER.check(data, solution.to_dict())
        assert theirs["errors"] == []
        assert theirs["valid"]
