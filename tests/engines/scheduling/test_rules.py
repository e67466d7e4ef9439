"""Each hard rule of the format, on the smallest instance in which it decides."""

import pytest

from tests.engines.scheduling.build import goals, instance, meet, shape, slots_of, solved

TWO = [meet("r1", "ab"), meet("r2", "ac")]


def test_fixed_holds_every_request():
    solution = solved(instance(TWO))
    assert solution.status == "optimal"
    assert sorted(slots_of(solution)) == ["r1", "r2"]


def test_unavailable_slots_are_left_free():
    data = instance(TWO, parties={"a": {"unavailable": ["d1s2"]}, "b": {"unavailable": ["d1s1"]}})
    assert slots_of(solved(data)) == {"r1": "d1s3", "r2": "d1s1"}


def test_capacity_one_never_holds_two_meetings_at_once():
    assert solved(instance(TWO, slots=shape(1))).status == "infeasible"


def test_capacity_two_holds_two_meetings_at_once():
    data = instance(TWO, slots=shape(1), parties={"a": {"capacity": 2}})
    assert slots_of(solved(data)) == {"r1": "d1s1", "r2": "d1s1"}


def test_max_meetings_chooses_the_heavier():
    data = instance([meet("r1", "ab"), meet("r2", "ac", weight=5)], problem="select")
    data |= {"objective": goals(("max", "held_weight"))}
    data["participants"][0]["max_meetings"] = 1
    solution = solved(data)
    assert slots_of(solution).keys() == {"r2"}
    assert solution.bound == {"held_weight": 5}


def test_max_per_day_spreads_over_days():
    data = instance(TWO, slots=shape(2, 2), parties={"a": {"max_per_day": 1}})
    assert {slot[:2] for slot in slots_of(solved(data)).values()} == {"d1", "d2"}


def test_max_per_day_can_make_it_infeasible():
    data = instance(TWO, slots=shape(2), parties={"a": {"max_per_day": 1}})
    solution = solved(data)
    assert (solution.status, solution.conflict) == ("infeasible", ("a", "r1", "r2"))


@pytest.mark.parametrize(
    ("rule", "slot"),
    [
        ({"session": "pm"}, "d1s3"),
        ({"allowed_slots": ["d1s2"]}, "d1s2"),
        ({"forbidden_slots": ["d1s1", "d1s2"]}, "d1s3"),
        ({"fixed_slot": "d1s2"}, "d1s2"),
    ],
)
def test_slot_rules_of_a_request_are_kept(rule, slot):
    assert slots_of(solved(instance([meet("r1", "ab", **rule)]))) == {"r1": slot}


def test_empty_allowed_slots_allow_none():
    data = instance([meet("r1", "ab", allowed_slots=[])])
    assert solved(data).conflict == ("r1",)


def test_after_is_strictly_later():
    data = instance([meet("r1", "ab", after=["r2"]), meet("r2", "cd")], slots=shape(1, 1))
    assert slots_of(solved(data)) == {"r2": "d1s1", "r1": "d2s1"}


def test_after_binds_only_when_both_are_held():
    requests = [meet("r1", "ab", after=["r2"]), meet("r2", "cd", fixed_slot="d1s3")]
    data = instance(requests, problem="select", objective=goals(("max", "held")))
    assert len(solved(data).assignments) == 1


def test_shared_tables_hold_one_meeting_per_slot():
    pairs = [meet("r1", "ab"), meet("r2", "cd"), meet("r3", "ef")]
    solution = solved(instance(pairs, slots=shape(2), tables={"count": 2}))
    places = [(row.slot, row.table) for row in solution.assignments]
    assert len(set(places)) == 3
    assert {table for _, table in places} <= {"T1", "T2"}
    assert solved(instance(pairs, slots=shape(1))).status == "infeasible"


def test_unavailable_tables_are_not_named():
    tables = [{"id": "T1", "unavailable": ["d1s1"]}, {"id": "T2", "unavailable": ["d1s2"]}]
    solution = solved(instance([meet("r1", "ab"), meet("r2", "cd")], slots=shape(2), tables=tables))
    assert {(row.slot, row.table) for row in solution.assignments} == {("d1s1", "T2"), ("d1s2", "T1")}


def test_booths_and_online_meetings_need_no_table():
    requests = [meet("r1", "ab"), meet("r2", "cd", mode="online"), meet("r3", "ef", host="e")]
    parties = {"b": {"booth": {"id": "B1"}}, "e": {"booth": "E1"}}
    solution = solved(instance(requests, slots=shape(1), tables=[], parties=parties))
    assert [row.table for row in solution.assignments] == [None, None, None]


def test_interpreters_speak_the_language_and_serve_one_meeting():
    requests = [meet("r1", "ab", interpreter="ja"), meet("r2", "cd", interpreter="zh")]
    people = [{"id": "i1", "languages": ["ja", "zh"]}, {"id": "i2", "languages": ["ja"]}]
    solution = solved(instance(requests, slots=shape(1), interpreters=people))
    assert {row.request: row.interpreter for row in solution.assignments} == {"r1": "i2", "r2": "i1"}
    assert solved(instance(requests, slots=shape(1), interpreters=people[:1])).status == "infeasible"


def test_unavailable_interpreters_do_not_work():
    people = [{"id": "i1", "languages": ["ja"], "unavailable": ["d1s1", "d1s3"]}]
    assert slots_of(solved(instance([meet("r1", "ab", interpreter="ja")], interpreters=people))) == {
        "r1": "d1s2"
    }


def test_interpreters_rest_after_max_consecutive():
    requests = [meet(f"r{i}", pair, interpreter="ja") for i, pair in enumerate(("ab", "cd", "ef"))]
    people = [{"id": "i1", "languages": ["ja"], "max_consecutive": 2}]
    assert solved(instance(requests, interpreters=people)).status == "infeasible"
    assert sorted(slots_of(solved(instance(requests, slots=shape(4), interpreters=people))).values()) in (
        ["d1s1", "d1s2", "d1s4"],
        ["d1s1", "d1s3", "d1s4"],
    )
    assert solved(instance(requests, slots=shape(2, 1), interpreters=people)).status == "optimal"


def test_break_spread_is_kept():
    """`a` must have two breaks; every other party has none unless it waits as well."""
    requests = [meet("r1", "ab", fixed_slot="d1s1"), meet("r2", "ac", fixed_slot="d1s3")]
    requests.append(meet("r3", "ad", fixed_slot="d1s5"))
    loose = instance(requests, slots=shape(5), constraints={"max_break_spread": 2})
    assert solved(loose).objective["break_spread"] == 2
    tight = instance(requests, slots=shape(5), constraints={"max_break_spread": 1})
    solution = solved(tight)
    assert (solution.status, solution.conflict) == ("infeasible", ("r1", "r2", "r3"))


def test_break_spread_of_parties_with_more_than_one_seat_is_not_counted():
    requests = [meet("r1", "ab", fixed_slot="d1s1"), meet("r2", "ac", fixed_slot="d1s3")]
    data = instance(requests, parties={"a": {"capacity": 2}}, constraints={"max_break_spread": 0})
    assert solved(data).status == "optimal"
