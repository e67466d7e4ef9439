"""The release: at one moment every firm may know. Letters follow, one transaction per handful, each exactly once."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.awarding import make_award
from bridgehead.calls.actions.deciding import NotReady, undecided
from bridgehead.calls.actions.moving import move_all
from bridgehead.calls.actions.telling import letters_for, send
from bridgehead.calls.models import Application, Call, Decision
from bridgehead.calls.queries.releasing import release_obstacles

Outcome, State = Decision.Outcome, Application.State
#: Letters written in one transaction: few enough that nobody waits long for the database.
HANDFUL = 25


class InThePast(ValueError):
    def __init__(self) -> None:
        super().__init__(_("This moment has passed. Choose a later one, or release now."))


def _nothing(done: int, total: int) -> None:
    """Nobody wants to know how far it is."""


@transaction.atomic
def plan_release(*, call: Call, at: datetime | None, by: User | None) -> Call:
    """Decisions stay hidden until then; the worker releases them. None: by hand after all."""
    locked = undecided(call)
    if at is not None and at <= timezone.now():
        raise InThePast
    if at is not None and (reasons := release_obstacles(locked)):
        raise NotReady(reasons)
    locked.release_at = at
    locked.save(update_fields=["release_at"])
    data = {"at": at.isoformat()} if at else {}
    verb = "call.plan_release" if at else "call.unplan_release"
    audit.record(by=by, verb=verb, target=locked, chain=locked.programme.host.slug, data=data)
    return locked


@transaction.atomic
def open_decisions(*, call: Call, by: User | None) -> Call:
    """States and awards in one transaction, or nothing at all. From here on the firms see their decision."""
    locked = undecided(call)
    if reasons := release_obstacles(locked):
        raise NotReady(reasons)
    locked.released_at = timezone.now()
    locked.save(update_fields=["released_at"])
    decisions = list(_decisions(locked))
    for decision in decisions:
        decision.application.call = locked
    to_move = [(d.application, d.outcome) for d in decisions if d.application.state != d.outcome]
    move_all(moves=to_move, by=by)
    for decision in decisions:
        if decision.outcome == Outcome.SELECTED:
            make_award(decision.application, by)
    audit.record(by=by, verb="call.release", target=locked, chain=locked.programme.host.slug)
    return locked


def _decisions(call: Call) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(application__call=call)
        .select_related("application__firm", "application__applicant")
        .order_by("rank", "pk")
    )


def tell_outcomes(*, call: Call, tell: Callable[[int, int], None] = _nothing) -> int:
    """Write the letters not written yet. Each is stored together with the mark that it is: stopped half way and begun
    again, nobody gets two and nobody none."""
    waiting = list(_decisions(call).filter(told_at=None).values_list("pk", flat=True))
    letters = letters_for(call)
    for start in range(0, len(waiting), HANDFUL):
        with transaction.atomic():
            some = _decisions(call).filter(pk__in=waiting[start : start + HANDFUL], told_at=None)
            for decision in some.select_for_update(of=("self",)):
                decision.application.call = call
                send(decision.application, f"outcome_{decision.outcome}", letters.outcome(decision))
                Decision.objects.filter(pk=decision.pk).update(told_at=timezone.now())
        tell(min(start + HANDFUL, len(waiting)), len(waiting))
    return len(waiting)


def release(*, call: Call, by: User | None, tell: Callable[[int, int], None] = _nothing) -> Call:
    """Open the decisions, then write to everybody; `tell` hears how many letters are written."""
    released = open_decisions(call=call, by=by)
    tell_outcomes(call=released, tell=tell)
    return released
