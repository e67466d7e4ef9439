"""Who is selected, and why. Pure: rows in, an ordered list with reason codes out; no database, no texts.

Order by the call's rule. By rank and by threshold: points with bonus; then the mean on the heaviest criterion; then the
earlier submission. First come: the submission. By lot: `draw`, which anybody can repeat. Who did not pass a stage comes
after all who did. The threshold looks at the points *without* bonus, so points on top never lift anybody over it.

Places: going down the order, an application takes a kept place while one of its quotas has any left. Places nobody
qualified for, and all others, go down the order. Then the reserve list, in the same order.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property, partial
from typing import Any, Literal

from bridgehead.calls.scoring import (
    Reading,
    StageWeight,
    Weight,
    combined,
    heaviest,
    mean,
    rounded,
    spread,
    stage_points,
)

Outcome = Literal["selected", "reserved", "declined"]
Rule = Literal["rank", "threshold", "first_come", "lottery"]
Reason = dict[str, Any]
Group = tuple[str, str]


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
    """`places` 0 means as many as reach the threshold."""

    criteria: Sequence[Weight]
    places: int
    reserves: int = 0
    threshold: Decimal = Decimal(0)
    quotas: Sequence[Kept] = ()
    stages: Sequence[StageWeight] = ()
    rule: Rule = "rank"
    seed: str = ""

    @cached_property
    def heaviest(self) -> Weight | None:
        return heaviest(self.criteria, self.stages) if self.criteria else None

    @cached_property
    def stage_order(self) -> dict[int | None, int]:
        """How far somebody came who was stopped at a stage; None is all the way."""
        return {**{stage.key: place for place, stage in enumerate(self.stages)}, None: len(self.stages)}


@dataclass(frozen=True)
class Row:
    """One application. `stopped` is the stage it did not pass; `number` the receipt number the lot is drawn with."""

    key: int
    submitted_at: datetime
    readings: Sequence[Reading] = ()
    bonus: Sequence[Point] = ()
    groups: frozenset[Group] = frozenset()
    number: str = ""
    stopped: int | None = None


@dataclass(frozen=True)
class Ranked:
    """One line of the list. `score` is None where nobody had to review. `is_out`: whatever the number of places,
    left behind at a stage or below the threshold. Of a thousand lines fifty are read at a time: reasons are written
    when they are asked for."""

    key: int
    rank: int
    score: Decimal | None
    bonus: Decimal
    outcome: Outcome
    reserve_rank: int | None
    is_out: bool
    readings: Sequence[Reading]
    explain: Callable[[], list[Reason]] = field(compare=False, repr=False)

    @cached_property
    def reasons(self) -> list[Reason]:
        return self.explain()

    @property
    def total(self) -> Decimal:
        return (self.score or Decimal(0)) + self.bonus

    @property
    def spread(self) -> Decimal:
        return spread(self.readings)

    @property
    def reviewers(self) -> list[Decimal]:
        return [rounded(reading.points) for reading in self.readings]


@dataclass(frozen=True)
class Scored:
    """A row with what its place in the order depends on."""

    row: Row
    stages: Mapping[int, Decimal]
    score: Decimal | None
    bonus: Decimal
    first: Decimal
    lot: str

    @property
    def total(self) -> Decimal:
        return (self.score or Decimal(0)) + self.bonus


def draw(seed: str, number: str) -> str:
    """The lot of one application: SHA-256 of the seed followed by the receipt number. The smallest comes first."""
    return hashlib.sha256(f"{seed}{number}".encode()).hexdigest()


def rank(rows: Iterable[Row], terms: Terms) -> list[Ranked]:
    """The whole list in order. By rank and by threshold every row needs a review; leave out, and name, the others."""
    ordered = sorted((_scored(row, terms) for row in rows), key=lambda scored: _order(scored, terms))
    good = [scored for scored in ordered if qualifies(scored, terms)]
    places = len(good) if terms.rule == "threshold" and not terms.places else terms.places
    kept = _kept_places(good, terms, places)
    selected = set(kept)
    for scored in good:
        if len(selected) >= places:
            break
        selected.add(scored.row.key)
    waiting = [scored.row.key for scored in good if scored.row.key not in selected][: terms.reserves]
    explain = _Explanation(terms, ordered, kept, selected, {key: n for n, key in enumerate(waiting, start=1)})
    return [explain.line(position) for position in range(len(ordered))]


def _scored(row: Row, terms: Terms) -> Scored:
    points = stage_points(row.readings)
    firsts = [reading.first for reading in row.readings if reading.first is not None]
    return Scored(
        row,
        {stage: rounded(value) for stage, value in points.items()},
        rounded(combined(points, terms.stages)) if points else None,
        sum((point.points for point in row.bonus), Decimal(0)),
        rounded(mean(firsts)) if firsts else Decimal(0),
        draw(terms.seed, row.number) if terms.rule == "lottery" else "",
    )


def _order(scored: Scored, terms: Terms) -> tuple[Any, ...]:
    came = (scored.row.submitted_at, scored.row.key)
    passed = -terms.stage_order[scored.row.stopped]
    if terms.rule == "lottery":
        return (passed, scored.lot, *came)
    if terms.rule == "first_come":
        return (passed, *came)
    return (passed, -scored.total, -scored.first, *came)


def qualifies(scored: Scored, terms: Terms) -> bool:
    """Passed every stage and reaches the threshold; without any review there is nothing to measure."""
    if scored.row.stopped is not None:
        return False
    return scored.score is None or scored.score >= terms.threshold


def _kept_places(good: Sequence[Scored], terms: Terms, places: int) -> dict[int, Kept]:
    """Application → the quota whose place it takes. A selected one counts towards every quota it belongs to."""
    left = {quota.group: quota.places for quota in terms.quotas}
    kept: dict[int, Kept] = {}
    for scored in good:
        mine = [quota for quota in terms.quotas if quota.group in scored.row.groups]
        wanting = [quota for quota in mine if left[quota.group] > 0]
        if not wanting or len(kept) >= places:
            continue
        kept[scored.row.key] = wanting[0]
        for quota in mine:
            left[quota.group] -= 1
    return kept


@dataclass(frozen=True)
class _Explanation:
    """Writes the reasons of every line from what decided it."""

    terms: Terms
    ordered: list[Scored]
    kept: dict[int, Kept]
    selected: set[int]
    waiting: dict[int, int]

    def line(self, position: int) -> Ranked:
        scored = self.ordered[position]
        key = scored.row.key
        outcome: Outcome = (
            "selected" if key in self.selected else "reserved" if key in self.waiting else "declined"
        )
        return Ranked(
            key,
            position + 1,
            scored.score,
            scored.bonus,
            outcome,
            self.waiting.get(key),
            not qualifies(scored, self.terms),
            scored.row.readings,
            partial(self._reasons, position, outcome),
        )

    def _reasons(self, position: int, outcome: Outcome) -> list[Reason]:
        scored = self.ordered[position]
        why = [self._place(position), *self._stages(scored), *self._bonus(scored), *self._tie(position)]
        return why + self._outcome(position, outcome)

    def _place(self, position: int) -> Reason:
        scored, place = self.ordered[position], {"rank": position + 1, "of": len(self.ordered)}
        if self.terms.rule == "lottery":
            drawn = {"seed": self.terms.seed, "number": scored.row.number, "hash": scored.lot}
            return {"code": "drawn", **place, **drawn}
        if self.terms.rule == "first_come":
            return {"code": "came", **place, "at": scored.row.submitted_at.isoformat()}
        return {"code": "ranked", **place, "score": str(scored.score or 0), "bonus": str(scored.bonus)}

    def _stages(self, scored: Scored) -> list[Reason]:
        """The points of each stage, where there are several to combine."""
        if len(self.terms.stages) < 2:
            return []
        return [
            {
                "code": "stage",
                "name": dict(stage.name),
                "weight": stage.weight,
                "score": str(scored.stages[stage.key]),
            }
            for stage in self.terms.stages
            if stage.key in scored.stages
        ]

    def _bonus(self, scored: Scored) -> list[Reason]:
        if self.terms.rule in {"first_come", "lottery"}:
            return []
        return [
            {"code": "bonus", "name": dict(point.name), "points": str(point.points)}
            for point in scored.row.bonus
        ]

    def _tie(self, position: int) -> list[Reason]:
        """With the neighbour above or below that has the same total: what decided between them."""
        if self.terms.rule in {"first_come", "lottery"}:
            return []
        scored = self.ordered[position]
        for beside in (position - 1, position + 1):
            if not 0 <= beside < len(self.ordered):
                continue
            other = self.ordered[beside]
            if other.total != scored.total or other.row.stopped != scored.row.stopped:
                continue
            if other.first != scored.first and self.terms.heaviest:
                name = dict(self.terms.heaviest.name)
                return [{"code": "tie_criterion", "name": name, "value": str(scored.first)}]
            return [{"code": "tie_submitted", "at": scored.row.submitted_at.isoformat()}]
        return []

    def _outcome(self, position: int, outcome: Outcome) -> list[Reason]:
        scored, terms = self.ordered[position], self.terms
        if scored.row.stopped is not None:
            name = next(dict(stage.name) for stage in terms.stages if stage.key == scored.row.stopped)
            return [{"code": "not_passed", "name": name}]
        if scored.score is not None and scored.score < terms.threshold:
            figures = {"threshold": str(terms.threshold), "score": str(scored.score)}
            return [{"code": "below_threshold", **figures}]
        if outcome == "selected":
            return [self._in(scored)]
        return self._out(position)

    def _in(self, scored: Scored) -> Reason:
        quota, terms = self.kept.get(scored.row.key), self.terms
        if quota:
            group = {"key": quota.group[0], "value": quota.group[1]}
            return {"code": "kept", **group, "name": dict(quota.name), "places": quota.places}
        if terms.rule == "threshold" and not terms.places:
            return {"code": "reaches_threshold", "threshold": str(terms.threshold)}
        return {"code": "within_places", "places": terms.places}

    def _out(self, position: int) -> list[Reason]:
        reasons: list[Reason] = [{"code": "beyond_places", "places": self.terms.places}]
        if self._last_selected > position:
            kept = sum(quota.places for quota in self.terms.quotas)
            reasons.append({"code": "kept_for_others", "places": kept})
        place = self.waiting.get(self.ordered[position].row.key)
        if place:
            reasons.append({"code": "reserve", "place": place, "of": len(self.waiting)})
        return reasons

    @cached_property
    def _last_selected(self) -> int:
        return max(
            (n for n, scored in enumerate(self.ordered) if scored.row.key in self.selected), default=-1
        )
