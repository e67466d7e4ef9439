"""Who is selected, and why. Pure: rows in, a ranked list with reason codes out; no database, no texts.

The score of one review is the weighted mean of its values, as a share of the best value, of 100: value ÷ 5 × 100, so
1 → 20 and 5 → 100. The score of an application is the mean over its reviewers, rounded half up to three places: what is
shown is what decides. Bonus points are added; their sum may pass 100. The threshold looks at the score *without*
bonus, so points on top never lift an application over it.

Order: total; then the mean on the heaviest criterion; then the earlier submission. Quotas first: going down the order, an
application takes a kept place while one of its quotas has any left. Places nobody qualified for, and all others, go by
rank. Then the reserve list, by rank.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Literal

BEST = 5
Outcome = Literal["selected", "reserved", "declined"]
Reason = dict[str, Any]
Group = tuple[str, str]
_PLACES = Decimal("0.001")


@dataclass(frozen=True)
class Weight:
    """A criterion: `key` is what the scores name, `name` is kept in reasons as people read it."""

    key: int
    weight: int
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """Places kept for the applications of one group, such as ("region", "yeoju")."""

    group: Group
    places: int
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Point:
    """Bonus points of one application under a name."""

    points: Decimal
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    criteria: Sequence[Weight]
    places: int
    reserves: int = 0
    threshold: Decimal = Decimal(0)
    quotas: Sequence[Kept] = ()


@dataclass(frozen=True)
class Row:
    """One application. `scores` holds, per reviewer, a value from 1 to 5 for every criterion."""

    key: int
    submitted_at: datetime
    scores: Sequence[Mapping[int, int]]
    bonus: Sequence[Point] = ()
    groups: frozenset[Group] = frozenset()


@dataclass(frozen=True)
class Ranked:
    """One line of the list. `reviewers` are the scores of each review, `spread` the widest gap between two."""

    key: int
    rank: int
    score: Decimal
    bonus: Decimal
    outcome: Outcome
    reserve_rank: int | None
    reasons: list[Reason]
    reviewers: list[Decimal]

    @property
    def total(self) -> Decimal:
        return self.score + self.bonus

    @property
    def spread(self) -> Decimal:
        return max(self.reviewers) - min(self.reviewers)


@dataclass(frozen=True)
class _Scored:
    row: Row
    score: Decimal
    bonus: Decimal
    first: Decimal
    reviewers: list[Decimal]

    @property
    def total(self) -> Decimal:
        return self.score + self.bonus

    @property
    def order(self) -> tuple[Any, ...]:
        return (-self.total, -self.first, self.row.submitted_at, self.row.key)


def rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES, rounding=ROUND_HALF_UP)


def review_score(values: Mapping[int, int], criteria: Iterable[Weight]) -> Fraction:
    """The weighted mean of one review, of 100."""
    criteria = list(criteria)
    total = sum(criterion.weight for criterion in criteria)
    return Fraction(
        sum(criterion.weight * values[criterion.key] for criterion in criteria) * 100, total * BEST
    )


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def heaviest(criteria: Sequence[Weight]) -> Weight:
    """The criterion that breaks ties: the greatest weight, the first of several."""
    return max(criteria, key=lambda criterion: criterion.weight)


def _scored(row: Row, terms: Terms) -> _Scored:
    each = [review_score(values, terms.criteria) for values in row.scores]
    key = heaviest(terms.criteria).key
    first = _mean([Fraction(values[key] * 100, BEST) for values in row.scores])
    bonus = sum((point.points for point in row.bonus), Decimal(0))
    return _Scored(row, rounded(_mean(each)), bonus, rounded(first), [rounded(score) for score in each])


def rank(rows: Iterable[Row], terms: Terms) -> list[Ranked]:
    """The whole list in order. Every row needs at least one review; leave out, and name, those that have none."""
    ordered = sorted((_scored(row, terms) for row in rows), key=lambda scored: scored.order)
    good = [scored for scored in ordered if scored.score >= terms.threshold]
    kept = _kept_places(good, terms)
    selected = set(kept)
    for scored in good:
        if len(selected) >= terms.places:
            break
        selected.add(scored.row.key)
    waiting = [scored.row.key for scored in good if scored.row.key not in selected][: terms.reserves]
    explain = _Explanation(terms, ordered, kept, selected, waiting)
    return [explain.line(position) for position in range(len(ordered))]


def _kept_places(good: Sequence[_Scored], terms: Terms) -> dict[int, Kept]:
    """Application → the quota whose place it takes. A selected one counts towards every quota it belongs to."""
    left = {quota.group: quota.places for quota in terms.quotas}
    kept: dict[int, Kept] = {}
    for scored in good:
        mine = [quota for quota in terms.quotas if quota.group in scored.row.groups]
        wanting = [quota for quota in mine if left[quota.group] > 0]
        if not wanting or len(kept) >= terms.places:
            continue
        kept[scored.row.key] = wanting[0]
        for quota in mine:
            left[quota.group] -= 1
    return kept


@dataclass(frozen=True)
class _Explanation:
    """Writes the reasons of every line from what decided it."""

    terms: Terms
    ordered: list[_Scored]
    kept: dict[int, Kept]
    selected: set[int]
    waiting: list[int]

    def line(self, position: int) -> Ranked:
        scored = self.ordered[position]
        key = scored.row.key
        outcome: Outcome = (
            "selected" if key in self.selected else "reserved" if key in self.waiting else "declined"
        )
        reserve = self.waiting.index(key) + 1 if outcome == "reserved" else None
        reasons = [self._ranked(position), *self._bonus(scored), *self._tie(position)]
        reasons += self._outcome(position, outcome, reserve)
        return Ranked(
            key, position + 1, scored.score, scored.bonus, outcome, reserve, reasons, scored.reviewers
        )

    def _ranked(self, position: int) -> Reason:
        scored = self.ordered[position]
        return {
            "code": "ranked",
            "rank": position + 1,
            "of": len(self.ordered),
            "score": str(scored.score),
            "bonus": str(scored.bonus),
        }

    def _bonus(self, scored: _Scored) -> list[Reason]:
        return [
            {"code": "bonus", "name": dict(point.name), "points": str(point.points)}
            for point in scored.row.bonus
        ]

    def _tie(self, position: int) -> list[Reason]:
        """With the neighbour above or below that has the same total: what decided between them."""
        scored = self.ordered[position]
        for other in (position - 1, position + 1):
            if not 0 <= other < len(self.ordered) or self.ordered[other].total != scored.total:
                continue
            if self.ordered[other].first != scored.first:
                name = dict(heaviest(self.terms.criteria).name)
                return [{"code": "tie_criterion", "name": name, "value": str(scored.first)}]
            return [{"code": "tie_submitted", "at": scored.row.submitted_at.isoformat()}]
        return []

    def _outcome(self, position: int, outcome: Outcome, reserve: int | None) -> list[Reason]:
        scored, terms = self.ordered[position], self.terms
        if scored.score < terms.threshold:
            return [
                {"code": "below_threshold", "threshold": str(terms.threshold), "score": str(scored.score)}
            ]
        if outcome == "selected":
            quota = self.kept.get(scored.row.key)
            if quota:
                key, value = quota.group
                return [
                    {
                        "code": "kept",
                        "key": key,
                        "value": value,
                        "name": dict(quota.name),
                        "places": quota.places,
                    }
                ]
            return [{"code": "within_places", "places": terms.places}]
        reasons: list[Reason] = [{"code": "beyond_places", "places": terms.places}]
        if any(key not in self._better(position) for key in self.selected):
            reasons.append({"code": "kept_for_others", "places": sum(quota.places for quota in terms.quotas)})
        if reserve:
            reasons.append({"code": "reserve", "place": reserve, "of": len(self.waiting)})
        return reasons

    def _better(self, position: int) -> set[int]:
        return {scored.row.key for scored in self.ordered[:position]}
