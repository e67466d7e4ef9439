"""Who reads what: as even as conflicts of interest allow, then by expertise. Pure and deterministic.

One flow of least cost: every application sends as many readings as it lacks to different reviewers, and the k-th reading
of a reviewer costs k. Rising costs of this kind make the loads the most even there are: the most burdened reviewer has
as little as possible, then the next, and so on (Frank and Murota, "Decreasing minimization on M-convex sets", Math.
Programming 195, 2022). Expertise is worth less than any unevenness, and a fixed spread by chance, worth less than any
expertise, keeps the same people from always reading together, which levelling of their scores relies on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

Pair = tuple[int, int]
#: Chance is one of so many steps: enough to mix people, few enough to keep the sums small.
CHANCES = 16


@dataclass(frozen=True)
class Assignment:
    """`pairs` are new (application, reviewer) readings; `short` says how many an application still lacks."""

    pairs: list[Pair]
    loads: dict[int, int]
    short: dict[int, int] = field(default_factory=dict)
    matched: int = 0

    @property
    def gap(self) -> int:
        """Readings of the busiest reviewer above the least busy one; no hand-out has a smaller busiest one."""
        return max(self.loads.values()) - min(self.loads.values()) if self.loads else 0


class NotSolved(Exception):
    """The flow could not be computed: only with numbers far beyond any call."""


def assign(
    applications: Sequence[int],
    reviewers: Sequence[int],
    wanted: int,
    *,
    blocked: Iterable[Pair] = (),
    given: Iterable[Pair] = (),
    expertise: Mapping[Pair, int] | None = None,
) -> Assignment:
    """Give each application `wanted` different reviewers. `given` readings count and stay; `blocked` never happen.

    `expertise` says how well a reviewer knows an application's field: 0 (not named) or a small whole number.
    """
    known, earlier = expertise or {}, set(given)
    loads = Counter(dict.fromkeys(reviewers, 0))
    loads.update(reviewer for _application, reviewer in earlier if reviewer in loads)
    had = Counter(application for application, _reviewer in earlier)
    barred = earlier | set(blocked)
    able = [(a, r) for a in applications for r in reviewers if (a, r) not in barred]
    open_to = Counter(application for application, _reviewer in able)
    lacking = {a: max(wanted - had[a], 0) for a in applications}
    supply = {a: min(lacking[a], open_to[a]) for a in applications}
    pairs = _flow([pair for pair in able if supply[pair[0]]], supply, loads, known)
    loads.update(reviewer for _application, reviewer in pairs)
    short = {a: lacking[a] - supply[a] for a in applications if lacking[a] > supply[a]}
    return Assignment(pairs, dict(loads), short, sum(known.get(pair, 0) for pair in pairs))


def _flow(
    able: Sequence[Pair], supply: Mapping[int, int], loads: Mapping[int, int], known: Mapping[Pair, int]
) -> list[Pair]:
    """Arcs application → reviewer of capacity 1, and reviewer → sink once for every load it may reach."""
    total = sum(supply.values())
    if not total:
        return []
    node = {("application", a): n for n, a in enumerate(a for a in supply if supply[a])}
    node |= {("reviewer", r): n for n, r in enumerate(loads, start=len(node))}
    sink, best = len(node), max((known.get(pair, 0) for pair in able), default=0)
    match = total * CHANCES + 1
    step = total * (match * best + CHANCES) + 1
    arcs = [
        (node["application", a], node["reviewer", r], match * (best - known.get((a, r), 0)) + _chance(a, r))
        for a, r in able
    ]
    reach = Counter(reviewer for _application, reviewer in able)
    steps = [
        (node["reviewer", r], sink, step * load)
        for r, most in reach.items()
        for load in range(loads[r], loads[r] + most)
    ]
    solver = SimpleMinCostFlow()
    tails, heads, costs = zip(*arcs, *steps, strict=True)
    handles = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, [1] * len(costs), costs)
    for (kind, key), number in node.items():
        solver.set_node_supply(number, supply[key] if kind == "application" else 0)
    solver.set_node_supply(sink, -total)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise NotSolved(str(status))
    taken = solver.flows(handles[: len(able)])
    return [pair for pair, flow in zip(able, taken, strict=True) if flow]


def _chance(application: int, reviewer: int) -> int:
    return crc32(f"{application} {reviewer}".encode()) % CHANCES
