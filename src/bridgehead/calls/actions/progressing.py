"""From one stage to the next: fixing who goes on, and changing that for one application with a reason."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.models import Application, Call, Review, Stage
from bridgehead.calls.queries.stages import (
    HELD_BACK,
    LET_THROUGH,
    obstacles_to_closing,
    stage_after,
    stage_before,
    standings,
)


class NotYet(Exception):
    """`obstacles` are sentences saying what has to be done first."""

    def __init__(self, obstacles: list[str]) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = obstacles


class TooLate(Exception):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This can no longer be changed: the stage is over, or the next one has begun for this application."
            )
        )


class ReasonMissing(Exception):
    def __init__(self) -> None:
        super().__init__(_("Write the reason; it is kept in the audit trail and given with the decision."))


@dataclass(frozen=True)
class Closed:
    going_on: int
    left_behind: int


def _locked(call_id: int) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=call_id)


@transaction.atomic
def close_stage(*, stage: Stage, by: User | None) -> Closed:
    """Those who pass by the stage's rule move to the next one. Nobody is told before the release."""
    call = _locked(stage.call_id)
    stage = Stage.objects.select_related("call").get(pk=stage.pk)
    if reasons := obstacles_to_closing(stage):
        raise NotYet(reasons)
    found, following = standings(stage), stage_after(stage)
    on = [one.application for one in found if one.goes_on]
    behind = [one.application for one in found if not one.goes_on]
    Application.objects.filter(pk__in=[a.pk for a in on]).update(stage=following)
    Application.objects.filter(pk__in=[a.pk for a in behind]).update(stage=stage)
    stage.closed_at = timezone.now()
    stage.save(update_fields=["closed_at"])
    audit.record(
        by=by,
        verb="stage.close",
        target=stage,
        chain=call.programme.host.slug,
        data={"going_on": [a.number for a in on], "left_behind": [a.number for a in behind]},
    )
    return Closed(len(on), len(behind))


@transaction.atomic
def let_through(*, application: Application, by: User | None, reason: str) -> Application:
    """An application left behind goes on after all, with a reason."""
    call, locked = _one(application, reason)
    left = locked.stage
    following = stage_after(left) if left and left.closed_at else None
    if following is None or following.closed_at:
        raise TooLate
    return _move(call, locked, following, LET_THROUGH, by, reason)


@transaction.atomic
def hold_back(*, application: Application, by: User | None, reason: str) -> Application:
    """An application that went on stays behind after all; readings of the next stage not handed in, and
    its place in the order of the day, are taken away."""
    call, locked = _one(application, reason)
    here = locked.stage
    before = stage_before(here) if here and here.closed_at is None else None
    if here is None or before is None or before.closed_at is None:
        raise TooLate
    readings = Review.objects.filter(application=locked, stage=here)
    if readings.filter(state=Review.State.DONE).exists():
        raise TooLate
    readings.filter(state=Review.State.ASSIGNED).delete()
    locked.appearances.filter(stage=here).delete()
    return _move(call, locked, before, HELD_BACK, by, reason)


def _one(application: Application, reason: str) -> tuple[Call, Application]:
    call = _locked(application.call_id)
    locked = (
        Application.objects.select_for_update(of=("self",)).select_related("stage").get(pk=application.pk)
    )
    if call.released_at or locked.state != Application.State.SHORTLISTED:
        raise TooLate
    if not reason.strip():
        raise ReasonMissing
    return call, locked


def _move(
    call: Call, application: Application, to: Stage, verb: str, by: User | None, reason: str
) -> Application:
    application.stage = to
    application.save(update_fields=["stage"])
    audit.record(
        by=by,
        verb=verb,
        target=application,
        chain=call.programme.host.slug,
        reason=reason.strip(),
        data={"stage": to.name_ko},
    )
    return application
