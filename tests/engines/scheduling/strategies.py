"""Random small instances that use every part of the format."""

from typing import Any

from hypothesis import strategies as st

from bridgehead.engines.scheduling import Grid, Instance, Plan
from bridgehead.engines.scheduling.instance import CHANGE_METRICS, METRICS
from tests.engines.scheduling.build import instance, shape

PARTIES = "abcd"
COORDINATES = st.sampled_from([0, 1, 2.5, 7])


@st.composite
def instances(draw: st.DrawFn, most_requests: int = 3) -> dict[str, Any]:
    slots = shape(*draw(st.sampled_from([(3,), (4,), (2, 1), (2, 2)])))
    ids = [slot["id"] for slot in slots]
    count = draw(st.integers(1, most_requests))
    requests = [draw(_request(i, ids)) for i in range(count)]
    data = instance(
        requests,
        slots=slots,
        problem=draw(st.sampled_from(["fixed", "select"])),
        tables=[draw(_table(k, ids)) for k in range(draw(st.integers(0, 2)))],
        interpreters=draw(st.lists(_interpreter(ids), max_size=1)),
        parties={name: draw(_party(ids)) for name in PARTIES},
        constraints=draw(st.sampled_from([{}, {}, {"max_break_spread": 0}, {"max_break_spread": 1}])),
        idle_counts_unavailable=draw(st.booleans()),
        guarantee_bonus=draw(st.sampled_from([0, 1.5, 4])),
    )
    if draw(st.booleans()):
        data["previous"] = draw(_previous(count, ids))
    return data | {"objective": draw(objectives("previous" in data))}


def objectives(changes: bool) -> st.SearchStrategy[list[dict[str, Any]]]:
    known = METRICS + (CHANGE_METRICS if changes else ())
    single = st.sampled_from([m for m in known if m != "walking"])
    either = st.tuples(st.sampled_from(["max", "min"]), single).map(
        lambda g: {"sense": g[0], "terms": {g[1]: 1}}
    )
    walking = st.just({"sense": "min", "terms": {"walking": 1}})
    mixed = st.tuples(single, single, st.sampled_from([1, 2.5, -1])).map(
        lambda g: {"sense": "max", "terms": {g[0]: 2, g[1]: g[2]}}
    )
    return st.lists(st.one_of(either, walking, mixed), min_size=1, max_size=3)


def plans(data: dict[str, Any]) -> st.SearchStrategy[Plan]:
    """Any assignment at all, mostly breaking rules."""
    grid = Grid(Instance.from_dict(data))
    tables, people = len(data["tables"]), len(data["interpreters"])

    @st.composite
    def build(draw: st.DrawFn) -> Plan:
        plan = Plan()
        for r, request in enumerate(data["requests"]):
            if draw(st.integers(0, 3)):
                plan.at[r] = draw(st.integers(0, len(data["slots"]) - 1))
                if grid.kind[r] == "table" and tables:
                    plan.table[r] = draw(st.integers(0, tables - 1))
                if "interpreter" in request and people:
                    plan.interpreter[r] = draw(st.integers(0, people - 1))
        return plan

    return build()


@st.composite
def _request(draw: st.DrawFn, i: int, slots: list[str]) -> dict[str, Any]:
    a, b = draw(st.permutations(PARTIES))[:2]
    optional = {
        "weight": st.sampled_from([0, 1, 2.5, 7, -2]),
        "mode": st.sampled_from(["onsite", "online"]),
        "session": st.sampled_from(["am", "pm"]),
        "allowed_slots": st.lists(st.sampled_from(slots), max_size=3),
        "forbidden_slots": st.lists(st.sampled_from(slots), max_size=2),
        "fixed_slot": st.sampled_from(slots),
        "interpreter": st.sampled_from(["ja", "zh"]),
        "host": st.sampled_from([a, b]),
    }
    if i:
        optional["after"] = st.just([f"r{i - 1}"])
    return {"id": f"r{i}", "a": a, "b": b} | draw(_few(optional))


@st.composite
def _party(draw: st.DrawFn, slots: list[str]) -> dict[str, Any]:
    booth = st.fixed_dictionaries({"id": st.just("B"), "x": COORDINATES, "y": COORDINATES})
    optional = {
        "unavailable": st.lists(st.sampled_from(slots), max_size=1),
        "capacity": st.integers(1, 2),
        "max_meetings": st.integers(1, 2),
        "max_per_day": st.integers(1, 2),
        "min_meetings": st.integers(0, 2),
        "booth": booth,
    }
    return draw(_few(optional))


def _few(optional: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """At most two of the optional keys, so that most instances remain possible."""
    keys = st.lists(st.sampled_from(sorted(optional)), max_size=2, unique=True)
    return keys.flatmap(lambda chosen: st.fixed_dictionaries({key: optional[key] for key in chosen}))


@st.composite
def _table(draw: st.DrawFn, k: int, slots: list[str]) -> dict[str, Any]:
    gone = draw(st.lists(st.sampled_from(slots), max_size=1))
    return {"id": f"T{k}", "x": draw(COORDINATES), "y": draw(COORDINATES), "unavailable": gone}


@st.composite
def _interpreter(draw: st.DrawFn, slots: list[str]) -> dict[str, Any]:
    languages = draw(st.sampled_from([["ja"], ["ja", "zh"]]))
    gone = draw(st.lists(st.sampled_from(slots), max_size=1))
    return {
        "id": "i1",
        "languages": languages,
        "unavailable": gone,
        "max_consecutive": draw(st.integers(1, 3)),
    }


@st.composite
def _previous(draw: st.DrawFn, count: int, slots: list[str]) -> dict[str, Any]:
    held = draw(st.lists(st.integers(0, count), unique=True, max_size=count))  # `r{count}` was cancelled
    rows = [{"request": f"r{i}", "slot": draw(st.sampled_from([*slots, "gone"]))} for i in held]
    frozen = draw(st.lists(st.sampled_from(slots), max_size=1))
    return {"assignments": rows, "frozen_slots": frozen, "infeasible_ok": draw(st.booleans())}
