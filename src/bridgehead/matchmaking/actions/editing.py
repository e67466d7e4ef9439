"""Changing a draft by hand. Every change is checked against everything that holds a meeting, and can be undone."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.matchmaking.actions.computing import next_number, record, take_figures
from bridgehead.matchmaking.actions.errors import ChangedMeanwhile, Conflict, NotADraft
from bridgehead.matchmaking.boards import Board
from bridgehead.matchmaking.instances import Pair
from bridgehead.matchmaking.models import Forum, Meeting, Party, Pin, Slot, Table, Timetable

MOST_UNDONE = 50
#: One side of an undo step: firm, buyer, and where they met before (None: they did not).
Trace = list[Any]


def _locked(timetable: Timetable, revision: int | None) -> Timetable:
    """The draft, nobody else changing it until we are through."""
    Forum.objects.select_for_update().get(pk=timetable.forum_id)
    locked = Timetable.objects.select_related("forum__programme__host", "forum__programme__edition").get(
        pk=timetable.pk
    )
    if not locked.is_draft:
        raise NotADraft
    if revision is not None and revision != locked.revision:
        raise ChangedMeanwhile
    return locked


def _done(timetable: Timetable, traces: list[Trace], verb: str, by: Any, data: dict[str, Any]) -> Timetable:
    timetable.revision += 1
    timetable.history = [*timetable.history, traces][-MOST_UNDONE:]
    timetable.save(update_fields=["revision", "history"])
    take_figures(timetable)
    record(timetable, verb, by, data=data)
    return timetable


def _trace(meeting: Meeting) -> Trace:
    return [meeting.firm_id, meeting.buyer_id, meeting.slot_id, meeting.table_id, meeting.stand]


@transaction.atomic
def copy_timetable(*, timetable: Timetable, by: Any) -> Timetable:
    """A draft with the same meetings, to be changed by hand. What was cancelled is not copied."""
    forum = Forum.objects.select_for_update().select_related("programme__host").get(pk=timetable.forum_id)
    copy = Timetable.objects.create(
        forum=forum,
        number=next_number(forum),
        goal=timetable.goal,
        base=timetable.base,
        made_by=by if getattr(by, "pk", None) else None,
        status=timetable.status,
        objective=timetable.objective,
        bound=timetable.bound,
        instance=timetable.instance,
        requests=timetable.requests,
    )
    Meeting.objects.bulk_create(
        Meeting(
            timetable=copy,
            firm_id=meeting.firm_id,
            buyer_id=meeting.buyer_id,
            slot_id=meeting.slot_id,
            table_id=meeting.table_id,
            stand=meeting.stand,
            interpreter_id=meeting.interpreter_id,
        )
        for meeting in timetable.meetings.filter(state=Meeting.State.PLANNED)
    )
    take_figures(copy)
    record(copy, "timetable.copy", by, data={"of": timetable.number})
    return copy


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, slot: Slot, by: Any, table: Table | None = None, revision: int | None = None
) -> Timetable:
    """To another time, table or both; without `table` it keeps its own where that is free. Raises Conflict."""
    timetable = _locked(meeting.timetable, revision)
    board = Board(timetable)
    meeting = next(one for one in board.meetings if one.pk == meeting.pk)
    pair = (meeting.firm_id, meeting.buyer_id)
    if problems := board.problems(pair, slot, table, moving=[meeting]):
        raise Conflict(problems)
    spot = board.spot(pair, slot, table, leaving=[meeting.pk], wanted=meeting.table)
    traces = [_trace(meeting)]
    _seat(meeting, spot.slot, spot.table, spot.stand)
    data = {"firm": str(pair[0]), "buyer": str(pair[1]), "to": slot.starts_at}
    return _done(timetable, traces, "timetable.move", by, data)


@transaction.atomic
def swap_meetings(*, one: Meeting, other: Meeting, by: Any, revision: int | None = None) -> Timetable:
    """Two meetings take each other's time; each keeps its table where it can. Raises Conflict."""
    timetable = _locked(one.timetable, revision)
    board = Board(timetable)
    by_pk = {meeting.pk: meeting for meeting in board.meetings}
    one, other = by_pk[one.pk], by_pk[other.pk]
    if problems := board.swap_problems(one, other):
        raise Conflict(problems)
    traces, leaving = [_trace(one), _trace(other)], [one.pk, other.pk]
    spots = [
        board.spot((m.firm_id, m.buyer_id), n.slot, None, leaving=leaving, wanted=n.table or m.table)
        for m, n in ((one, other), (other, one))
    ]
    kept = {m.pk: (m.uid, m.sequence) for m in (one, other)}
    Meeting.objects.filter(pk__in=leaving).delete()
    for meeting, spot in zip((one, other), spots, strict=True):
        Meeting.objects.create(
            timetable=timetable,
            firm_id=meeting.firm_id,
            buyer_id=meeting.buyer_id,
            slot=spot.slot,
            table=spot.table,
            stand=spot.stand,
            uid=kept[meeting.pk][0],
        )
    return _done(timetable, traces, "timetable.swap", by, {"meetings": [str(one), str(other)]})


@transaction.atomic
def add_meeting(
    *,
    timetable: Timetable,
    firm: Party,
    buyer: Party,
    slot: Slot,
    by: Any,
    table: Table | None = None,
    revision: int | None = None,
) -> Timetable:
    """A meeting that was waiting. Raises Conflict, also when the two meet already."""
    timetable = _locked(timetable, revision)
    board = Board(timetable)
    pair = (firm.pk, buyer.pk)
    if any((m.firm_id, m.buyer_id) == pair for m in board.meetings):
        raise Conflict([_("These two meet already.")])
    if problems := board.problems(pair, slot, table):
        raise Conflict(problems)
    spot = board.spot(pair, slot, table)
    Meeting.objects.create(
        timetable=timetable, firm=firm, buyer=buyer, slot=slot, table=spot.table, stand=spot.stand
    )
    traces: list[Trace] = [[firm.pk, buyer.pk, None, None, ""]]
    return _done(timetable, traces, "timetable.add", by, {"firm": str(firm), "buyer": str(buyer)})


@transaction.atomic
def drop_meeting(*, meeting: Meeting, by: Any, revision: int | None = None) -> Timetable:
    """Out of the draft; the wish waits again."""
    timetable = _locked(meeting.timetable, revision)
    traces = [_trace(meeting)]
    data = {"firm": str(meeting.firm), "buyer": str(meeting.buyer)}
    meeting.delete()
    return _done(timetable, traces, "timetable.drop", by, data)


@transaction.atomic
def undo(*, timetable: Timetable, by: Any, revision: int | None = None) -> Timetable:
    """Take the last change by hand back."""
    timetable = _locked(timetable, revision)
    if not timetable.history:
        return timetable
    *rest, traces = timetable.history
    _put_back(timetable, traces)
    timetable.revision += 1
    timetable.history = rest
    timetable.save(update_fields=["revision", "history"])
    take_figures(timetable)
    record(timetable, "timetable.undo", by, data={"left": len(rest)})
    return timetable


def _put_back(timetable: Timetable, traces: Iterable[Trace]) -> None:
    """First everything leaves its place, then everything takes its old one, so that two may have swapped."""
    for firm, buyer, *_old in traces:
        timetable.meetings.filter(firm=firm, buyer=buyer).delete()
    for firm, buyer, slot, table, stand in traces:
        if slot is not None:
            Meeting.objects.create(
                timetable=timetable, firm_id=firm, buyer_id=buyer, slot_id=slot, table_id=table, stand=stand
            )


def _seat(meeting: Meeting, slot: Slot, table: Table | None, stand: str) -> None:
    meeting.slot, meeting.table, meeting.stand = slot, table, stand
    meeting.save(update_fields=["slot", "table", "stand"])


@transaction.atomic
def pin(*, meeting: Meeting, by: Any) -> Pin:
    """Every later computation holds this meeting at this time and table. A pin in its way is taken off."""
    forum = (
        Forum.objects.select_for_update().select_related("programme__host").get(pk=meeting.timetable.forum_id)
    )
    pair: Pair = (meeting.firm_id, meeting.buyer_id)
    forum.pins.filter(slot=meeting.slot_id, firm=pair[0]).delete()
    forum.pins.filter(slot=meeting.slot_id, buyer=pair[1]).delete()
    made, _created = Pin.objects.update_or_create(
        forum=forum,
        firm_id=pair[0],
        buyer_id=pair[1],
        defaults={"slot": meeting.slot, "table": meeting.table},
    )
    audit.record(by=by, verb="timetable.pin", target=made, chain=forum.programme.host.slug)
    return made


@transaction.atomic
def unpin(*, pin: Pin, by: Any) -> None:
    audit.record(by=by, verb="timetable.unpin", target=pin, chain=pin.forum.programme.host.slug)
    pin.delete()


@transaction.atomic
def discard(*, timetable: Timetable, by: Any) -> None:
    """Only drafts; what people were told stays on record."""
    timetable = _locked(timetable, None)
    record(timetable, "timetable.discard", by, data={"number": timetable.number})
    timetable.delete()


@transaction.atomic
def label_timetable(*, timetable: Timetable, label: str, by: Any) -> None:
    timetable.label = label.strip()[:80]
    timetable.save(update_fields=["label"])
    record(timetable, "timetable.label", by, data={"label": timetable.label})
