"""The rows of a call as the pure ranking takes them, in three queries however many there are.

Values of criteria are weighted and summed by the database, one line per review: eighteen thousand scores become three
thousand points. `tests/calls/test_selection_room.py` counts them again one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.fields.json import KeyTransform

from bridgehead.calls.fitting import earns, gives
from bridgehead.calls.models import Application, Call, Review, Scenario, Stage
from bridgehead.calls.queries.officer import answer_names
from bridgehead.calls.ranking import Kept, Point, Row, Rule, Terms
from bridgehead.calls.scoring import Reading, StageWeight, Weight, heaviest, share

State = Application.State
IN_THE_RUNNING = [State.SHORTLISTED, State.SELECTED, State.RESERVED, State.DECLINED]


@dataclass(frozen=True)
class WhatIf:
    """What the committee tries: another line, other weights, scores levelled by reviewer. Empty: as the call says."""

    places: int | None = None
    threshold: Decimal | None = None
    criteria: Mapping[int, int] = field(default_factory=dict)
    stages: Mapping[int, int] = field(default_factory=dict)
    levelled: bool = False


AS_IT_IS = WhatIf()


def what_if_of(scenario: Scenario | None) -> WhatIf:
    """`weights` of a scenario holds criteria by their id, and stages as stage-<id>."""
    if scenario is None:
        return AS_IT_IS
    stages = {k: v for k, v in scenario.weights.items() if k.startswith("stage-")}
    return WhatIf(
        scenario.places,
        scenario.threshold,
        {int(key): weight for key, weight in scenario.weights.items() if key not in stages},
        {int(key.removeprefix("stage-")): weight for key, weight in stages.items()},
        scenario.normalised,
    )


def _names(thing: Any) -> dict[str, str]:
    return {"ko": thing.name_ko, "en": thing.name_en or thing.name_ko}


@dataclass(frozen=True)
class Conditions:
    """A call's own rows that its ranking needs, read once: stages, criteria, quotas, bonuses."""

    call: Call
    stages: list[Stage]
    criteria: list[Any]
    quotas: list[Any]
    bonuses: list[Any]

    def terms(self, trial: WhatIf = AS_IT_IS) -> Terms:
        call = self.call
        names = answer_names(call) if self.quotas else {}
        rule: Rule = call.selection  # type: ignore[assignment]  # the field's choices are the rules
        return Terms(
            criteria=[
                Weight(c.pk, trial.criteria.get(c.pk, c.weight), _names(c), c.stage_id) for c in self.criteria
            ],
            places=call.places if trial.places is None else trial.places,
            reserves=call.reserves,
            threshold=call.threshold if trial.threshold is None else trial.threshold,
            quotas=[
                Kept((q.key, q.value), q.places, names.get((q.key, q.value), {"ko": q.value, "en": q.value}))
                for q in self.quotas
            ],
            stages=[StageWeight(s.pk, trial.stages.get(s.pk, s.weight), _names(s)) for s in self.stages],
            rule=rule,
            seed=call.lottery_seed,
        )


def conditions_of(call: Call) -> Conditions:
    return Conditions(
        call,
        list(call.stages.all()),
        list(call.criteria.all()),
        list(call.quotas.all()),
        list(call.bonuses.all()),
    )


def in_the_running(call: Call) -> QuerySet[Application]:
    """Found eligible, whatever became of them since."""
    never_ranked = Q(decision__isnull=False, decision__rank__isnull=True)
    return call.applications.filter(state__in=IN_THE_RUNNING).exclude(never_ranked)


def _sum(criteria: Mapping[int, int]) -> Sum:
    cases = [When(scores__criterion=key, then=Value(weight)) for key, weight in criteria.items()]
    weight = Case(*cases, default=Value(0), output_field=IntegerField())
    return Sum(F("scores__value") * weight, output_field=IntegerField())


def readings_of(reviews: QuerySet[Review], terms: Terms, best: int) -> dict[int, list[Reading]]:
    """application → its reviews handed in, in the order they were assigned."""
    totals: dict[int, int] = {}
    for criterion in terms.criteria:
        totals[criterion.stage] = totals.get(criterion.stage, 0) + criterion.weight
    tie = heaviest(terms.criteria, terms.stages) if terms.criteria else None
    lines = (
        reviews.filter(state=Review.State.DONE)
        .order_by("pk")
        .annotate(
            total=_sum({criterion.key: criterion.weight for criterion in terms.criteria}),
            first=_sum({tie.key: 1} if tie else {}),
        )
        .values_list("application_id", "stage_id", "reviewer_id", "total", "first")
    )
    found: dict[int, list[Reading]] = {}
    for application, stage, reviewer, total, first in lines:
        if not totals.get(stage):
            continue
        of_tie = share(first, 1, best) if tie and tie.stage == stage else None
        found.setdefault(application, []).append(
            Reading(reviewer, stage, share(total or 0, totals[stage], best), of_tie)
        )
    return found


def _stopped(stage: int | None, stages: list[Stage]) -> int | None:
    """The closed stage at which an application was left behind; None for those still in."""
    for one in stages[:-1]:
        if one.closed_at and stage in {one.pk, None}:
            return one.pk
    return None


def rows_of(conditions: Conditions, terms: Terms) -> list[Row]:
    """Everybody in the running, with or without a review."""
    call = conditions.call
    bonuses, quotas = conditions.bonuses, conditions.quotas
    keys = sorted({one.key for one in [*bonuses, *quotas]})
    asked = {f"answer_{n}": KeyTransform(key, "answers") for n, key in enumerate(keys)}
    wanted = ("pk", "number", "submitted_at", "created_at", "stage_id", *asked)
    applications = in_the_running(call).annotate(**asked).order_by("pk").values_list(*wanted)
    reviews = Review.objects.filter(application__call=call, application__state__in=IN_THE_RUNNING)
    readings = readings_of(reviews, terms, call.scale_max)
    points = [Point(bonus.points, _names(bonus)) for bonus in bonuses]

    def row(
        pk: int, number: str, submitted: datetime | None, created: datetime, stage: int, *given: Any
    ) -> Row:
        answers = dict(zip(keys, given, strict=True))
        return Row(
            pk,
            submitted or created,
            readings.get(pk, []),
            [p for p, b in zip(points, bonuses, strict=True) if earns(answers, b.key, b.rule, b.value)],
            frozenset((q.key, q.value) for q in quotas if gives(answers, q.key, q.value)),
            number,
            _stopped(stage, conditions.stages),
        )

    return [row(*line) for line in applications]


class ReadOnce:
    """Points depend on the weights alone: what-ifs that move only the line share one reading of the database."""

    def __init__(self) -> None:
        self._read: dict[tuple[object, ...], list[Row]] = {}

    def __call__(self, conditions: Conditions, terms: Terms) -> list[Row]:
        criteria = [(one.key, one.weight) for one in terms.criteria]
        stages = [(one.key, one.weight) for one in terms.stages]
        weights = (*criteria, *stages)
        if weights not in self._read:
            self._read[weights] = rows_of(conditions, terms)
        return self._read[weights]
