"""How a solve behaves: what it states, how it stops, that it repeats itself."""

import random
import threading
import time

from bridgehead.engines.scheduling import Instance, solve
from bridgehead.engines.scheduling.search import Budget
from tests.engines.scheduling.build import goals, instance, meet, shape, solved


def forum(parties: int = 24, requests: int = 70, slots: int = 10, seed: int = 1, **changes):
    """A forum too large to be proven in a moment."""
    dice = random.Random(seed)
    pairs = [(f"p{a}", f"p{b}") for a in range(parties) for b in range(a)]
    rows = [{"id": f"r{i}", "a": a, "b": b} for i, (a, b) in enumerate(dice.sample(pairs, requests))]
    return (
        instance(rows, slots=shape(slots), tables={"count": 12}, objective=goals(("min", "breaks"))) | changes
    )


def scattered(requests: int = 60, **changes):
    """A forum in which every meeting is barred from half of the slots: breaks cannot be avoided."""
    data = forum(requests=requests, **changes)
    dice = random.Random(2)
    slots = [slot["id"] for slot in data["slots"]]
    for request in data["requests"]:
        request["forbidden_slots"] = dice.sample(slots, 5)
    return data


def test_nothing_to_hold_is_an_optimal_answer():
    solution = solved(instance([], objective=goals(("max", "held"), ("min", "breaks"))))
    assert (solution.status, solution.assignments) == ("optimal", ())


def test_no_slots_at_all_is_infeasible_when_fixed():
    solution = solved(instance([meet("r1", "ab")], slots=[]))
    assert (solution.status, solution.conflict) == ("infeasible", ("r1",))


def test_conflict_leaves_out_what_is_not_to_blame():
    """Two tables, one slot for three meetings; the other two have nothing to do with it."""
    guilty = [meet(f"r{i}", pair, fixed_slot="d1s1") for i, pair in enumerate(("ab", "cd", "ef"))]
    others = [meet("r8", "gh"), meet("r9", "ga")]
    assert solved(instance([others[0], *guilty, others[1]])).conflict == ("r0", "r1", "r2")


def test_conflict_is_told_in_sentences():
    guilty = [meet(f"r{i}", pair, fixed_slot="d1s1") for i, pair in enumerate(("ab", "cd", "ef"))]
    assert solved(instance(guilty)).reasons == (
        "These 3 meetings cannot all be held: r0, r1, r2.",
        "Together they can use 1 slot: d1s1.",
        "3 of them need a shared table; a slot has at most 2.",
    )
    busy = [meet(f"r{i}", f"a{guest}") for i, guest in enumerate("bcde")]
    assert solved(instance(busy)).reasons == ("a has room for 3 meetings, but at least 4 to hold.",)
    assert solved(instance([meet("r1", "ab", allowed_slots=[])])).reasons == (
        "The meeting r1 of a and b has no slot in which it could be held.",
    )


def test_progress_tells_best_bound_and_gap():
    told = []
    solution = solve(
        Instance.from_dict(scattered()),
        time_limit=20,
        threads=1,
        on_progress=told.append,
        should_stop=lambda: len([p for p in told if p.best is not None]) > 2,
    )
    assert {(p.level, p.levels, p.sense) for p in told} == {(1, 1, "min")}
    best = [p.best for p in told if p.best is not None]
    assert best == sorted(best, reverse=True)
    assert best[-1] >= solution.objective["breaks"]
    assert told[-1].gap == round(abs(told[-1].best - told[-1].bound) / max(1, told[-1].best), 6)


def test_stop_ends_at_once_with_the_best_found():
    found = threading.Event()
    moments = []

    def tell(progress):
        if progress.best is not None and not found.is_set():
            moments.append(time.monotonic())
            found.set()

    solution = solve(
        Instance.from_dict(scattered()), time_limit=60, threads=2, on_progress=tell, should_stop=found.is_set
    )
    assert time.monotonic() - moments[0] < 5
    assert (solution.status, len(solution.assignments)) == ("feasible", 60)


def test_a_stop_before_the_start_still_gives_the_first_plan():
    data = forum(problem="select", objective=goals(("max", "held"), ("min", "breaks")))
    solution = solve(Instance.from_dict(data), should_stop=lambda: True)
    assert solution.status == "feasible"
    assert solution.assignments


def test_one_thread_and_the_same_seed_give_the_same_answer(monkeypatch):
    """Ended by the solver's own count of its work, not by the clock."""
    monkeypatch.setattr(Budget, "DETERMINISTIC_PER_SECOND", 0.01)
    data = scattered()
    first, again = (solved(data, time_limit=50, seed=7) for _ in range(2))
    assert first.status == "feasible"
    assert first.assignments == again.assignments
    assert first.bound == again.bound


def test_too_large_a_model_still_gives_a_valid_answer_and_a_trivial_bound(monkeypatch):
    monkeypatch.setattr("bridgehead.engines.scheduling.solver.FEW_PAIRS", 0)
    monkeypatch.setattr("bridgehead.engines.scheduling.solver.MOST_PAIRS", 10)
    data = scattered(problem="select", objective=goals(("max", "held"), ("min", "breaks")))
    solution = solved(data, time_limit=2)
    assert solution.status == "feasible"
    assert solution.bound == {"held": 60, "breaks": 0}
    assert solution.objective["held"] == 60


def test_too_large_a_model_of_a_fixed_problem_is_unknown_rather_than_wrong(monkeypatch):
    monkeypatch.setattr("bridgehead.engines.scheduling.solver.MOST_PAIRS", 0)
    requests = [meet("r1", "ab", after=["r2"]), meet("r2", "cd", after=["r3"]), meet("r3", "ef")]
    solution = solved(instance(requests, slots=shape(2)))
    assert (solution.status, solution.assignments, solution.conflict) == ("unknown", (), ())
