"""The people of a team application: named, asked by a link of their own, confirmed or not.

The link is signed, not stored: it holds the member's key and address, so a copy of the database opens no door, and a
link sent to an address that was corrected since is void.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls import rules
from bridgehead.calls.actions.saving import locked
from bridgehead.calls.actions.telling import recipient
from bridgehead.calls.models import Application, TeamMember
from bridgehead.calls.queries.team import SALT
from bridgehead.kit.clock import with_zone
from bridgehead.kit.states import WrongMove
from bridgehead.mailing import actions as mailing

State = Application.State
ASKED_AGAIN_AFTER = timedelta(days=3)


class TeamProblem(Exception):
    """What is wrong with a change of the team, in words."""


def _open(application: Application) -> Application:
    """The team may change while the application is being written; what was sent stays as it was."""
    row = locked(application)
    if row.state not in {State.DRAFT, State.RETURNED}:
        raise WrongMove(old=row.get_state_display(), new=row.get_state_display())
    return row


def _record(member: TeamMember, verb: str, by: User | None) -> None:
    application = member.application
    chain = application.call.programme.host.slug
    audit.record(by=by, verb=verb, target=application, chain=chain, data={"member": member.pk})


@transaction.atomic
def add_member(*, application: Application, name: str, email: str, role: str, by: User) -> TeamMember:
    """Name somebody and ask them by mail. Whoever names their own address has confirmed by doing so."""
    row = _open(application)
    if row.team.count() >= max(row.call.team_max, 1):
        raise TeamProblem(_("The team may have %(most)s members at most.") % {"most": row.call.team_max})
    try:
        with transaction.atomic():
            member = TeamMember.objects.create(application=row, name=name, email=email.lower(), role=role)
    except IntegrityError:
        raise TeamProblem(_("This address is named already.")) from None
    if member.email == by.email.lower():
        member.confirmed_at = timezone.now()
        member.save(update_fields=["confirmed_at"])
    else:
        _ask(member)
    _record(member, "team.add", by)
    return member


def link_to(member: TeamMember) -> str:
    token = signing.dumps([member.pk, member.email], salt=SALT)
    return settings.SITE_URL + reverse("calls:team_answer", args=[token])


def _ask(member: TeamMember) -> None:
    application = member.application
    call = application.call
    _to, language = recipient(application)
    with translation.override(language):
        facts = {
            "member": member,
            "call": call,
            "firm": application.firm.name,
            "host": call.programme.host.name,
            "url": link_to(member),
            "closes": with_zone(call.closes_at, call.zone),
        }
    mailing.write(
        kind="calls.team_asked",
        to=member.email,
        language=language,
        template="calls/mail/team_asked.txt",
        context=facts,
        about=application,
        host_slug=call.programme.host.slug,
    )
    member.invited_at = timezone.now()
    member.save(update_fields=["invited_at"])


@transaction.atomic
def remind_member(*, member: TeamMember, by: User | None) -> TeamMember:
    """The same question once more; somebody who declined is asked again as well."""
    member.application = _open(member.application)
    if member.confirmed_at is None:
        member.declined_at = None
        member.save(update_fields=["declined_at"])
        _ask(member)
        _record(member, "team.remind", by)
    return member


def remind_unanswered(now: datetime | None = None) -> int:
    """Members who have not answered for three days, while the application can still be sent. Gives their number."""
    moment, told = now or timezone.now(), 0
    silent = TeamMember.objects.filter(
        confirmed_at=None,
        declined_at=None,
        invited_at__lte=moment - ASKED_AGAIN_AFTER,
        application__state__in=[State.DRAFT, State.RETURNED],
    ).select_related("application__call")
    for member in silent:
        if rules.may_submit(member.application, moment):
            remind_member(member=member, by=None)
            told += 1
    return told


@transaction.atomic
def remove_member(*, member: TeamMember, by: User) -> None:
    member.application = _open(member.application)
    _record(member, "team.remove", by)
    member.delete()


@transaction.atomic
def answer(*, member: TeamMember, agrees: bool) -> TeamMember:
    """By the link, without an account; the answer may be changed until the application is sent."""
    row = _open(member.application)
    again = TeamMember.objects.select_for_update().get(pk=member.pk)
    again.application, moment = row, timezone.now()
    again.confirmed_at, again.declined_at = (moment, None) if agrees else (None, moment)
    again.save(update_fields=["confirmed_at", "declined_at"])
    _record(again, "team.confirm" if agrees else "team.decline", None)
    return again
