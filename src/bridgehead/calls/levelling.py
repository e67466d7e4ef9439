"""Scores levelled by reviewer: a strict and a generous reviewer made comparable. Pure; offered, never silent.

With m and s the mean and the standard deviation of one reviewer's scores, and M and S those of all scores together, a
score x becomes M + S · (x − m) / s. Equal standardised scores are taken as equal: linear equating, as in Kolen and
Brennan, "Test Equating, Scaling, and Linking" (3rd ed., 2014), chapter 2. Deviations are those of the population
(divided by n), since the scores are all there are.

It supposes that every reviewer received applications of about the same quality, which the hand-out sees to by chance.
Where that cannot be judged it keeps its hands off: a reviewer with fewer than three readings is left as is, and one who
gave everybody the same score is moved to the common mean, as such scores say nothing about differences. Levelled scores
may pass 0 or 100; cutting them off would favour whoever was cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import fmean, pstdev

FEWEST = 3
LEVELLED, TOO_FEW, NO_SPREAD = "levelled", "too_few", "no_spread"


@dataclass(frozen=True)
class Habit:
    """How one reviewer scores. `rule` says what was done: levelled, too_few or no_spread."""

    readings: int
    mean: float
    deviation: float
    rule: str


@dataclass(frozen=True)
class Levelled:
    """`scores` in the shape they came in; `mean` and `deviation` are those of all scores together."""

    scores: dict[int, dict[int, float]]
    habits: dict[int, Habit]
    mean: float
    deviation: float


def levelled(scores: Mapping[int, Mapping[int, float | Fraction]]) -> Levelled:
    """`scores`: reviewer → {application: points of 100}. Nobody may be without a score."""
    own = {reviewer: {key: float(x) for key, x in given.items()} for reviewer, given in scores.items()}
    pooled = [x for given in own.values() for x in given.values()]
    if not pooled:
        return Levelled({}, {}, 0.0, 0.0)
    mean, deviation = fmean(pooled), pstdev(pooled)
    habits = {reviewer: _habit(list(given.values())) for reviewer, given in own.items()}
    moved = {
        reviewer: {key: _moved(x, habits[reviewer], mean, deviation) for key, x in given.items()}
        for reviewer, given in own.items()
    }
    return Levelled(moved, habits, mean, deviation)


def _habit(given: list[float]) -> Habit:
    deviation = pstdev(given)
    rule = TOO_FEW if len(given) < FEWEST else NO_SPREAD if _is_zero(deviation) else LEVELLED
    return Habit(len(given), fmean(given), deviation, rule)


def _is_zero(deviation: float) -> bool:
    return deviation < sqrt(2.0**-52)


def _moved(x: float, habit: Habit, mean: float, deviation: float) -> float:
    if habit.rule == TOO_FEW:
        return x
    if habit.rule == NO_SPREAD:
        return mean
    return mean + deviation * (x - habit.mean) / habit.deviation
