"""Exact figures on instances small enough to be done by hand."""

import pytest

from bridgehead.engines.scheduling import Instance, Unsupported, solve
from tests.engines.scheduling.build import goals, instance, meet, shape, slots_of, solved

LINE = [meet("r1", "ab", fixed_slot="d1s1"), meet("r2", "ac", fixed_slot="d1s4")]


def test_breaks_and_idle_slots_count_runs_and_their_slots():
    found = solved(instance(LINE, slots=shape(4))).objective
    assert (found["breaks"], found["idle_slots"]) == (1, 2)
    assert (found["break_max"], found["break_min"], found["break_spread"]) == (1, 0, 1)


def test_idle_counts_unavailable_false_forgives_absence():
    data = instance(LINE, slots=shape(4), parties={"a": {"unavailable": ["d1s2", "d1s3"]}})
    assert solved(data).objective["breaks"] == 1
    assert solved(data | {"idle_counts_unavailable": False}).objective["breaks"] == 0


def test_nights_are_no_breaks():
    requests = [meet("r1", "ab", fixed_slot="d1s1"), meet("r2", "ac", fixed_slot="d2s2")]
    assert solved(instance(requests, slots=shape(2, 2))).objective["breaks"] == 0


def test_breaks_are_minimised_and_proven():
    requests = [meet("r1", "ab"), meet("r2", "ac"), meet("r3", "bc")]
    solution = solved(instance(requests, slots=shape(6), objective=goals(("min", "breaks"))))
    assert solution.status == "optimal"
    assert (solution.objective["breaks"], solution.bound) == (1, {"breaks": 1})


def test_idle_slots_are_minimised_and_proven():
    requests = [meet("r1", "ab", fixed_slot="d1s1"), meet("r2", "ac", allowed_slots=["d1s3", "d1s5"])]
    solution = solved(instance(requests, slots=shape(5), objective=goals(("min", "idle_slots"))))
    assert (solution.objective["idle_slots"], solution.bound) == (1, {"idle_slots": 1})


def test_break_max_shares_the_waiting():
    solution = solved(instance(LINE, slots=shape(4), objective=goals(("min", "break_max"))))
    assert solution.bound == {"break_max": 1}


@pytest.mark.parametrize(("sense", "breaks"), [("max", 1), ("min", 0)])
def test_breaks_can_be_pushed_either_way(sense, breaks):
    solution = solved(instance([meet("r1", "ab"), meet("r2", "ac")], objective=goals((sense, "breaks"))))
    assert solution.objective["breaks"] == breaks


def test_shortfall_counts_missing_meetings():
    parties = {"a": {"min_meetings": 3}, "b": {"min_meetings": 1}}
    data = instance([meet("r1", "ab")], problem="select", parties=parties)
    solution = solved(data | {"objective": goals(("min", "shortfall"))})
    assert (solution.objective["shortfall"], solution.bound) == (2, {"shortfall": 2})


def test_value_adds_the_bonus_of_guaranteed_meetings():
    """One slot: the light meeting of `c`, who is guaranteed one, beats the heavy one."""
    requests = [meet("r1", "ab", weight=9), meet("r2", "ac", weight=1)]
    data = instance(requests, problem="select", slots=shape(1), parties={"c": {"min_meetings": 1}})
    solution = solved(data | {"guarantee_bonus": 10, "objective": goals(("max", "value"))})
    assert slots_of(solution).keys() == {"r2"}
    assert (solution.objective["value"], solution.bound) == (11, {"value": 11})


def test_weights_may_have_decimals():
    requests = [meet("r1", "ab", weight=0.1), meet("r2", "ac", weight=0.25)]
    data = instance(requests, problem="select", objective=goals(("max", "held_weight")))
    solution = solved(data)
    assert (solution.objective["held_weight"], solution.status) == (0.35, "optimal")


def test_walking_prefers_the_near_booth_next():
    """From x=0 to 1 to 5 is 5; any other order of the three is longer."""
    requests = [meet("r1", "ab"), meet("r2", "ac"), meet("r3", "ad")]
    parties = {name: {"booth": {"x": x, "y": 0}} for name, x in (("b", 5), ("c", 0), ("d", 1))}
    data = instance(requests, tables=[], parties=parties, objective=goals(("min", "walking")))
    solution = solved(data)
    assert (solution.objective["walking"], solution.bound) == (5, {"walking": 5})


def test_walking_skips_online_meetings_and_nights():
    requests = [meet("r1", "ab", fixed_slot="d1s1"), meet("r2", "ac", fixed_slot="d1s2", mode="online")]
    requests += [meet("r3", "ad", fixed_slot="d1s3"), meet("r4", "ae", fixed_slot="d2s1")]
    parties = {name: {"booth": {"x": x, "y": x}} for name, x in (("b", 0), ("c", 9), ("d", 2.5), ("e", 50))}
    assert solved(instance(requests, slots=shape(3, 1), parties=parties)).objective["walking"] == 5


def test_walking_between_shared_tables_chooses_the_same_table():
    tables = [{"id": "T1", "x": 0, "y": 0}, {"id": "T2", "x": 9, "y": 9}]
    requests = [meet("r1", "ab"), meet("r2", "ac"), meet("r3", "de"), meet("r4", "df")]
    data = instance(requests, slots=shape(2), tables=tables, objective=goals(("min", "walking")))
    solution = solved(data)
    assert (solution.objective["walking"], solution.status) == (0, "optimal")


def test_walking_cannot_be_made_long():
    data = instance([meet("r1", "ab")], objective=goals(("max", "walking")))
    with pytest.raises(Unsupported, match="walking can only be minimised"):
        solve(Instance.from_dict(data))


def test_tables_used_max_is_levelled():
    pairs = [meet("r1", "ab"), meet("r2", "cd")]
    solution = solved(instance(pairs, objective=goals(("min", "tables_used_max"))))
    assert (solution.objective["tables_used_max"], solution.bound) == (1, {"tables_used_max": 1})


def test_later_goals_never_cost_an_earlier_one():
    """Holding both meetings makes `a` wait; holding one would not."""
    data = instance(LINE, slots=shape(4), problem="select")
    more = solved(data | {"objective": goals(("max", "held"), ("min", "breaks"))})
    calm = solved(data | {"objective": goals(("min", "breaks"), ("max", "held"))})
    assert (more.objective["held"], more.objective["breaks"]) == (2, 1)
    assert (calm.objective["held"], calm.objective["breaks"]) == (1, 0)


def test_goals_with_several_terms_are_weighed_together():
    """Two meetings with a break (2 - 3) are worth less than one without (1)."""
    mixed = [{"sense": "max", "terms": {"held": 1, "breaks": -3}}]
    solution = solved(instance(LINE, slots=shape(4), problem="select", objective=mixed))
    assert solution.levels[0].value == 1
    assert solution.levels[0].proven
    assert solution.bound == {"held": 2}  # what the goal's bound of 1 implies when breaks were at their most
