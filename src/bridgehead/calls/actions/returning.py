"""Returned for completion: marked questions, a day by which, and what happens around that day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.moving import move
from bridgehead.calls.actions.saving import locked
from bridgehead.calls.actions.telling import tell
from bridgehead.calls.models import Application
from bridgehead.kit.clock import with_zone
from bridgehead.kit.states import WrongMove
from bridgehead.mailing.models import Mail

State = Application.State
REMINDED_BEFORE = timedelta(days=2)


@transaction.atomic
def return_for_completion(
    *,
    application: Application,
    note: str,
    by: User | None,
    fields: list[str] | None = None,
    due_at: datetime | None = None,
) -> Application:
    """Back to the firm with what is missing, by mail as well. Only `fields` open again (none named: all), until `due_at`."""
    move(application=application, to=State.RETURNED, by=by, reason=note, data={"fields": fields or []})
    application.return_note = note
    application.returned_fields, application.return_due_at = fields or [], due_at
    application.save(update_fields=["return_note", "returned_fields", "return_due_at"])
    _tell(application, "returned")
    return application


def _tell(application: Application, kind: str) -> None:
    questions = application.question_set.questions.filter(key__in=application.returned_fields)
    due = application.return_due_at
    facts = {
        "note": application.return_note,
        "questions": list(questions),
        "due": with_zone(due, application.call.zone) if due else "",
    }
    tell(application=application, kind=kind, context=facts)


@transaction.atomic
def extend(*, application: Application, due_at: datetime, by: User) -> Application:
    """More time, also when the time was over already."""
    row = locked(application)
    if row.state != State.RETURNED:
        raise WrongMove(old=row.get_state_display(), new=State.RETURNED)
    row.return_due_at = due_at
    row.save(update_fields=["return_due_at"])
    chain = row.call.programme.host.slug
    data = {"due_at": due_at.isoformat()}
    audit.record(by=by, verb="application.extend_return", target=row, chain=chain, data=data)
    _tell(row, "returned")
    return row


def remind_of_completion(now: datetime | None = None) -> int:
    """Firms whose time ends within two days, each once for each date. Gives their number."""
    moment = now or timezone.now()
    soon = Application.objects.filter(
        state=State.RETURNED, return_due_at__gt=moment, return_due_at__lte=moment + REMINDED_BEFORE
    ).select_related("call__programme__host", "question_set", "firm", "applicant")
    waiting = [one for one in soon if not _is_reminded(one)]
    for application in waiting:
        with transaction.atomic():
            _tell(application, "return_reminder")
    return len(waiting)


def _is_reminded(application: Application) -> bool:
    """Since two days before the date that counts: a later date is worth a reminder of its own."""
    assert application.return_due_at is not None
    return Mail.objects.filter(
        kind="calls.return_reminder",
        about_kind="calls.application",
        about_id=str(application.pk),
        created_at__gt=application.return_due_at - REMINDED_BEFORE,
    ).exists()
