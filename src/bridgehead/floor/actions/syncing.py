"""Taking in what phones kept: each edit exactly once, new entries together, changes merged field by field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from bridgehead.audit import actions as audit
from bridgehead.floor.actions.consultations import (
    CONTENT,
    IdTaken,
    Withdrawn,
    change_consultation,
    restore_consultation,
    withdraw_consultation,
)
from bridgehead.floor.actions.stages import Reached, locked, stage_rows
from bridgehead.floor.incoming import Edit, EntryContent, true_moment
from bridgehead.floor.merging import merge
from bridgehead.floor.models import Consultation, FieldConflict, Phone, Receipt, Stage, StageRecord
from bridgehead.floor.queries import my_firms, programmes_of_maker
from bridgehead.floor.rules import TALK, fair_day, today_at
from bridgehead.programmes.models import Programme

#: What a phone may send at once; it sends the rest in its next breath.
MOST_EDITS = 100


@dataclass
class Outcome:
    """What became of one edit: created, merged, same (it was here already), disputed or refused."""

    edit: UUID
    id: UUID
    state: str
    errors: dict[str, str] = field(default_factory=dict)
    day: date | None = None


class Batch:
    """The edits of one request with everything they are about, read once."""

    def __init__(self, phone: Phone, edits: Sequence[Edit], clock: datetime, now: datetime) -> None:
        self.phone, self.by, self.edits = phone, phone.user, edits
        self.clock, self.now = clock, now
        self.programmes = {
            programme.slug: programme
            for programme in programmes_of_maker(self.by).filter(slug__in={edit.programme for edit in edits})
        }
        self.firms = {
            slug: {firm.pk: firm for firm in my_firms(self.by, programme)}
            for slug, programme in self.programmes.items()
        }
        self.received = set(
            Receipt.objects.filter(pk__in=[edit.edit for edit in edits]).values_list("pk", flat=True)
        )
        self.there = set(
            Consultation.objects.filter(pk__in={edit.id for edit in edits}).values_list("pk", flat=True)
        )

    def written(self, edit: Edit) -> datetime:
        return true_moment(edit.made_at, self.clock, self.now)

    def content(self, edit: Edit, programme: Programme) -> dict[str, Any]:
        assert edit.content is not None
        values = edit.content.values_for_actions()
        values["held_on"] = values["held_on"] or fair_day(programme, self.written(edit))
        return values


def receive(*, phone: Phone, edits: Sequence[Edit], clock: datetime) -> list[Outcome]:
    """Everything of one request in one transaction. Two copies of it under way at once end as one."""
    edits = list({edit.edit: edit for edit in edits}.values())
    try:
        return _receive(phone=phone, edits=edits, clock=clock)
    except IntegrityError:  # the other copy was faster: its receipts are there now
        return _receive(phone=phone, edits=edits, clock=clock)


@transaction.atomic
def _receive(*, phone: Phone, edits: Sequence[Edit], clock: datetime) -> list[Outcome]:
    phone = Phone.objects.select_for_update().select_related("user").get(pk=phone.pk)
    batch = Batch(phone, edits, clock, timezone.now())
    outcomes: dict[UUID, Outcome] = {}
    new: dict[UUID, Edit] = {}
    changes: list[Edit] = []
    for edit in edits:
        if edit.edit in batch.received:
            outcomes[edit.edit] = Outcome(edit.edit, edit.id, "same")
        elif edit.id in batch.there or edit.id in new or edit.action != "save":
            changes.append(edit)
        else:
            problems = _problems(batch, edit)
            if problems:
                outcomes[edit.edit] = Outcome(edit.edit, edit.id, "refused", problems)
            else:
                new[edit.id] = edit
    outcomes |= _create(batch, list(new.values()))
    for edit in changes:
        outcomes.setdefault(edit.edit, _change(batch, edit))
    return [outcomes[edit.edit] for edit in edits]


def _problems(batch: Batch, edit: Edit) -> dict[str, str]:
    """Why a new entry cannot be taken, by field; codes that the phone says in its own language."""
    programme = batch.programmes.get(edit.programme)
    if programme is None or edit.firm not in batch.firms[edit.programme]:
        return {"firm": "no part"}
    if batch.content(edit, programme)["held_on"] > today_at(programme, batch.now):
        return {"held_on": "to come"}
    return {}


def _create(batch: Batch, edits: Sequence[Edit]) -> dict[UUID, Outcome]:
    talks: list[Consultation] = []
    rungs: list[StageRecord] = []
    happened: dict[str, list[audit.Happening]] = {}
    for edit in edits:
        talk, said, pursued = _talk(batch, edit)
        talks.append(talk)
        if pursued:
            reached = Reached(Stage.PURSUED, pursued, talk.currency, talk.held_on)
            rungs.extend(stage_rows(talk, [reached], by=batch.by, at=talk.logged_at))
        happened.setdefault(talk.programme.host.slug, []).append(
            audit.Happening("consultation.log", talk, {**said, "pursued": pursued, "phone": str(batch.phone)})
        )
    Consultation.objects.bulk_create(talks)
    StageRecord.objects.bulk_create(rungs)
    _give_receipts(batch, edits)
    for chain, happenings in happened.items():
        audit.record_many(by=batch.by, happenings=happenings, chain=chain)
    return {
        edit.edit: Outcome(edit.edit, edit.id, "created", day=talk.held_on)
        for edit, talk in zip(edits, talks, strict=True)
    }


def _talk(batch: Batch, edit: Edit) -> tuple[Consultation, dict[str, Any], Decimal | None]:
    programme = batch.programmes[edit.programme]
    content = batch.content(edit, programme)
    pursued = content.pop("pursued_amount")
    talk = Consultation(
        **content,
        id=edit.id,
        programme=programme,
        firm=batch.firms[edit.programme][edit.firm],
        source=Consultation.Source.FLOOR,
        logged_by=batch.by,
        logged_at=batch.written(edit),
    )
    return talk, content, pursued


def _give_receipts(batch: Batch, edits: Iterable[Edit]) -> None:
    Receipt.objects.bulk_create(
        Receipt(id=edit.edit, consultation_id=edit.id, phone=batch.phone, received_at=batch.now)
        for edit in edits
    )


def _change(batch: Batch, edit: Edit) -> Outcome:
    """One edit of an entry that is there; what is wrong with it undoes this edit only."""
    try:
        with transaction.atomic():
            return _apply(batch, edit)
    except ValidationError as error:
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        problems = {name: " ".join(said) for name, said in named.items()}
        return Outcome(edit.edit, edit.id, "refused", problems)
    except Withdrawn:
        return Outcome(edit.edit, edit.id, "refused", {"": "withdrawn"})
    except (IdTaken, Consultation.DoesNotExist):
        return Outcome(edit.edit, edit.id, "refused", {"firm": "no part"})


def _apply(batch: Batch, edit: Edit) -> Outcome:
    talk = locked(Consultation(pk=edit.id))
    if edit.programme not in batch.programmes or talk.programme.slug != edit.programme:
        raise IdTaken
    if talk.firm_id not in batch.firms[edit.programme]:
        raise IdTaken
    _give_receipts(batch, [edit])
    if edit.action == "withdraw":
        withdraw_consultation(consultation=talk, by=batch.by)
        return Outcome(edit.edit, edit.id, "merged")
    if edit.action == "restore":
        restore_consultation(consultation=talk, by=batch.by)
        return Outcome(edit.edit, edit.id, "merged")
    if talk.is_withdrawn:
        raise Withdrawn
    return _merge(batch, talk, edit)


def _merge(batch: Batch, talk: Consultation, edit: Edit) -> Outcome:
    assert edit.content is not None
    stored = content_of(talk)
    theirs = edit.content.values_for_actions()
    base = edit.base.values_for_actions() if edit.base else {}
    for side in (theirs, base):
        if side.get("held_on", ...) is None:  # "the day of writing" was settled when the entry arrived
            side["held_on"] = stored["held_on"]
    merged = merge(base=base, theirs=theirs, stored=stored)
    if merged.take:
        content = {**stored, **merged.take}
        pursued = content.pop("pursued_amount")
        change_consultation(talk, content, pursued, by=batch.by)
    FieldConflict.objects.bulk_create(
        FieldConflict(
            consultation=talk,
            receipt_id=edit.edit,
            field=name,
            base=shown(base.get(name)),
            kept=shown(stored[name]),
            other=shown(theirs[name]),
            said_by=batch.by,
            said_at=batch.written(edit),
        )
        for name in merged.disputed
    )
    return Outcome(edit.edit, edit.id, "disputed" if merged.disputed else "merged")


def content_of(talk: Consultation) -> dict[str, Any]:
    """What an entry says, as a phone would send it."""
    pursued = next((record for record in talk.rungs if record.stage == Stage.PURSUED), None)
    content = {name: getattr(talk, name) for name in CONTENT}
    return {**content, "pursued_amount": pursued.amount if pursued and not pursued.implied else None}


def shown(value: Any) -> str:
    """A value as text that `settle` reads again."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


@transaction.atomic
def decide(*, conflict: FieldConflict, take: bool, by: Any) -> FieldConflict:
    """Somebody says which of two values holds. Decided once; the other value stays in the history."""
    talk = locked(conflict.consultation)
    conflict = FieldConflict.objects.select_for_update().get(pk=conflict.pk)
    if conflict.decided_at:
        return conflict
    if take:
        content = content_of(talk)
        content[conflict.field] = _read(conflict, content)
        pursued = content.pop("pursued_amount")
        change_consultation(talk, content, pursued, by=by)
    conflict.decided_at, conflict.decided_by, conflict.taken = timezone.now(), by, take
    conflict.save(update_fields=["decided_at", "decided_by", "taken"])
    audit.record(
        by=by,
        verb="consultation.decide",
        target=talk,
        chain=talk.programme.host.slug,
        data={
            "field": conflict.field,
            "values": [conflict.kept, conflict.other],
            "taken": conflict.other if take else conflict.kept,
        },
    )
    return conflict


#: Fields that may say nothing; the others say the empty text.
MAY_BE_NONE = {"pursued_amount", "next_step_on"}


def _read(conflict: FieldConflict, content: dict[str, Any]) -> Any:
    """The later value, read as the phone's would be."""
    value = None if conflict.field in MAY_BE_NONE and not conflict.other else conflict.other
    data = {**content, conflict.field: value}
    data["reached"] = Stage.PURSUED if data["pursued_amount"] else TALK
    return getattr(EntryContent.model_validate(data), conflict.field)
