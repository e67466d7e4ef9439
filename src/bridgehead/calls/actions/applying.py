"""What a firm does with its application: start, send, withdraw (`saving` keeps what it types). The server's clock
decides, to the second.

`at` is the moment it happens; only demonstration data set it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls import rules
from bridgehead.calls.actions.completeness import check_complete
from bridgehead.calls.actions.errors import ConsentMissing, Incomplete, NotOpen
from bridgehead.calls.actions.moving import move
from bridgehead.calls.actions.receipts import files_of, keep_submission
from bridgehead.calls.actions.saving import locked as _locked
from bridgehead.calls.actions.saving import save_answers, with_all
from bridgehead.calls.actions.telling import tell
from bridgehead.calls.consents import REQUIRED, retain_until
from bridgehead.calls.models import Application, Call, Revision
from bridgehead.calls.queries.eligibility import snapshot
from bridgehead.kit.clock import with_zone
from bridgehead.kit.states import WrongMove
from bridgehead.organisations.models import Consent, Organisation
from bridgehead.questions.rules import answers as answer_rules

__all__ = ["ConsentMissing", "Incomplete", "NotOpen", "save_answers", "start", "submit", "withdraw"]
State = Application.State


@transaction.atomic
def start(*, call: Call, firm: Organisation, by: User, at: datetime | None = None) -> Application:
    """The firm's draft for this call: a new one, the one it has, or the withdrawn one opened again."""
    moment = at or timezone.now()
    existing = Application.objects.select_for_update().filter(call=call, firm=firm).first()
    if existing and existing.state != State.WITHDRAWN:
        return existing
    if not rules.is_open(call, moment):
        raise NotOpen(call, moment)
    if existing:
        return move(application=existing, to=State.DRAFT, by=by, at=at)
    defaults = {"applicant": by, "question_set": call.question_set}
    application, created = Application.objects.get_or_create(call=call, firm=firm, defaults=defaults)
    if created:
        Revision.objects.create(application=application, version=1, answers={}, saved_by=by)
        chain = call.programme.host.slug
        audit.record(by=by, verb="application.start", target=application, chain=chain, at=at)
    return application


def next_number(call: Call) -> str:
    """Gapless within the call; the caller holds the lock on the call."""
    given = Application.objects.filter(call=call).exclude(number="").count()
    return f"{call.slug.upper()}-{given + 1:04d}"


@dataclass(frozen=True)
class _Ready:
    """What was found before anybody waits: it holds as long as the application is as it was at `seen`."""

    seen: tuple[object, ...]
    answers: dict[str, Any]
    eligibility: list[dict[str, Any]]
    files: list[dict[str, Any]]


def _as_it_is(row: Application) -> tuple[object, ...]:
    return row.state, row.version, row.saved_at


def _ready(row: Application, consents: Mapping[str, str]) -> _Ready:
    check_complete(row, row.answers)
    if not consents.keys() >= REQUIRED:
        raise ConsentMissing
    answers = answer_rules.final(row.question_set.questions.all(), row.answers)
    return _Ready(_as_it_is(row), answers, snapshot(row), files_of(row))


def _check_moment(row: Application, moment: datetime) -> None:
    if rules.may_submit(row, moment):
        return
    if row.state in {State.DRAFT, State.RETURNED}:
        raise NotOpen(row, moment)
    raise WrongMove(old=row.get_state_display(), new=State.SUBMITTED)


def submit(
    *,
    application: Application,
    consents: Mapping[str, str],
    by: User,
    at: datetime | None = None,
    notify: bool = True,
) -> Application:
    """Send the stored answers: checked, numbered, written down for the receipt. Sending twice is the same as once.

    `consents` is {purpose: the words agreed to}; the first submission counts for the time of submission, also when
    the office returned the application and it comes back. What takes long is done before the lock on the call, for
    which everybody waits in the last minute of a call.
    """
    moment = at or timezone.now()
    row = with_all().prefetch_related("question_set__questions").get(pk=application.pk)
    if row.state == State.SUBMITTED:
        return row
    _check_moment(row, moment)
    ready = _ready(row, consents)
    with transaction.atomic():
        Call.objects.select_for_update().values_list("pk").get(pk=row.call_id)
        row = _locked(application)
        if row.state == State.SUBMITTED:
            return row
        _check_moment(row, moment)
        if ready.seen != _as_it_is(row) or row.call.team_max:
            ready = _ready(row, consents)
        return _send(row, ready, consents, by, moment, at, notify)


def _send(
    row: Application,
    ready: _Ready,
    consents: Mapping[str, str],
    by: User,
    moment: datetime,
    at: datetime | None,
    notify: bool,
) -> Application:
    if row.state == State.DRAFT:
        row.submitted_at, row.is_late = moment, moment >= row.call.closes_at
    row.answers, row.eligibility = ready.answers, ready.eligibility
    row.number = row.number or next_number(row.call)
    row.applicant = row.applicant or by
    row.save(update_fields=["answers", "eligibility", "number", "submitted_at", "is_late", "applicant"])
    keep_consents(row, consents, by, moment)
    sent = keep_submission(application=row, by=by, moment=moment, files=ready.files)
    data = {"number": row.number, "version": row.version, "consents": sorted(consents)}
    move(application=row, to=State.SUBMITTED, by=by, data={**data, "sha256": sent.sha256}, at=at)
    if notify:
        facts = {"moment": with_zone(moment, row.call.zone), "submission": sent}
        tell(application=row, kind="received", context=facts)
    return row


def keep_consents(
    application: Application, consents: Mapping[str, str], by: User | None, moment: datetime
) -> None:
    """What was agreed to in the same words before is not written down a second time."""
    given = Consent.objects.filter(organisation=application.firm, withdrawn_at=None)
    for purpose, wording in consents.items():
        if given.filter(purpose=purpose, wording=wording).exists():
            continue
        consent = Consent.objects.create(
            user=by,
            organisation=application.firm,
            purpose=purpose,
            wording=wording,
            retain_until=retain_until(purpose, application.call),
        )
        Consent.objects.filter(pk=consent.pk).update(given_at=moment)


@transaction.atomic
def withdraw(
    *, application: Application, by: User, reason: str = "", at: datetime | None = None, notify: bool = True
) -> Application:
    """Until the decision is known. The number stays taken, so that numbers have no gaps."""
    locked = _locked(application)
    if not rules.may_withdraw(locked):
        raise WrongMove(old=locked.get_state_display(), new=State.WITHDRAWN)
    was_sent = locked.state != State.DRAFT
    move(application=locked, to=State.WITHDRAWN, by=by, reason=reason, at=at)
    if was_sent and notify:
        tell(application=locked, kind="withdrawn", context={"reason": reason})
    return locked
