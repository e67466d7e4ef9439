"""What a running solve tells about itself."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from bridgehead.engines.scheduling.instance import Goal, Number, Sense
from bridgehead.engines.scheduling.measures import Aim, units_of
from bridgehead.engines.scheduling.search import Budget


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of one level (`level` of `levels`, from 1) after `seconds`. `best` None: no plan yet.

    `gap` is |best - bound| / max(1, |best|).
    """

    seconds: float
    level: int
    levels: int
    sense: Sense
    terms: dict[str, Number]
    best: Number | None
    bound: Number
    gap: float | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"seconds": round(self.seconds, 3)}


OnProgress = Callable[[Progress], None]


class Reporter:
    """Turns the solver's figures for one goal into `Progress`, keeping the best of each."""

    def __init__(
        self,
        aim: Aim,
        level: tuple[int, int],
        budget: Budget,
        best: Number | None,
        bound: Number,
        tell: OnProgress,
    ) -> None:
        self._aim = aim
        self._level = level
        self._budget = budget
        self._best = best
        self._bound = bound
        self._tell = tell

    def __call__(self, best: float | None, bound: float | None) -> None:
        goal = self._aim.goal
        better, tighter = (max, min) if goal.sense == "max" else (min, max)
        if best is not None:
            value = units_of(best, self._aim.units)
            self._best = value if self._best is None else better(self._best, value)
        if bound is not None and abs(bound) < float("inf"):
            self._bound = tighter(self._bound, units_of(bound, self._aim.units))
        self._tell(progress(goal, self._level, self._budget, self._best, self._bound))


def progress(
    goal: Goal, level: tuple[int, int], budget: Budget, best: Number | None, bound: Number
) -> Progress:
    """The state of a goal right now."""
    gap = None if best is None else round(abs(best - bound) / max(1, abs(best)), 6)
    return Progress(
        seconds=budget.elapsed,
        level=level[0],
        levels=level[1],
        sense=goal.sense,
        terms=dict(goal.terms),
        best=best,
        bound=bound,
        gap=gap,
    )
