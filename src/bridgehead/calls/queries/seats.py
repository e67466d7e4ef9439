"""The lines of the selection room as people read them: what was decided, or before that what the scores propose.

Only the lines of the page shown are looked up; the order and the figures come from `queries.ranking` or the decisions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet

from bridgehead.calls.levelling_rows import level
from bridgehead.calls.models import Application, Award, Call, Decision, Review
from bridgehead.calls.queries.ranking import Ranking, chosen_scenario, compared, ranked, reviewer_names
from bridgehead.calls.queries.rows import (
    AS_IT_IS,
    Conditions,
    ReadOnce,
    WhatIf,
    conditions_of,
    readings_of,
    rows_of,
    what_if_of,
)
from bridgehead.calls.ranking import Ranked
from bridgehead.calls.scoring import Reading, rounded, spread

#: Reviewers who differ by more than this are shown as differing; the committee then reads their reasons.
WIDE_SPREAD = Decimal(20)
PAGE = 50


@dataclass(frozen=True)
class Opinion:
    """One review under the reviewer's neutral name."""

    name: str
    stage: str
    score: Decimal


@dataclass(frozen=True)
class Seat:
    """One line: the application, each reviewer's score, the outcome; `before` is its line without the what-if."""

    application: Application
    outcome: str
    rank: int | None
    reserve_rank: int | None
    score: Decimal | None
    bonus: Decimal
    reasons: list[dict[str, Any]]
    reviewers: list[Opinion]
    spread: Decimal
    decision: Decision | None = None
    before: Ranked | None = None
    award: Award | None = None

    @property
    def outcome_label(self) -> str:
        return str(Decision.Outcome(self.outcome).label)

    @property
    def total(self) -> Decimal | None:
        return None if self.score is None else self.score + self.bonus

    @property
    def is_wide(self) -> bool:
        return self.spread > WIDE_SPREAD

    @property
    def moved(self) -> int:
        """Places gained by the what-if; negative when lost."""
        return self.before.rank - self.rank if self.before and self.rank else 0

    @property
    def outcome_before(self) -> str:
        """The outcome without the what-if, where it is another."""
        changed = self.before is not None and self.before.outcome != self.outcome
        return str(Decision.Outcome(self.before.outcome).label) if changed and self.before else ""


@dataclass(frozen=True)
class _Opinions:
    """Readings as a page shows them. The stage is named only where there are several."""

    names: Mapping[int, str]
    stages: Mapping[int, str]

    def of(self, readings: Sequence[Reading]) -> list[Opinion]:
        several = len(self.stages) > 1
        found = [
            Opinion(self.names[one.reviewer], self.stages[one.stage] if several else "", rounded(one.points))
            for one in readings
        ]
        return sorted(found, key=lambda opinion: (opinion.stage, int(opinion.name[1:])))


def _opinions(conditions: Conditions) -> _Opinions:
    return _Opinions(reviewer_names(conditions.call), {stage.pk: stage.name for stage in conditions.stages})


def proposed_seats(
    conditions: Conditions, lines: Sequence[Ranked], before: Mapping[int, Ranked] | None = None
) -> list[Seat]:
    opinions, before = _opinions(conditions), before or {}
    found = Application.objects.select_related("firm").defer("answers").in_bulk([line.key for line in lines])
    return [
        Seat(
            found[line.key],
            line.outcome,
            line.rank,
            line.reserve_rank,
            line.score,
            line.bonus,
            line.reasons,
            opinions.of(line.readings),
            line.spread,
            before=before.get(line.key),
        )
        for line in lines
    ]


def decisions_of(call: Call) -> QuerySet[Decision]:
    """Those with a rank; the others never came to the reviewers."""
    return (
        Decision.objects.filter(application__call=call, rank__isnull=False)
        .select_related("application__firm")
        .defer("application__answers")
        .order_by("rank")
    )


def _readings(conditions: Conditions, keys: Sequence[int]) -> Mapping[int, Sequence[Reading]]:
    """With the weights the decision went by, so that reviewers' points add up to the score beside them."""
    trial = what_if_of(chosen_scenario(conditions.call))
    terms = conditions.terms(trial)
    if trial.levelled:  # a reviewer's habit shows in all that the person read, not on one page of it
        return {row.key: row.readings for row in level(rows_of(conditions, terms))}
    reviews = Review.objects.filter(application__in=keys)
    return readings_of(reviews, terms, conditions.call.scale_max)


def decided_seats(conditions: Conditions, decisions: Sequence[Decision]) -> list[Seat]:
    keys = [decision.application_id for decision in decisions]
    readings = _readings(conditions, keys)
    awards = {award.application_id: award for award in Award.objects.filter(application__in=keys)}
    opinions = _opinions(conditions)
    return [
        Seat(
            decision.application,
            decision.outcome,
            decision.rank,
            decision.reserve_rank,
            decision.score,
            decision.bonus,
            decision.reasons,
            opinions.of(readings.get(decision.application_id, [])),
            spread(readings.get(decision.application_id, [])),
            decision,
            award=awards.get(decision.application_id),
        )
        for decision in decisions
    ]


def seats_of(call: Call, trial: WhatIf = AS_IT_IS) -> list[Seat]:
    """The whole list, for the paper."""
    conditions = conditions_of(call)
    decided = list(decisions_of(call))
    if decided:
        return decided_seats(conditions, decided)
    return proposed_seats(conditions, ranked(conditions, trial).lines)


@dataclass
class Room:
    """The selection room at one page of its list."""

    conditions: Conditions
    trial: WhatIf = AS_IT_IS
    number: int = 0
    read: ReadOnce = field(default_factory=ReadOnce)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Outcome → how many."""
        if not self.decided:
            outcomes = [line.outcome for line in self.ranking.lines]
            return {outcome: outcomes.count(outcome) for outcome in Decision.Outcome.values}  # type: ignore[arg-type]
        found = decisions_of(self.conditions.call).order_by().values_list("outcome").annotate(Count("pk"))
        return {**dict.fromkeys(Decision.Outcome.values, 0), **dict(found)}

    @cached_property
    def decided(self) -> bool:
        return decisions_of(self.conditions.call).exists()

    @cached_property
    def base(self) -> Ranking:
        return ranked(self.conditions, read=self.read)

    @cached_property
    def ranking(self) -> Ranking:
        return self.base if self.trial == AS_IT_IS else ranked(self.conditions, self.trial, self.read)

    @cached_property
    def line(self) -> int:
        """The place below which the line is drawn: the last one that is in by its place in the order."""
        chosen = [line.rank for line in self.ranking.lines if line.outcome == "selected"]
        if self.conditions.call.selection == Call.Selection.THRESHOLD or not self.ranking.terms.places:
            return max(chosen, default=0)
        in_question = sum(1 for line in self.ranking.lines if not line.is_out)
        return min(self.ranking.terms.places, in_question)

    @cached_property
    def page(self) -> Any:
        """Without a number, the page on which the line is."""
        everything: Any = decisions_of(self.conditions.call) if self.decided else self.ranking.lines
        number = self.number or (1 if self.decided else max(1, -(-self.line // PAGE)))
        return Paginator(everything, PAGE).get_page(number)

    @cached_property
    def seats(self) -> list[Seat]:
        shown = list(self.page.object_list)
        if self.decided:
            return decided_seats(self.conditions, shown)
        return proposed_seats(self.conditions, shown, compared(self.base, self.ranking))

    @cached_property
    def unreviewed(self) -> list[Application]:
        if self.decided:
            return []
        return list(
            Application.objects.filter(pk__in=self.ranking.unreviewed).select_related("firm").defer("answers")
        )


def room_of(call: Call, trial: WhatIf = AS_IT_IS, number: int = 0) -> Room:
    return Room(conditions_of(call), trial, number)


def names_by_outcome(lines: Sequence[Ranked]) -> list[tuple[str, str, list[tuple[int, str, str]]]]:
    """(outcome, its words, [(rank, firm, receipt number)]): what the committee reads before it decides."""
    keys = [line.key for line in lines]
    firms = Application.objects.filter(pk__in=keys).select_related("firm").only("number", "firm")
    found = {application.pk: application for application in firms}
    return [
        (
            outcome.value,
            str(outcome.label),
            [(x.rank, found[x.key].firm.name, found[x.key].number) for x in lines if x.outcome == outcome],
        )
        for outcome in Decision.Outcome
    ]
