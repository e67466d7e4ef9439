"""The stages of a call: put in order, weighed against each other, each with its criteria and its people."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.calls.actions.drafting import Refused, WeightsNot100, record, unpublished
from bridgehead.calls.models import Call, Criterion, Stage


class LastStage(Refused):
    def __init__(self) -> None:
        super().__init__(_("A call has at least one stage."))


def _share_evenly(call: Call) -> None:
    """A stage more or less: equal weights, whatever is left over to the first, until the office sets its own."""
    stages = list(call.stages.all())
    share, rest = divmod(100, len(stages))
    for stage in stages:
        stage.weight = share + (rest if stage is stages[0] else 0)
    Stage.objects.bulk_update(stages, ["weight"])


@transaction.atomic
def add_stage(*, call: Call, by: User | None, **fields: Any) -> Stage:
    """Behind the last one. `fields` are columns of Stage; the weights become equal."""
    found = unpublished(call)
    last = found.stages.last()
    stage = Stage(call=found, order=last.order + 1 if last else 1, **fields)
    stage.full_clean()
    stage.save(force_insert=True)
    _share_evenly(found)
    record("call.add_stage", found, by, data={"stage": stage.name_ko})
    stage.refresh_from_db()
    return stage


@transaction.atomic
def edit_stage(
    *,
    stage: Stage,
    by: User | None,
    criteria: Iterable[Mapping[str, Any]] | None = None,
    reviewers: Iterable[User] | None = None,
    **fields: Any,
) -> Stage:
    """Columns of the stage, and in the place of its criteria and reviewers those that are given.

    Each criterion has name_ko, name_en, help_ko, help_en, weight.
    """
    call = unpublished(stage.call)
    for name, value in fields.items():
        setattr(stage, name, value)
    stage.full_clean()
    if fields:
        stage.save(update_fields=list(fields))
    if reviewers is not None:
        stage.reviewers.set(reviewers)
    if criteria is not None:
        _replace_criteria(stage, list(criteria))
    data = {name: str(value) for name, value in fields.items()}
    record("call.edit_stage", call, by, data={"stage": stage.name_ko, **data})
    return stage


def _replace_criteria(stage: Stage, criteria: list[Mapping[str, Any]]) -> None:
    if criteria and (total := sum(criterion["weight"] for criterion in criteria)) != 100:
        raise WeightsNot100(total)
    stage.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(call_id=stage.call_id, stage=stage, order=order, **criterion)
        for order, criterion in enumerate(criteria, start=1)
    )


@transaction.atomic
def set_weights(*, call: Call, weights: Mapping[int, int], by: User | None) -> None:
    """Stage id → its share of 100 in the total."""
    found = unpublished(call)
    stages = list(found.stages.all())
    total = sum(weights[stage.pk] for stage in stages)
    if total != 100:
        raise WeightsNot100(total)
    for stage in stages:
        stage.weight = weights[stage.pk]
    Stage.objects.bulk_update(stages, ["weight"])
    record("call.set_weights", found, by, data={stage.name_ko: stage.weight for stage in stages})


def _number(stages: list[Stage]) -> None:
    """In this order, from 1. In two steps, as no two stages of a call may have one order for a moment."""
    for shift in (len(stages) + 1000, 1):
        for position, stage in enumerate(stages):
            stage.order = position + shift
        for stage in stages:
            stage.save(update_fields=["order"])


@transaction.atomic
def move_stage(*, stage: Stage, up: bool, by: User | None) -> None:
    """Change places with the neighbour; at the end of the list nothing happens."""
    call = unpublished(stage.call)
    stages = list(call.stages.all())
    here = stages.index(stage)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(stages):
        return
    stages[here], stages[there] = stages[there], stages[here]
    _number(stages)
    record("call.move_stage", call, by, data={"stage": stage.name_ko, "to": there + 1})


@transaction.atomic
def remove_stage(*, stage: Stage, by: User | None) -> None:
    call = unpublished(stage.call)
    if call.stages.count() == 1:
        raise LastStage
    record("call.remove_stage", call, by, data={"stage": stage.name_ko})
    stage.delete()
    _number(list(call.stages.all()))
    _share_evenly(call)
