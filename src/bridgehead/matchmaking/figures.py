"""What a timetable comes to as it stands, also after changes by hand: the figures by which runs are compared."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bridgehead.engines import scheduling
from bridgehead.engines.scheduling import Grid, Instance, Plan, Request
from bridgehead.matchmaking.instances import Pair, frame_of, live_wishes, request_id
from bridgehead.matchmaking.models import Forum, Meeting, Wish
from bridgehead.matchmaking.rules import worth

MUST, LIKE = Wish.Strength.MUST, Wish.Strength.WOULD_LIKE


def figures_of(forum: Forum, meetings: Iterable[Meeting]) -> dict[str, Any]:
    """`meetings` that are planned, with `table`. Recomputed from them alone, never taken over from the solver.

    `held` and `wished` count pairs, `musts` and `likes` the single wishes of one side that are met (of `musts_all`
    and `likes_all`), `missed` the promised meetings that are missing, `walking` metres of all people together.
    """
    planned = [meeting for meeting in meetings if meeting.is_planned]
    wishes = live_wishes(forum)
    held = {(meeting.firm_id, meeting.buyer_id) for meeting in planned}
    met = [wish for wish in wishes if _pair(wish) in held]
    frame = frame_of(forum)
    found = _measured(frame, planned)
    return {
        "held": len(planned),
        "wished": len({_pair(wish) for wish in wishes}),
        "value": _value(met),
        **_counted("musts", MUST, met, wishes),
        **_counted("likes", LIKE, met, wishes),
        "missed": found["shortfall"],
        "promised": sum(party.min_meetings for party in frame.participants),
        "breaks": found["breaks"],
        "walking": round(found["walking"]),
        "hours": round(len(planned) * forum.minutes / 60, 1),
    }


def _counted(name: str, strength: int, met: list[Wish], wishes: list[Wish]) -> dict[str, int]:
    return {
        name: sum(wish.strength == strength for wish in met),
        f"{name}_all": sum(wish.strength == strength for wish in wishes),
    }


def _pair(wish: Wish) -> Pair:
    pair = (wish.wisher_id, wish.wished_id)
    return pair if wish.wisher.is_firm else pair[::-1]


def _value(met: list[Wish]) -> int:
    by_pair: dict[Pair, list[int]] = {}
    for wish in met:
        by_pair.setdefault(_pair(wish), []).append(wish.strength)
    return sum(worth(*strengths, *[0] * (2 - len(strengths))) for strengths in by_pair.values())


def _measured(frame: Instance, planned: list[Meeting]) -> dict[str, int | float]:
    """The engine's own measures, of a question that asks for just these meetings. Whoever has left is left out."""
    there = {party.id for party in frame.participants}
    rows = [m for m in planned if {f"p{m.firm_id}", f"p{m.buyer_id}"} <= there]
    requests = tuple(
        Request(id=request_id((m.firm_id, m.buyer_id)), a=f"p{m.firm_id}", b=f"p{m.buyer_id}") for m in rows
    )
    grid = Grid(replace(frame, requests=requests))
    tables = {table.id: number for number, table in enumerate(frame.tables)}
    plan = Plan(
        at={number: grid.slot_index[str(m.slot_id)] for number, m in enumerate(rows)},
        table={number: tables[m.table.code] for number, m in enumerate(rows) if m.table},
    )
    _settle(grid, plan)
    return scheduling.figures(grid, plan)


def _settle(grid: Grid, plan: Plan) -> None:
    """A firm that got or lost its stand since the timetable was made: what has no place now is measured at none."""
    for number in plan.at:
        if grid.kind[number] == "table" and number not in plan.table:
            grid.kind[number] = "online"
