"""Re-planning: what is frozen stays, what must change disturbs few."""

import pytest

from bridgehead.engines.scheduling import Instance, InstanceError, replan
from tests.engines.scheduling.build import goals, instance, meet, shape, slots_of, solved

REQUESTS = [meet("r1", "ab"), meet("r2", "ac"), meet("r3", "bc")]
PUBLISHED = [
    {"request": "r1", "slot": "d1s1"},
    {"request": "r2", "slot": "d1s2"},
    {"request": "r3", "slot": "d1s3"},
]


def published(**changes):
    data = instance(REQUESTS, slots=shape(4), previous={"assignments": [*PUBLISHED]})
    data["previous"] |= changes.pop("previous", {})
    return data | changes


def test_replan_without_change_keeps_everything():
    solution = replan(Instance.from_dict(published()), time_limit=10, threads=1)
    assert slots_of(solution) == {"r1": "d1s1", "r2": "d1s2", "r3": "d1s3"}
    assert (solution.status, solution.objective["disturbed"], solution.objective["moved"]) == (
        "optimal",
        0,
        0,
    )


def test_replan_moves_only_what_was_lost():
    data = published()
    data["participants"][2]["unavailable"] = ["d1s3"]
    solution = replan(Instance.from_dict(data), time_limit=10, threads=1)
    assert slots_of(solution) == {"r1": "d1s1", "r2": "d1s2", "r3": "d1s4"}
    assert (solution.objective["moved"], solution.objective["disturbed"]) == (1, 2)


def test_replan_says_what_changed_and_for_whom():
    data = published(problem="select", objective=goals(("max", "held")))
    data["participants"][2]["unavailable"] = ["d1s3"]
    data["requests"] = [REQUESTS[0], REQUESTS[1] | {"allowed_slots": []}, REQUESTS[2], meet("r4", "ad")]
    data["participants"].append({"id": "d"})
    changes = replan(Instance.from_dict(data), time_limit=10, threads=1).changes
    assert [(c.request, c.what, c.parties, c.before) for c in changes] == [
        ("r2", "dropped", ("a", "c"), "d1s2"),
        ("r3", "moved", ("b", "c"), "d1s3"),
        ("r4", "added", ("a", "d"), None),
    ]


def test_replan_keeps_people_before_it_mends_breaks():
    data = published(objective=goals(("min", "breaks")))
    data["previous"]["assignments"][2] = {"request": "r3", "slot": "d1s4"}
    solution = replan(Instance.from_dict(data), time_limit=10, threads=1)
    assert slots_of(solution) == {"r1": "d1s1", "r2": "d1s2", "r3": "d1s4"}
    assert solution.changes == ()


def test_replan_offers_a_freed_slot_to_the_best_waiting_wish():
    data = published(problem="select", slots=shape(1), tables={"count": 1}, objective=goals(("max", "value")))
    data["participants"] += [{"id": "d"}, {"id": "e"}]
    data["requests"] = [meet("r4", "de", weight=2), meet("r5", "ad", weight=7)]
    assert slots_of(replan(Instance.from_dict(data), time_limit=10, threads=1)) == {"r5": "d1s1"}


def test_dropped_added_and_cancelled_requests_are_counted():
    data = published(problem="select", objective=goals(("max", "held"), ("min", "moved")))
    data["requests"] = [meet("r2", "ac", allowed_slots=[]), meet("r3", "bc"), meet("r4", "ab")]
    found = solved(data).objective
    assert [found[key] for key in ("held", "moved", "dropped", "added", "disturbed")] == [2, 0, 1, 1, 2]


def test_frozen_meetings_are_kept_and_frozen_slots_take_no_others():
    data = published(previous={"frozen_slots": ["d1s1", "d1s2"]}, objective=goals(("max", "moved")))
    data["requests"] = [*REQUESTS, meet("r4", "de")]
    data["participants"] += [{"id": "d"}, {"id": "e"}]
    solution = slots_of(solved(data))
    assert (solution["r1"], solution["r2"], solution["r3"]) == ("d1s1", "d1s2", "d1s4")
    assert solution["r4"] in ("d1s3", "d1s4")


def test_frozen_meetings_of_absent_parties_are_free_to_move():
    data = published(previous={"frozen_slots": ["d1s1"]})
    data["participants"][0]["unavailable"] = ["d1s1"]
    assert slots_of(solved(data))["r1"] in ("d1s3", "d1s4")


def test_frozen_conflict_is_named_unless_infeasible_is_ok():
    data = published(previous={"frozen_slots": ["d1s1", "d1s2"]}, problem="select")
    data["participants"][0]["max_meetings"] = 1
    solution = solved(data)
    assert (solution.status, solution.conflict) == ("infeasible", ("a", "r1", "r2"))
    data["previous"]["infeasible_ok"] = True
    assert solved(data | {"objective": goals(("max", "held"))}).objective["held"] == 2


def test_a_slot_that_no_longer_exists_counts_as_moved():
    data = published(slots=shape(2, 2), objective=goals(("min", "moved")))
    solution = solved(data)
    assert slots_of(solution)["r1"] == "d1s1"
    assert solution.objective["moved"] == 1


def test_replan_without_a_previous_plan_is_refused():
    with pytest.raises(InstanceError, match="previous: is missing"):
        replan(Instance.from_dict(instance(REQUESTS)))
