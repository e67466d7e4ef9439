"""Last year's call as the draft of this year's."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from bridgehead.accounts.models import User
from bridgehead.calls.actions.drafting import record
from bridgehead.calls.actions.editing import BASIC_COLUMNS, SELECTION_COLUMNS, TEXT_COLUMNS, create_call
from bridgehead.calls.models import Call, Stage
from bridgehead.programmes.models import Programme

#: A seed is published once: drawn with last year's, who wins would be known before anybody applies.
LEFT_BEHIND = {"lottery_seed"}
COLUMNS = [*BASIC_COLUMNS, *TEXT_COLUMNS, *(set(SELECTION_COLUMNS) - LEFT_BEHIND), "question_set"]
#: A year of whole weeks, so that a Monday stays a Monday.
YEAR = timedelta(weeks=52)


def _years_until_ahead(call: Call, now: datetime) -> int:
    """The fewest years, and at least one, after which the call has not opened yet."""
    years = 1
    while call.opens_at + years * YEAR <= now:
        years += 1
    return years


def _copy_row(row: models.Model, **changed: Any) -> Any:
    """A new row with the same columns."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    return type(row).objects.create(**{**values, **changed})  # type: ignore[attr-defined]


@transaction.atomic
def copy_call(*, call: Call, programme: Programme, by: User | None) -> Call:
    """A draft with everything the office wrote, its dates whole years later. Nothing that applicants did comes along."""
    shift = _years_until_ahead(call, timezone.now()) * YEAR
    copy = create_call(
        programme=programme,
        opens_at=call.opens_at + shift,
        closes_at=call.closes_at + shift,
        release_at=call.release_at and call.release_at + shift,
        copied_from=call,
        by=by,
        **{name: getattr(call, name) for name in COLUMNS},
    )
    copy.stages.all().delete()
    for stage in call.stages.all():
        _copy_stage(stage, copy, shift)
    for rows in (call.quotas, call.bonuses, call.eligibility_rules, call.letters, call.files):
        for row in rows.all():
            _copy_row(row, call_id=copy.pk)
    record("call.copy", copy, by, data={"of": call.slug})
    return copy


def _copy_stage(stage: Stage, copy: Call, shift: timedelta) -> None:
    due = stage.reviews_due_at and stage.reviews_due_at + shift
    held = stage.held_at and stage.held_at + shift
    new = _copy_row(stage, call_id=copy.pk, reviews_due_at=due, held_at=held, closed_at=None)
    new.reviewers.set(stage.reviewers.all())
    for criterion in stage.criteria.all():
        _copy_row(criterion, call_id=copy.pk, stage_id=new.pk)
