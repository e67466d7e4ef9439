"""What reviewers gave becomes points of 100. Pure.

A review's points are the weighted mean of its values as a share of the best value: on a scale to 5, 1 → 20 and 5 → 100.
A stage's points are the mean over its reviewers; an application's are the mean over its stages by their weights, rounded
half up to three places once, at the end: what is shown is what decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm


@dataclass(frozen=True)
class Weight:
    """A criterion: `key` is what the values name, `name` is kept in reasons as people read it."""

    key: int
    weight: int
    name: Mapping[str, str] = field(default_factory=dict)
    stage: int = 0


@dataclass(frozen=True)
class StageWeight:
    key: int
    weight: int
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """One review handed in: its points, and those on the heaviest criterion when its stage has that one."""

    reviewer: int
    stage: int
    points: Fraction
    first: Fraction | None = None


def rounded(value: Fraction) -> Decimal:
    """Half up to three places, in whole numbers: nothing is lost on the way."""
    return Decimal((value.numerator * 2000 + value.denominator) // (value.denominator * 2)).scaleb(-3)


@lru_cache(maxsize=4096)
def share(total: int, weights: int, best: int) -> Fraction:
    """`total` of weight × value as points of 100."""
    return Fraction(total * 100, weights * best)


def heaviest(criteria: Sequence[Weight], stages: Sequence[StageWeight] = ()) -> Weight:
    """The criterion that breaks ties: the greatest share of the whole, the first of several."""
    of_stage = {stage.key: stage.weight for stage in stages}
    sums: dict[int, int] = {}
    for criterion in criteria:
        sums[criterion.stage] = sums.get(criterion.stage, 0) + criterion.weight
    return max(criteria, key=lambda c: Fraction(c.weight * of_stage.get(c.stage, 1), sums[c.stage] or 1))


def reading(
    values: Mapping[int, int],
    criteria: Sequence[Weight],
    *,
    best: int = 5,
    reviewer: int = 0,
    stage: int = 0,
    stages: Sequence[StageWeight] = (),
) -> Reading:
    """The points of one review; `criteria` are those of all stages."""
    mine = [criterion for criterion in criteria if criterion.stage == stage]
    total = sum(criterion.weight * values[criterion.key] for criterion in mine)
    first = heaviest(criteria, stages).key
    return Reading(
        reviewer,
        stage,
        share(total, sum(criterion.weight for criterion in mine), best),
        share(values[first], 1, best) if first in values else None,
    )


def mean(values: Sequence[Fraction]) -> Fraction:
    """Exact. Over one common denominator, since adding fractions one by one reduces each sum on the way."""
    common = lcm(*(value.denominator for value in values))
    return Fraction(
        sum(value.numerator * (common // value.denominator) for value in values), common * len(values)
    )


def stage_points(readings: Iterable[Reading]) -> dict[int, Fraction]:
    """stage → the mean of its reviews."""
    by_stage: dict[int, list[Fraction]] = {}
    for one in readings:
        by_stage.setdefault(one.stage, []).append(one.points)
    return {stage: mean(points) for stage, points in by_stage.items()}


def combined(points: Mapping[int, Fraction], stages: Sequence[StageWeight]) -> Fraction:
    """The stages an application has been through, by their weights; one stage alone is taken as it is."""
    if len(points) == 1:
        return next(iter(points.values()))
    weights = {stage.key: stage.weight for stage in stages}
    total = sum(weights[stage] for stage in points)
    return sum((weights[stage] * value for stage, value in points.items()), Fraction(0)) / total


def spread(readings: Iterable[Reading]) -> Decimal:
    """The widest gap between two reviewers of one stage."""
    by_stage: dict[int, list[Fraction]] = {}
    for one in readings:
        by_stage.setdefault(one.stage, []).append(one.points)
    gaps = [max(points) - min(points) for points in by_stage.values()]
    return rounded(max(gaps, default=Fraction(0)))
