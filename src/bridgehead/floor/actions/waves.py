"""Asking the firms, months later, what became of their consultations: by a mailed link, without signing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.floor.actions.stages import confirm_stage, reach_stage
from bridgehead.floor.models import WINS, Call, Consultation, FollowUp, FollowUpLink, Wave
from bridgehead.floor.queries import participants
from bridgehead.floor.rules import FOLLOW_UP_MONTHS, LINK_LIFE, months_after
from bridgehead.kit.signing import digest, new_token
from bridgehead.mailing.actions import write
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme


class AlreadyAnswered(Exception):
    """There is nothing left to remind of."""

    def __init__(self, firm: Organisation) -> None:
        super().__init__(_("%(firm)s has answered already.") % {"firm": firm})


class Expired(Exception):
    """The link is older than it may be."""


@dataclass(frozen=True)
class Sent:
    """What sending a wave did: who was asked now, who had been before, and whom there is no address for."""

    asked: list[FollowUp]
    before: int
    unreachable: list[Organisation]


@dataclass(frozen=True)
class Answer:
    """What a firm says of one consultation; no stage means that nothing changed."""

    consultation: Consultation
    stage: str = ""
    reached_on: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    evidence_note: str = ""
    confirm: bool = False
    without_support: str = ""


@transaction.atomic
def plan_waves(*, programme: Programme, by: Any, months: Sequence[int] = FOLLOW_UP_MONTHS) -> list[Wave]:
    """Plan the rounds from the programme's last day; those not sent yet move along when that day has changed.

    A round that is not among `months` any more and was never sent is dropped.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    waves = []
    planned = []
    for count in months:
        due = months_after(programme.ends_on, count)
        wave, created = Wave.objects.get_or_create(
            programme=programme, months=count, defaults={"due_on": due}
        )
        if created or (wave.sent_at is None and wave.due_on != due):
            wave.due_on = due
            wave.save(update_fields=["due_on"])
            planned.append({"months": count, "due_on": due})
        waves.append(wave)
    dropped = Wave.objects.filter(programme=programme, sent_at__isnull=True, follow_ups__isnull=True)
    dropped = dropped.exclude(months__in=months)
    gone = list(dropped.values_list("months", flat=True))
    Wave.objects.filter(programme=programme, months__in=gone).delete()
    if planned or gone:
        data = {"waves": planned, "dropped": gone}
        audit.record(by=by, verb="follow_up.plan", target=programme, chain=programme.host.slug, data=data)
    return waves


@transaction.atomic
def send_wave(*, wave: Wave, by: Any, at: datetime | None = None) -> Sent:
    """Ask every firm that takes part and was not asked in this round; sent twice, nobody gets a second mail."""
    wave = Wave.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=wave.pk)
    moment = at or timezone.now()
    asked_before = set(wave.follow_ups.values_list("firm", flat=True))
    asked, unreachable = [], []
    for firm in participants(wave.programme).prefetch_related("contacts", "memberships__user"):
        if firm.pk in asked_before:
            continue
        address = address_of(firm)
        if address is None:
            unreachable.append(firm)
            continue
        email, language = address
        follow_up = FollowUp.objects.create(
            wave=wave, firm=firm, email=email, language=language, sent_at=moment
        )
        _mail(follow_up, "floor/mail/follow_up.txt", moment)
        asked.append(follow_up)
    if wave.sent_at is None and asked:
        wave.sent_at = moment
        wave.save(update_fields=["sent_at"])
    if asked:
        data = {"months": wave.months, "firms": [follow_up.firm.slug for follow_up in asked]}
        audit.record(
            by=by, verb="follow_up.send", target=wave, chain=wave.programme.host.slug, data=data, at=at
        )
    return Sent(asked, len(asked_before), unreachable)


@transaction.atomic
def remind(*, follow_up: FollowUp, by: Any, at: datetime | None = None) -> FollowUp:
    """Send a new link; the first one keeps working until its own end."""
    follow_up = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("wave__programme__host", "firm")
        .get(pk=follow_up.pk)
    )
    if follow_up.answered_at:
        raise AlreadyAnswered(follow_up.firm)
    follow_up.reminded_at = at or timezone.now()
    follow_up.save(update_fields=["reminded_at"])
    _mail(follow_up, "floor/mail/reminder.txt", follow_up.reminded_at)
    chain = follow_up.wave.programme.host.slug
    audit.record(by=by, verb="follow_up.remind", target=follow_up, chain=chain, at=at)
    return follow_up


def open_follow_up(*, follow_up: FollowUp) -> None:
    """Note that the link was opened, the first time."""
    FollowUp.objects.filter(pk=follow_up.pk, opened_at__isnull=True).update(opened_at=timezone.now())


#: No answer is so long: whatever is longer is not typed.
LONGEST_DRAFT = 500_000


def keep_draft(*, link: FollowUpLink, values: dict[str, str], at: datetime | None = None) -> datetime:
    """What a firm has typed so far. It counts for nothing until it is sent, and is there whoever opens the link next."""
    moment = at or timezone.now()
    if link.expires_at < moment or sum(map(len, values.values())) > LONGEST_DRAFT:
        raise Expired
    FollowUp.objects.filter(pk=link.follow_up_id).update(draft=values, draft_at=moment)
    return moment


@transaction.atomic
def record_call(*, follow_up: FollowUp, note: str, by: Any, at: datetime | None = None) -> Call:
    """The desk has telephoned; what was said stays with the firm's share of the round."""
    call = Call.objects.create(
        follow_up=follow_up, called_at=at or timezone.now(), called_by=by, note=note.strip()[:300]
    )
    chain = follow_up.wave.programme.host.slug
    audit.record(by=by, verb="follow_up.call", target=follow_up, chain=chain, reason=note, at=at)
    return call


@transaction.atomic
def answer_follow_up(
    *,
    link: FollowUpLink,
    answers: Sequence[Answer],
    answered_by: str,
    comment: str = "",
    at: datetime | None = None,
) -> FollowUp:
    """Record what the firm says. Answering again adds to it and corrects it, as long as the link lives."""
    moment = at or timezone.now()
    if link.expires_at < moment:
        raise Expired
    follow_up = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("wave__programme__host", "firm")
        .get(pk=link.follow_up_id)
    )
    for answer in answers:
        _take(answer, answered_by=answered_by, follow_up=follow_up, at=moment)
    follow_up.answered_at = follow_up.answered_at or moment
    follow_up.comment = comment.strip()
    follow_up.draft, follow_up.draft_at = {}, None
    follow_up.save(update_fields=["answered_at", "comment", "draft", "draft_at"])
    audit.record(
        by=None,
        verb="follow_up.answer",
        target=follow_up,
        chain=follow_up.wave.programme.host.slug,
        data={"answered_by": answered_by, "stages": sum(bool(answer.stage) for answer in answers)},
        at=at,
    )
    return follow_up


def _take(answer: Answer, *, answered_by: str, follow_up: FollowUp, at: datetime) -> None:
    talk = answer.consultation
    if talk.firm_id != follow_up.firm_id or talk.programme_id != follow_up.wave.programme_id:
        raise ValueError(f"consultation {talk.pk} is not one of {follow_up}")
    if answer.stage:
        assert answer.reached_on and answer.amount is not None
        reach_stage(
            consultation=talk,
            stage=answer.stage,
            reached_on=answer.reached_on,
            amount=answer.amount,
            currency=answer.currency,
            evidence_note=answer.evidence_note,
            by=None,
            at=at,
        )
    if answer.confirm:
        for record in talk.stages.filter(stage__in=WINS):
            confirm_stage(
                record=record, confirmed_by=answered_by, without_support=answer.without_support, at=at
            )


def address_of(firm: Organisation) -> tuple[str, str] | None:
    """The firm's contact, or else a person who acts for it."""
    for contact in firm.contacts.all():
        if contact.email:
            return contact.email, contact.language
    for membership in firm.memberships.all():
        if membership.user.is_active:
            return membership.user.email, membership.user.language
    return None


def _mail(follow_up: FollowUp, template: str, moment: datetime) -> None:
    token = new_token()
    link = FollowUpLink.objects.create(
        follow_up=follow_up, token_hash=digest(token), made_at=moment, expires_at=moment + LINK_LIFE
    )
    programme = follow_up.wave.programme
    language = "ko" if follow_up.language.startswith("ko") else "en"
    with translation.override(language):
        address = settings.SITE_URL + reverse("floor:answer", args=[token])
    write(
        kind="follow_up",
        to=follow_up.email,
        language=language,
        template=template,
        context={
            "firm": follow_up.firm,
            "programme": programme,
            "months": follow_up.wave.months,
            "url": address,
            "expires_at": link.expires_at,
        },
        about=follow_up,
        host_slug=programme.host.slug,
    )
