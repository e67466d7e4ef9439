"""Climbing the ladder: what is signed was pursued, what is paid was shipped, signed and pursued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.floor.models import WINS, Consultation, Stage, StageRecord, Win, WithoutSupport
from bridgehead.floor.rules import lower_stages, today_at
from bridgehead.kit.money import quantize
from bridgehead.questions.models import Attachment


@dataclass(frozen=True)
class Reached:
    """A rung reached, for `log_many`."""

    stage: str
    amount: Decimal
    currency: str
    reached_on: date
    evidence_note: str = ""
    recorded_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    without_support: str = ""


def stage_rows(talk: Consultation, stages: Sequence[Reached], *, by: Any, at: datetime) -> list[StageRecord]:
    """Unsaved rows for these rungs and for the ones they imply, each implied one as its next higher rung says."""
    said = {reached.stage: reached for reached in stages}
    rows: list[StageRecord] = []
    source: Reached | None = None
    for stage in reversed(Stage.values):
        explicit = said.get(stage)
        source = explicit or source
        if source is None:
            continue
        row = StageRecord(
            consultation=talk,
            stage=stage,
            reached_on=source.reached_on,
            amount=quantize(source.amount, source.currency),
            currency=source.currency,
            implied=explicit is None,
            recorded_by=by,
            recorded_at=source.recorded_at or at,
        )
        if explicit:
            row.evidence_note, row.without_support = explicit.evidence_note, explicit.without_support
            row.confirmed_at, row.confirmed_by = explicit.confirmed_at, explicit.confirmed_by
        rows.append(row)
    return rows


@transaction.atomic
def reach_stage(
    *,
    consultation: Consultation,
    stage: str,
    reached_on: date,
    amount: Decimal,
    currency: str,
    evidence_note: str = "",
    evidence: Attachment | None = None,
    by: Any,
    at: datetime | None = None,
) -> StageRecord:
    """Record a rung and the lower ones it implies. Said again it changes nothing; said differently it corrects.

    A correction of the amount or currency takes back the firm's confirmation, which was of the old figure.
    """
    talk = locked(consultation)
    moment = at or timezone.now()
    check_reached(
        talk, stage=stage, reached_on=reached_on, amount=amount, today=today_at(talk.programme, moment)
    )
    values = {
        "reached_on": reached_on,
        "amount": quantize(amount, currency),
        "currency": currency,
        "evidence_note": evidence_note.strip()[:300],
        "implied": False,
    }
    record = StageRecord.objects.filter(consultation=talk, stage=stage).first()
    if record is None:
        record = StageRecord.objects.create(
            consultation=talk, stage=stage, evidence=evidence, recorded_by=by, recorded_at=moment, **values
        )
        _record(record, "stage.reach", by=by, data=values, at=at)
    else:
        _correct(record, values, evidence, by=by, at=at)
    _settle_implied(talk, by=by, moment=moment)
    return record


def check_reached(talk: Consultation, *, stage: str, reached_on: date, amount: Decimal, today: date) -> None:
    """Raise ValidationError, by field, for what cannot be."""
    if stage not in Stage.values:
        raise ValidationError({"stage": _("Choose a stage.")})
    if reached_on < talk.held_on:
        raise ValidationError(
            {
                "reached_on": _("The consultation was on %(day)s; a stage cannot be reached before it.")
                % {"day": talk.held_on}
            }
        )
    if reached_on > today:
        raise ValidationError(
            {"reached_on": _("This day is still to come. Record the stage once it is reached.")}
        )
    if amount <= 0:
        raise ValidationError({"amount": _("Write the amount of the deal; it must be more than zero.")})


def _correct(
    record: StageRecord, values: dict[str, Any], evidence: Attachment | None, *, by: Any, at: datetime | None
) -> None:
    if evidence is not None:
        values = {**values, "evidence": evidence}
    changed = {
        key: [getattr(record, key), value] for key, value in values.items() if getattr(record, key) != value
    }
    if not changed:
        return
    if {"amount", "currency"} & changed.keys() and record.confirmed_at:
        values = {**values, "confirmed_at": None, "confirmed_by": "", "without_support": ""}
    for key, value in values.items():
        setattr(record, key, value)
    record.save(update_fields=list(values))
    shown = {key: [str(side) for side in sides] for key, sides in changed.items()}
    _record(record, "stage.correct", by=by, data=shown, at=at)


def _settle_implied(talk: Consultation, *, by: Any, moment: datetime) -> None:
    """Make the rungs below the highest reported one present, and those above it that only were implied disappear."""
    records = {record.stage: record for record in StageRecord.objects.filter(consultation=talk)}
    source: StageRecord | None = None
    for stage in reversed(Stage.values):
        record = records.get(stage)
        if record and not record.implied:
            source = record
        elif source is None:
            if record:
                record.delete()
        elif record is None:
            StageRecord.objects.create(
                consultation=talk,
                stage=stage,
                reached_on=source.reached_on,
                amount=source.amount,
                currency=source.currency,
                implied=True,
                recorded_by=by,
                recorded_at=moment,
            )
        else:
            _follow(record, source)


def _follow(record: StageRecord, source: StageRecord) -> None:
    """Make an implied rung say what the rung that implies it says; a confirmation of another figure falls."""
    if (record.amount, record.currency) != (source.amount, source.currency):
        record.confirmed_at, record.confirmed_by, record.without_support = None, "", ""
    record.reached_on, record.amount, record.currency = source.reached_on, source.amount, source.currency
    record.save(
        update_fields=["reached_on", "amount", "currency", "confirmed_at", "confirmed_by", "without_support"]
    )


@transaction.atomic
def settle_pursued(*, consultation: Consultation, amount: Decimal | None, by: Any, at: datetime) -> None:
    """Make the lowest rung say what the entry says: pursued for this amount, or a talk only.

    A rung that a higher one proves or that the firm confirmed is left as it is.
    """
    record = StageRecord.objects.filter(consultation=consultation, stage=Stage.PURSUED).first()
    if amount:
        if record and record.implied:
            return
        unchanged = (
            record
            and record.amount == quantize(amount, consultation.currency)
            and record.currency == consultation.currency
            and record.reached_on >= consultation.held_on
        )
        if not unchanged:
            reach_stage(
                consultation=consultation,
                stage=Stage.PURSUED,
                reached_on=max(record.reached_on, consultation.held_on) if record else consultation.held_on,
                amount=amount,
                currency=consultation.currency,
                evidence_note=record.evidence_note if record else "",
                by=by,
                at=at,
            )
    elif record and not record.implied:
        withdraw_stage(record=record, reason=_("The entry was changed to a talk only."), by=by, at=at)


@transaction.atomic
def confirm_stage(
    *,
    record: StageRecord,
    confirmed_by: str,
    without_support: str,
    by: Any = None,
    at: datetime | None = None,
) -> StageRecord:
    """The firm confirms a win and says what it would have achieved without the support.

    What the win implies is confirmed with it: who confirms the payment confirms the signature.
    """
    talk = locked(record.consultation)
    record = StageRecord.objects.select_for_update().get(pk=record.pk)
    if record.stage not in WINS:
        raise ValidationError({"stage": _("Only what is signed, shipped or paid can be confirmed.")})
    if without_support not in WithoutSupport.values:
        raise ValidationError({"without_support": _("Say what you would have achieved without the support.")})
    if record.confirmed_at and (record.confirmed_by, record.without_support) == (
        confirmed_by,
        without_support,
    ):
        return record
    record.confirmed_at, record.confirmed_by = at or timezone.now(), confirmed_by[:120]
    record.without_support = without_support
    record.save(update_fields=["confirmed_at", "confirmed_by", "without_support"])
    Win.objects.filter(record=record).update(checked_at=None, checked_by=None, accepted=False)
    implied = talk.stages.filter(
        stage__in=lower_stages(record.stage), implied=True, confirmed_at__isnull=True
    )
    implied.filter(stage__in=WINS).update(
        confirmed_at=record.confirmed_at, confirmed_by=record.confirmed_by, without_support=without_support
    )
    record.consultation = talk
    data = {"stage": record.stage, "confirmed_by": record.confirmed_by, "without_support": without_support}
    _record(record, "stage.confirm", by=by, data=data, at=at)
    return record


@transaction.atomic
def withdraw_stage(*, record: StageRecord, reason: str, by: Any, at: datetime | None = None) -> None:
    """Correct the ladder: what was recorded was never so. The trail keeps what it said; implied rungs follow."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the stage is taken back; the audit trail keeps it.")})
    talk = locked(record.consultation)
    record = StageRecord.objects.filter(pk=record.pk).first()  # type: ignore[assignment]
    if record is None:
        return
    record.consultation = talk
    data = {
        "stage": record.stage,
        "amount": record.amount,
        "currency": record.currency,
        "reached_on": record.reached_on,
        "confirmed_by": record.confirmed_by,
    }
    _record(record, "stage.withdraw", by=by, data=data, reason=reason, at=at)
    record.delete()
    _settle_implied(talk, by=by, moment=at or timezone.now())


def locked(consultation: Consultation) -> Consultation:
    """The row that guards its ladder."""
    return (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("programme__host", "firm")
        .get(pk=consultation.pk)
    )


def _record(
    record: StageRecord, verb: str, *, by: Any, data: dict[str, Any], reason: str = "", at: datetime | None
) -> None:
    """In the consultation's history, since a rung taken back has no page of its own."""
    talk = record.consultation
    audit.record(
        by=by,
        verb=verb,
        target=talk,
        chain=talk.programme.host.slug,
        data={"stage": record.stage, **data},
        reason=reason,
        at=at,
    )
