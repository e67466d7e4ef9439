"""Compile, or load what was compiled before, so that the first timetable does not pay for it."""

from functools import cache

from bridgehead.engines.scheduling.grid import Grid
from bridgehead.engines.scheduling.instance import Goal, Instance, Participant, Request, Slot
from bridgehead.engines.scheduling.local.search import LocalSearch


@cache
def warm_up() -> None:
    """Run every compiled loop once, on two meetings and two slots of which one is taken."""
    parties = tuple(Participant(key) for key in "abc")
    requests = (Request("r1", "a", "b", mode="online"), Request("r2", "a", "c", mode="online"))
    slots = (Slot("s1"),)
    instance = Instance(slots=slots, participants=parties, requests=requests, problem="select")
    goals = (Goal("min", {"breaks": 1}),)
    local = LocalSearch(Grid(instance), goals, worth=([1.0, 1.0], 0.0), seed=1, stop=lambda: False)
    local.fill([0, 1])
    local.exchange(0.01)
    local.start_from(local.plan())
    local.polish(0.01, goal=-1)


if __name__ == "__main__":  # setting up an installation: then nobody waits for it in front of a page
    warm_up()
