"""Who reads what: as even as conflicts of interest allow. Pure and deterministic.

A first hand-out gives every application to the reviewers with the least to do; then a reading is passed on along a
chain of reviewers for as long as that makes the loads more even. Passing along shortest chains until none helps is
known to give the most even loads there are (Harvey, Ladner, Lovász, Tamir, "Semi-matchings for bipartite graphs and
load balancing", J. Algorithms 59, 2006).
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Pair = tuple[int, int]


@dataclass(frozen=True)
class Assignment:
    """`pairs` are new (application, reviewer) readings; `short` says how many an application still lacks."""

    pairs: list[Pair]
    loads: dict[int, int]
    short: dict[int, int] = field(default_factory=dict)


def assign(
    applications: Sequence[int],
    reviewers: Sequence[int],
    wanted: int,
    *,
    blocked: Iterable[Pair] = (),
    given: Iterable[Pair] = (),
) -> Assignment:
    """Give each application `wanted` different reviewers. `given` readings count and stay; `blocked` never happen."""
    deal = _Deal(reviewers, set(blocked), set(given))
    short = {}
    for position, application in enumerate(applications):
        missing = deal.hand_out(application, wanted, position)
        if missing:
            short[application] = missing
    while deal.pass_on():
        pass
    pairs = sorted(deal.new, key=lambda pair: (applications.index(pair[0]), reviewers.index(pair[1])))
    return Assignment(pairs, deal.loads(), short)


class _Deal:
    def __init__(self, reviewers: Sequence[int], blocked: set[Pair], given: set[Pair]) -> None:
        self.reviewers, self.blocked, self.given = reviewers, blocked, given
        self.new: set[Pair] = set()

    def loads(self) -> dict[int, int]:
        loads = dict.fromkeys(self.reviewers, 0)
        for _application, reviewer in self.given | self.new:
            if reviewer in loads:
                loads[reviewer] += 1
        return loads

    def free(self, application: int, reviewer: int) -> bool:
        pair = (application, reviewer)
        return pair not in self.blocked and pair not in self.given and pair not in self.new

    def hand_out(self, application: int, wanted: int, position: int) -> int:
        """Returns how many readings could not be given. The start turns, so that the same people are not always paired."""
        missing = wanted - sum(1 for reading in self.given if reading[0] == application)
        count = len(self.reviewers)
        while missing > 0:
            loads = self.loads()
            able = [index for index in range(count) if self.free(application, self.reviewers[index])]
            if not able:
                return missing
            best = min(able, key=lambda index: (loads[self.reviewers[index]], (index - position) % count))
            self.new.add((application, self.reviewers[best]))
            missing -= 1
        return 0

    def pass_on(self) -> bool:
        """One chain from the busiest reviewer possible to one with at least two readings less; False when none is left."""
        loads = self.loads()
        for start in sorted(self.reviewers, key=lambda reviewer: (-loads[reviewer], reviewer)):
            chain = self._chain(start, loads)
            for application, old, new in chain:
                self.new.discard((application, old))
                self.new.add((application, new))
            if chain:
                return True
        return False

    def _chain(self, start: int, loads: dict[int, int]) -> list[tuple[int, int, int]]:
        came: dict[int, tuple[int, int]] = {}
        queue = deque([start])
        while queue:
            reviewer = queue.popleft()
            if loads[reviewer] <= loads[start] - 2:
                return self._back(reviewer, start, came)
            for application in sorted(pair[0] for pair in self.new if pair[1] == reviewer):
                for other in self.reviewers:
                    if other != start and other not in came and self.free(application, other):
                        came[other] = (application, reviewer)
                        queue.append(other)
        return []

    def _back(self, end: int, start: int, came: dict[int, tuple[int, int]]) -> list[tuple[int, int, int]]:
        chain = []
        while end != start:
            application, before = came[end]
            chain.append((application, before, end))
            end = before
        return chain
