"""The rows of a ranking with each stage's scores levelled by reviewer. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from bridgehead.calls.levelling import levelled
from bridgehead.calls.ranking import Row

#: Levelled scores are no longer shares of small numbers; a millionth of a point is fine enough to order by.
FINENESS = 10**6


def level(rows: Iterable[Row]) -> list[Row]:
    """Within a stage, because only there reviewers read the same thing. Ties are still broken by the raw values."""
    rows = list(rows)
    given: dict[int, dict[int, dict[int, Fraction]]] = {}
    for row in rows:
        for one in row.readings:
            given.setdefault(one.stage, {}).setdefault(one.reviewer, {})[row.key] = one.points
    moved = {stage: levelled(scores).scores for stage, scores in given.items()}
    return [
        replace(
            row,
            readings=[
                replace(one, points=_fraction(moved[one.stage][one.reviewer][row.key]))
                for one in row.readings
            ],
        )
        for row in rows
    ]


def _fraction(points: float) -> Fraction:
    return Fraction(round(points * FINENESS), FINENESS)
