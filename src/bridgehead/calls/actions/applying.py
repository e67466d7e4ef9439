"""What a firm does with its application: start, save, send, withdraw. The server's clock decides, to the second.

`at` is the moment it happens; only demonstration data set it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls import rules
from bridgehead.calls.actions.moving import move
from bridgehead.calls.actions.telling import tell
from bridgehead.calls.consents import REQUIRED, retain_until
from bridgehead.calls.models import Application, Call
from bridgehead.kit.clock import with_zone
from bridgehead.kit.states import WrongMove
from bridgehead.kit.validators import clean_business_number
from bridgehead.organisations.models import Consent, Organisation
from bridgehead.questions.actions import attach, lock
from bridgehead.questions.rules import answers as answer_rules
from bridgehead.questions.rules.files import CheckedFile

State = Application.State


class NotOpen(Exception):
    """The call takes no applications now. Raised by the clock of the server, never of the browser."""

    def __init__(self, call: Call, at: datetime) -> None:
        zone = call.zone
        if call.published_at is None or at < call.opens_at:
            text = _("This call opens on %(moment)s.") % {"moment": with_zone(call.opens_at, zone)}
        else:
            text = _(
                "This call closed on %(moment)s. What you typed is kept as a draft, but it can no longer be sent."
            )
            text %= {"moment": with_zone(call.closes_at, zone)}
        super().__init__(text)


class StaleSave(Exception):
    """Somebody saved this application from another page; neither text may be lost."""

    def __init__(self, current: Application) -> None:
        super().__init__(
            _("This application was changed in another window or by a colleague while you were typing.")
        )
        self.current = current


class Incomplete(Exception):
    """`problems` is {question key: what is wrong}; the key "" stands for the application as a whole."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(_("The application is not complete yet."))
        self.problems = problems


class ConsentMissing(Exception):
    def __init__(self) -> None:
        super().__init__(_("Without your consent to the handling of the application it cannot be accepted."))


def _locked(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__programme__host", "call__programme__operator", "call__question_set", "firm")
        .get(pk=application.pk)
    )


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
    application, created = Application.objects.get_or_create(call=call, firm=firm, defaults={"applicant": by})
    if created:
        chain = call.programme.host.slug
        audit.record(by=by, verb="application.start", target=application, chain=chain, at=at)
    return application


@transaction.atomic
def save_answers(
    *,
    application: Application,
    answers: Mapping[str, Any],
    files: Mapping[str, CheckedFile] | None = None,
    version: int,
    page: str = "",
    by: User,
    at: datetime | None = None,
) -> Application:
    """Keep the answers. A page (`page`, a random word) that saved last may save again; otherwise `version` must be
    the current one, or StaleSave is raised and nothing is overwritten.

    A draft takes anything; a submitted application stays complete, or Incomplete is raised.
    """
    moment = at or timezone.now()
    locked = _locked(application)
    if not rules.may_edit(locked, moment):
        if locked.state == State.SUBMITTED:
            raise NotOpen(locked.call, moment)
        raise WrongMove(old=locked.get_state_display(), new=locked.state)
    if locked.version != version and not (page and locked.saved_from == page):
        raise StaleSave(locked)
    kept = {**answers, **attach(files=files or {}, owner=locked, by=by)}
    if locked.state == State.SUBMITTED:
        _check_complete(locked, kept)
        kept = answer_rules.final(locked.call.question_set.questions.all(), kept)
    if kept != locked.answers:
        locked.answers, locked.version = kept, locked.version + 1
    locked.saved_from, locked.saved_at = page, moment
    locked.save(update_fields=["answers", "version", "saved_from", "saved_at"])
    lock(question_set=locked.call.question_set)
    if locked.state == State.SUBMITTED:
        audit.record(
            by=by,
            verb="application.amend",
            target=locked,
            chain=locked.call.programme.host.slug,
            data={"version": locked.version},
            at=at,
        )
    return locked


def _check_complete(application: Application, answers: Mapping[str, Any]) -> None:
    problems = answer_rules.problems(application.call.question_set.questions.all(), answers)
    try:
        clean_business_number(application.firm.business_number)
    except ValidationError as error:
        problems[""] = error.messages[0]
    if problems:
        raise Incomplete(problems)


def _next_number(call: Call) -> str:
    """Gapless within the call; the caller holds the lock on the call."""
    given = Application.objects.filter(call=call).exclude(number="").count()
    return f"{call.slug.upper()}-{given + 1:04d}"


@transaction.atomic
def submit(
    *,
    application: Application,
    consents: Mapping[str, str],
    by: User,
    at: datetime | None = None,
    notify: bool = True,
) -> Application:
    """Send the stored answers: checked, numbered, receipted by mail. Sending twice is the same as once.

    `consents` is {purpose: the words agreed to}; the first submission counts for the time of submission, also when
    the office returned the application and it comes back.
    """
    moment = at or timezone.now()
    call = Call.objects.select_for_update(of=("self",)).get(pk=application.call_id)
    locked = _locked(application)
    if locked.state == State.SUBMITTED:
        return locked
    if not rules.may_submit(locked, moment):
        if locked.state == State.DRAFT:
            raise NotOpen(locked.call, moment)
        raise WrongMove(old=locked.get_state_display(), new=State.SUBMITTED)
    _check_complete(locked, locked.answers)
    if not consents.keys() >= REQUIRED:
        raise ConsentMissing
    if locked.state == State.DRAFT:
        locked.submitted_at = moment
    locked.answers = answer_rules.final(call.question_set.questions.all(), locked.answers)
    locked.number = locked.number or _next_number(call)
    locked.applicant = locked.applicant or by
    locked.save(update_fields=["answers", "number", "submitted_at", "applicant"])
    _keep_consents(locked, consents, by, moment)
    data = {"number": locked.number, "version": locked.version, "consents": sorted(consents)}
    move(application=locked, to=State.SUBMITTED, by=by, data=data, at=at)
    if notify:
        tell(application=locked, kind="received", context={"moment": with_zone(moment, call.zone)})
    return locked


def _keep_consents(application: Application, consents: Mapping[str, str], by: User, moment: datetime) -> None:
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
