"""The parts of the decomposition, each against what it claims."""

from itertools import combinations

import numpy as np
import pytest

from bridgehead.engines.scheduling import Grid, Instance, figures, solve
from bridgehead.engines.scheduling.bounds import Trivial
from bridgehead.engines.scheduling.first import Starter, prices
from bridgehead.engines.scheduling.flow import choose
from bridgehead.engines.scheduling.local.anneal import total_cost
from bridgehead.engines.scheduling.local.board import build
from bridgehead.engines.scheduling.local.moves import chain_cost, idle_slots, kempe, runs_less_one, undo
from bridgehead.engines.scheduling.local.search import LocalSearch
from bridgehead.engines.scheduling.prover import Prover, provable
from bridgehead.engines.scheduling.search import Budget
from bridgehead.engines.scheduling.tables import name_tables
from bridgehead.engines.scheduling.validate import breaches
from tests.engines.scheduling.build import goals, instance, meet, shape, solved
from tests.engines.scheduling.test_solve import scattered

VALUE = goals(("max", "value"))


def grid_of(data):
    return Grid(Instance.from_dict(data))


def flow_of(data):
    grid = grid_of(data)
    priced, trivial = prices(grid), Trivial(grid)
    most = [trivial.most_of(p) for p in range(len(grid.requests_of))]
    return choose(grid, priced.worth, priced.bonus, most)


def test_flow_between_two_sides_takes_the_worthiest_whole_meetings():
    requests = [meet("r1", "ax", weight=5), meet("r2", "ay", weight=4), meet("r3", "bx", weight=3)]
    data = instance(requests, problem="select", objective=VALUE, slots=shape(1))
    choice = flow_of(data)
    assert (choice.bound, choice.chosen) == (7, [1, 2])
    assert solved(data).objective["value"] == 7


def test_flow_counts_guarantees():
    requests = [meet("r1", "ax", weight=5), meet("r2", "bx", weight=1)]
    parties = {"x": {"max_meetings": 1}, "b": {"min_meetings": 1}}
    data = instance(requests, problem="select", objective=VALUE, parties=parties, guarantee_bonus=9)
    assert (flow_of(data).bound, flow_of(data).chosen) == (10, [1])


def test_flow_among_peers_is_the_half_whole_relaxation():
    """Of three meetings in a triangle with one slot, one can be held; the relaxation holds three halves."""
    requests = [meet(f"r{i}", pair, weight=4) for i, pair in enumerate(combinations("abc", 2))]
    choice = flow_of(instance(requests, problem="select", objective=VALUE, slots=shape(1)))
    assert (choice.bound, choice.chosen) == (6, [])


def test_flow_holds_what_is_pinned():
    requests = [meet("r1", "ax", weight=5), meet("r2", "bx", weight=1)]
    previous = {"assignments": [{"request": "r2", "slot": "d1s1"}], "frozen_slots": ["d1s1"]}
    data = instance(requests, problem="select", objective=VALUE, slots=shape(1), previous=previous)
    assert (flow_of(data).bound, flow_of(data).chosen) == (1, [1])


@pytest.mark.parametrize(
    ("busy", "breaks", "idle"),
    [(0b0, 0, 0), (0b1000, 0, 0), (0b111, 0, 0), (0b101, 1, 1), (0b1001011, 2, 3), (1 << 62 | 1, 1, 61)],
)
def test_breaks_and_idle_slots_of_a_day_as_bits(busy, breaks, idle):
    assert (runs_less_one(busy), idle_slots(busy)) == (breaks, idle)


def test_chain_moves_keep_the_rules_and_the_cost_and_can_be_undone():
    data = scattered(tables={"count": 8})
    grid = grid_of(data)
    local = LocalSearch(grid, grid.instance.objective, worth=([1.0] * 60, 0.0), seed=3, stop=lambda: False)
    local.fill(list(range(60)))
    board, held = local.board, np.flatnonzero(local.board.at >= 0).astype(np.int32)
    cost = int(total_cost(board))
    for k in range(400):
        r, t = int(held[k % len(held)]), k % 10
        before, u = board.at.copy(), int(board.at[r])
        if u == t or not kempe(board, held, r, t):
            assert board.at.tolist() == before.tolist()
            continue
        change = int(chain_cost(board, u, t))
        if k % 2:
            undo(board)
            chain_cost(board, u, t)
            assert board.at.tolist() == before.tolist()
        else:
            cost += change
    assert int(total_cost(board)) == cost
    plan = local.plan()
    name_tables(grid, plan, near=False)
    assert [b for b in breaches(grid, plan) if "is not assigned" not in b] == []
    assert cost == figures(grid, plan)["breaks"] * board.taste[0]


def test_the_board_holds_a_party_of_two_lanes_to_two_meetings_at_once():
    requests = [meet(f"r{i}", f"x{guest}") for i, guest in enumerate("abc")]
    data = instance(requests, slots=shape(1), parties={"x": {"capacity": 2}}, tables={"count": 3})
    local = LocalSearch(grid_of(data), (), worth=([1.0] * 3, 0.0), seed=1, stop=lambda: False)
    local.fill([0, 1, 2])
    assert sorted(local.plan().at) == [0, 1]


def test_build_gives_every_party_its_own_positions():
    data = instance(
        [meet("r1", "ab")], parties={"a": {"unavailable": ["d1s2"]}}, idle_counts_unavailable=False
    )
    board = build(grid_of(data), seed=1)
    assert [board.bit[0, 2], board.bit[1, 2]] == [1, 2]


def test_maxsat_proves_the_breaks_that_cannot_be_avoided():
    """a meets in the first and last of four slots, since b and c are there at no other time."""
    requests = [meet("r1", "ab", fixed_slot="d1s1"), meet("r2", "ac", fixed_slot="d1s4")]
    grid = grid_of(instance(requests, slots=shape(4), objective=goals(("min", "breaks"))))
    prover = Prover(grid)
    prover._thread.join()
    assert (prover.bound, prover.plan.at, prover.infeasible) == (1, {0: 0, 1: 3}, False)
    prover.close()


def test_maxsat_proves_that_there_is_no_timetable():
    requests = [
        meet(f"r{i}", pair, allowed_slots=["d1s1", "d1s2"]) for i, pair in enumerate(("ab", "bc", "ca"))
    ]
    grid = grid_of(instance(requests, objective=goals(("min", "breaks"))))
    prover = Prover(grid)
    prover._thread.join()
    assert (prover.infeasible, prover.plan) == (True, None)
    prover.close()


def test_maxsat_is_for_breaks_with_all_meetings_given():
    requests = [meet("r1", "ab")]
    assert provable(grid_of(instance(requests, objective=goals(("min", "breaks")))))
    assert not provable(grid_of(instance(requests, objective=goals(("min", "walking")))))
    assert not provable(grid_of(instance(requests, problem="select", objective=goals(("min", "breaks")))))


def test_two_threads_reach_the_same_optimum_as_one():
    both = [solved(scattered(requests=16), threads=threads, time_limit=30) for threads in (1, 2)]
    assert [(solution.status, solution.objective["breaks"]) for solution in both] == [("optimal", 1)] * 2


def test_starter_stops_when_told_and_still_fills_what_fits():
    grid = grid_of(scattered(problem="select", objective=goals(("max", "held"))))
    starter = Starter(grid, Budget(60, 1, 1, lambda: True), Trivial(grid), lambda: True)
    assert len(starter.first().at) > 50


def test_cp_sat_alone_agrees():
    data = Instance.from_dict(scattered(requests=20))
    both = [solve(data, time_limit=30, threads=1, decompose=way).objective["breaks"] for way in (True, False)]
    assert both[0] == both[1]
