"""Logging consultations: one at a time from a phone, where the same entry may arrive often, or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.floor.actions.stages import Reached, locked, settle_pursued, stage_rows
from bridgehead.floor.models import WINS, Batch, Consultation, Stage, StageRecord
from bridgehead.floor.queries import awarded_firms
from bridgehead.floor.rules import digest, today_at
from bridgehead.kit.money import quantize
from bridgehead.matchmaking.models import Meeting
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme


class IdTaken(Exception):
    """The id belongs to a consultation of another firm or programme."""

    def __init__(self) -> None:
        super().__init__(
            _("This entry's number is already used elsewhere. Reload the page and enter it again.")
        )


class Withdrawn(Exception):
    """The entry was withdrawn, and only restoring brings it back."""

    def __init__(self) -> None:
        super().__init__(_("This entry was withdrawn. Restore it first, then change it."))


class Stale(Exception):
    """Somebody else changed the entry since the page was shown."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody changed this entry in the meantime. Compare with the current version below, then save again."
            )
        )


class NotTakingPart(Exception):
    """The firm has no award in the programme."""

    def __init__(self, firm: Organisation) -> None:
        super().__init__(_("%(firm)s does not take part in this programme.") % {"firm": firm})


@dataclass(frozen=True)
class Logged:
    """What became of a posted entry."""

    consultation: Consultation
    created: bool
    changed: bool


@dataclass(frozen=True)
class Entry:
    """One consultation to be logged together with others; `stages` are the rungs above it that were reached."""

    firm: Organisation
    held_on: date
    buyer_name: str
    amount: Decimal = Decimal(0)
    currency: str = "USD"
    buyer_country: str = ""
    buyer_contact: str = ""
    product: str = ""
    temperature: str = ""
    note: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    stages: Sequence[Reached] = ()
    id: UUID = field(default_factory=uuid4)
    buyer: Organisation | None = None
    meeting: Meeting | None = None
    logged_at: datetime | None = None
    fingerprint: str = ""
    batch_row: int | None = None


CONTENT = (
    "held_on",
    "buyer_name",
    "buyer_country",
    "buyer_contact",
    "product",
    "temperature",
    "amount",
    "currency",
    "note",
    "next_step",
    "next_step_on",
)


@transaction.atomic
def log_consultation(
    *,
    id: UUID,
    programme: Programme,
    firm: Organisation,
    held_on: date,
    buyer_name: str,
    by: Any,
    buyer_country: str = "",
    buyer_contact: str = "",
    product: str = "",
    temperature: str = "",
    amount: Decimal = Decimal(0),
    currency: str = "",
    pursued_amount: Decimal | None = None,
    note: str = "",
    next_step: str = "",
    next_step_on: date | None = None,
    source: str = Consultation.Source.FLOOR,
    meeting: Meeting | None = None,
    at: datetime | None = None,
) -> Logged:
    """Log an entry under the id its device made; arriving again it changes nothing, however late it comes.

    Other content under the same id is an edit by the same firm. Content that was received before is a late copy
    from the phone's queue, and never undoes what was changed since.
    """
    currency = currency or programme.result_currency
    content = {
        "held_on": held_on,
        "buyer_name": buyer_name.strip(),
        "buyer_country": buyer_country,
        "buyer_contact": buyer_contact.strip(),
        "product": product.strip(),
        "temperature": temperature,
        "amount": quantize(amount or Decimal(0), currency),
        "currency": currency,
        "note": note.strip(),
        "next_step": next_step.strip(),
        "next_step_on": next_step_on,
    }
    received = digest(
        {
            **{key: content[key] for key in content if key != "temperature" or temperature},
            "pursued": pursued_amount,
        }
    )
    if not awarded_firms(programme).filter(pk=firm.pk).exists():
        raise NotTakingPart(firm)
    moment = at or timezone.now()
    _check_day(programme, held_on, moment)
    talk, created = Consultation.objects.get_or_create(
        pk=id,
        defaults={
            **content,
            "programme": programme,
            "firm": firm,
            "source": source,
            "meeting": meeting,
            "buyer": meeting.buyer.organisation if meeting else None,
            "logged_by": by,
            "logged_at": moment,
            "posted_digests": [received],
        },
    )
    if created:
        _record(talk, "consultation.log", by=by, data={**content, "pursued": pursued_amount}, at=at)
        settle_pursued(consultation=talk, amount=pursued_amount, by=by, at=moment)
        return Logged(talk, created=True, changed=False)
    talk = locked(talk)
    if talk.programme_id != programme.pk or talk.firm_id != firm.pk:
        raise IdTaken
    if received in talk.posted_digests:
        return Logged(talk, created=False, changed=False)
    if talk.is_withdrawn:
        raise Withdrawn
    talk.posted_digests = [*talk.posted_digests, received]
    change_consultation(talk, content, pursued_amount, by=by, at=at)
    return Logged(talk, created=False, changed=True)


@transaction.atomic
def edit_consultation(
    *,
    consultation: Consultation,
    version: int,
    by: Any,
    pursued_amount: Decimal | None = None,
    **content: Any,
) -> Consultation:
    """Change what an entry says; refused when somebody else changed it since `version` was shown."""
    talk = locked(consultation)
    if talk.is_withdrawn:
        raise Withdrawn
    if talk.version != version:
        raise Stale
    content["amount"] = quantize(content["amount"] or Decimal(0), content["currency"])
    change_consultation(
        talk, {key: content[key] for key in CONTENT if key in content}, pursued_amount, by=by, at=None
    )
    return talk


def change_consultation(
    talk: Consultation,
    content: dict[str, Any],
    pursued: Decimal | None,
    *,
    by: Any,
    at: datetime | None = None,
) -> None:
    """Write new content into an entry whose row the caller has locked, with its lowest rung and its history."""
    _check_day(talk.programme, content["held_on"], at or timezone.now())
    if talk.stages.filter(stage__in=WINS, reached_on__lt=content["held_on"]).exists():
        raise ValidationError(
            {"held_on": _("A stage of this deal was reached before that day. Correct the stage first.")}
        )
    before = {key: getattr(talk, key) for key in content}
    changed = {key: [before[key], content[key]] for key in content if before[key] != content[key]}
    for key, value in content.items():
        setattr(talk, key, value)
    talk.version += 1
    talk.save(update_fields=[*content, "version", "posted_digests"])
    if changed:
        _record(talk, "consultation.edit", by=by, data=changed, at=at)
    settle_pursued(consultation=talk, amount=pursued, by=by, at=at or timezone.now())


def _check_day(programme: Programme, held_on: date, moment: datetime) -> None:
    if held_on > today_at(programme, moment):
        raise ValidationError({"held_on": _("This day is still to come. Check the date.")})


@transaction.atomic
def withdraw_consultation(
    *, consultation: Consultation, by: Any, reason: str = "", at: datetime | None = None
) -> Consultation:
    """Take an entry out of every figure. The row stays, and `restore_consultation` brings it back."""
    talk = locked(consultation)
    if talk.is_withdrawn:
        return talk
    talk.withdrawn_at, talk.withdrawn_reason = at or timezone.now(), reason[:300]
    talk.version += 1
    talk.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    _record(talk, "consultation.withdraw", by=by, reason=reason, at=at)
    return talk


@transaction.atomic
def restore_consultation(*, consultation: Consultation, by: Any) -> Consultation:
    talk = locked(consultation)
    if not talk.is_withdrawn:
        return talk
    talk.withdrawn_at, talk.withdrawn_reason = None, ""
    talk.version += 1
    talk.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    _record(talk, "consultation.restore", by=by)
    return talk


@transaction.atomic
def log_many(
    *,
    programme: Programme,
    entries: Sequence[Entry],
    by: Any,
    batch: Batch | None = None,
    source: str | None = None,
    at: datetime | None = None,
) -> list[Consultation]:
    """Log many entries at once, with one record in the audit trail for all of them.

    Each is logged at its own `logged_at`, or else at `at`, or now. Raises NotTakingPart before anything is written,
    and the database's IntegrityError where a fingerprint is there already.
    """
    taking_part = set(awarded_firms(programme).values_list("pk", flat=True))
    for entry in entries:
        if entry.firm.pk not in taking_part:
            raise NotTakingPart(entry.firm)
    moment = at or timezone.now()
    source = source or (Consultation.Source.IMPORT if batch else Consultation.Source.DESK)
    talks = [_talk(programme, entry, batch, source, by, entry.logged_at or moment) for entry in entries]
    Consultation.objects.bulk_create(talks, batch_size=500)
    records = [
        record
        for talk, entry in zip(talks, entries, strict=True)
        for record in stage_rows(talk, entry.stages, by=by, at=talk.logged_at)
    ]
    StageRecord.objects.bulk_create(records, batch_size=500)
    if talks:
        rungs = {stage: sum(record.stage == stage for record in records) for stage in Stage.values}
        audit.record(
            by=by,
            verb="consultation.log_many",
            target=batch or programme,
            chain=programme.host.slug,
            data={"count": len(talks), **{stage: n for stage, n in rungs.items() if n}},
            at=at,
        )
    return talks


def _talk(
    programme: Programme, entry: Entry, batch: Batch | None, source: str, by: Any, moment: datetime
) -> Consultation:
    return Consultation(
        id=entry.id,
        programme=programme,
        firm=entry.firm,
        held_on=entry.held_on,
        buyer_name=entry.buyer_name,
        buyer_country=entry.buyer_country,
        buyer_contact=entry.buyer_contact,
        buyer=entry.buyer,
        meeting=entry.meeting,
        product=entry.product,
        temperature=entry.temperature,
        amount=quantize(entry.amount, entry.currency),
        currency=entry.currency,
        note=entry.note,
        next_step=entry.next_step,
        next_step_on=entry.next_step_on,
        source=source,
        batch=batch,
        batch_row=entry.batch_row,
        fingerprint=entry.fingerprint,
        logged_by=by,
        logged_at=moment,
    )


def _record(
    talk: Consultation,
    verb: str,
    *,
    by: Any,
    data: dict[str, Any] | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    audit.record(
        by=by, verb=verb, target=talk, chain=talk.programme.host.slug, data=data, reason=reason, at=at
    )
