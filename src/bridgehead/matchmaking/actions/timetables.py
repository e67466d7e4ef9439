"""Computing a timetable and publishing it."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.engines import scheduling
from bridgehead.engines.scheduling import Instance, Solution
from bridgehead.mailing.actions import MailFile
from bridgehead.matchmaking.actions.letters import CALENDAR, send_letter
from bridgehead.matchmaking.calendars import calendar_of
from bridgehead.matchmaking.instances import build, lean, pair_of, published_timetable
from bridgehead.matchmaking.models import Forum, Meeting, Party, Slot, Table, Timetable
from bridgehead.matchmaking.queries import meetings_of
from bridgehead.matchmaking.rules import SECONDS_TO_SOLVE, Seat, keep_tables

if TYPE_CHECKING:  # the solver behind these names is loaded when a timetable is computed, not at start-up
    from bridgehead.engines.scheduling import Progress

#: Seconds passed, and the engine's latest word (None before the first).
Tell = Callable[[float, "Progress | None"], None]
ASK_EVERY = 0.5


class NothingToPlan(Exception):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody who takes part wishes to meet anybody yet. A timetable needs wishes of at least one side."
            )
        )


class OutOfDate(Exception):
    """What the timetable was made of has changed since."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Since this timetable was computed, somebody has left or a meeting was cancelled. Compute it again."
            )
        )


def compute(
    *,
    forum: Forum,
    by: Any,
    time_limit: float = SECONDS_TO_SOLVE,
    threads: int = 0,
    least_change: bool = False,
    tell: Tell | None = None,
) -> Timetable:
    """Make a draft timetable. No lock is held while the engine thinks, so people keep saving their wishes.

    With `least_change` the published timetable is kept as far as it still can be. Raises NothingToPlan.
    """
    instance = build(forum, least_change=least_change)
    if not instance.requests:
        raise NothingToPlan
    base = published_timetable(forum) if instance.previous else None
    solution = _solved(instance, time_limit=time_limit, threads=threads, tell=tell)
    return _store(forum, instance, solution, base, by)


def _solved(instance: Instance, *, time_limit: float, threads: int, tell: Tell | None) -> Solution:
    """The engine reports from its own threads; here only this thread speaks to the database."""
    latest: list[Progress] = []
    run = scheduling.replan if instance.previous else scheduling.solve
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=1) as pool:
        answer = pool.submit(
            run, instance, time_limit=time_limit, threads=threads, seed=1, on_progress=latest.append
        )
        while tell is not None and not answer.done():
            tell(time.monotonic() - started, latest[-1] if latest else None)
            try:
                answer.result(timeout=ASK_EVERY)
            except NotYet:
                continue
        return answer.result()


@transaction.atomic
def _store(
    forum: Forum, instance: Instance, solution: Solution, base: Timetable | None, by: Any
) -> Timetable:
    """Timetable and meetings at once, or nothing."""
    Forum.objects.select_for_update().get(pk=forum.pk)
    stands = {party.id: party.booth.id for party in instance.participants if party.booth}
    tables = dict(Table.objects.filter(forum=forum).values_list("code", "pk"))
    slots = set(Slot.objects.filter(forum=forum).values_list("pk", flat=True))
    rows = [Seat(pair_of(row.request), int(row.slot), row.table) for row in solution.assignments]
    if any(seat.slot not in slots or (seat.table and seat.table not in tables) for seat in rows):
        raise OutOfDate
    rows = keep_tables(rows, _seats(published_timetable(forum)), sorted(tables))
    timetable = Timetable.objects.create(
        forum=forum,
        base=base,
        status=solution.status,
        objective=lean(solution.objective),
        bound=lean(solution.bound),
        instance=instance.to_dict(),
        requests=len(instance.requests),
        runtime_s=solution.runtime_s,
    )
    Meeting.objects.bulk_create(
        Meeting(
            timetable=timetable,
            firm_id=seat.pair[0],
            buyer_id=seat.pair[1],
            slot_id=seat.slot,
            table_id=tables[seat.table] if seat.table else None,
            stand="" if seat.table else stands.get(f"p{seat.pair[0]}") or "",
        )
        for seat in rows
    )
    data = {"meetings": len(rows), "status": solution.status, **lean(solution.objective)}
    _record(timetable, "timetable.compute", by, data=data)
    return timetable


def _seats(published: Timetable | None) -> list[Seat]:
    if published is None:
        return []
    planned = published.meetings.filter(state=Meeting.State.PLANNED, table__isnull=False).select_related(
        "table"
    )
    return [Seat((m.firm_id, m.buyer_id), m.slot_id, m.table.code) for m in planned if m.table]


@transaction.atomic
def publish(*, timetable: Timetable, by: Any, at: datetime | None = None) -> Timetable:
    """Make a draft the timetable that counts, and mail everybody whose meetings are new or changed, once.

    Published twice, nobody hears twice. The timetable it replaces stays on record; what is no longer planned stays in
    people's calendars as cancelled. Raises OutOfDate when somebody left or cancelled since it was computed.
    """
    now = at or timezone.now()
    forum = Forum.objects.select_for_update().get(pk=timetable.forum_id)
    timetable = Timetable.objects.select_related("forum__programme__host", "forum__programme__edition").get(
        pk=timetable.pk
    )
    if timetable.published_at is not None:
        return timetable
    before = published_timetable(forum)
    meetings = list(timetable.meetings.select_related("firm", "buyer"))
    _check_current(timetable, meetings, before)
    changed = _carry_over(timetable, meetings, before, now)
    if before is not None:
        before.published_at, before.replaced_at = None, now
        before.save(update_fields=["published_at", "replaced_at"])
    timetable.published_at = now
    timetable.save(update_fields=["published_at"])
    Forum.objects.filter(pk=forum.pk, published_at=None).update(published_at=now)
    _record(timetable, "timetable.publish", by, data={"meetings": len(meetings), "told": len(changed)}, at=at)
    _tell(timetable, changed, again=before is not None, at=at)
    return timetable


def _check_current(timetable: Timetable, meetings: list[Meeting], before: Timetable | None) -> None:
    gone = any(not (meeting.firm.takes_part and meeting.buyer.takes_part) for meeting in meetings)
    called_off: set[tuple[int, int, int]] = set()
    if before is not None:
        rows = before.meetings.filter(state=Meeting.State.CANCELLED).exclude(cancelled_by="plan")
        called_off = {(row.firm_id, row.buyer_id, row.slot_id if row.rebook else 0) for row in rows}
    again = any(
        {(m.firm_id, m.buyer_id, m.slot_id), (m.firm_id, m.buyer_id, 0)} & called_off for m in meetings
    )
    if timetable.replaced_at is not None or gone or again:
        raise OutOfDate


def _carry_over(
    timetable: Timetable, meetings: list[Meeting], before: Timetable | None, now: datetime
) -> set[int]:
    """Give each meeting the calendar entry its two had before; returns the keys of the parties to be told."""
    old = {(m.firm_id, m.buyer_id): m for m in before.meetings.all()} if before else {}
    told: set[int] = set()
    for meeting in meetings:
        former = old.pop((meeting.firm_id, meeting.buyer_id), None)
        meeting.changed_at = now
        if former is not None:
            meeting.uid, meeting.sequence = former.uid, former.sequence
            if _same(former, meeting):
                meeting.changed_at = former.changed_at
                continue
            meeting.sequence += 1
        told |= {meeting.firm_id, meeting.buyer_id}
    Meeting.objects.bulk_update(meetings, ["uid", "sequence", "changed_at"])
    for former in old.values():
        if former.is_planned:
            told |= {former.firm_id, former.buyer_id}
            former.state, former.cancelled_by = Meeting.State.CANCELLED, Meeting.CancelledBy.PLAN
            former.sequence, former.changed_at = former.sequence + 1, now
        former.pk, former.timetable = None, timetable
        former._state.adding = True
    Meeting.objects.bulk_create(old.values())
    return told


def _same(one: Meeting, other: Meeting) -> bool:
    where = [(m.slot_id, m.table_id, m.stand, m.state) for m in (one, other)]
    return where[0] == where[1]


def _tell(timetable: Timetable, parties: set[int], *, again: bool, at: datetime | None) -> None:
    forum = timetable.forum
    for party in Party.objects.filter(pk__in=parties, state=Party.State.ACCEPTED).select_related(
        "organisation"
    ):
        party.forum = forum
        meetings = list(meetings_of(party))
        rows = [(meeting, meeting.other(party)) for meeting in meetings if meeting.is_planned]
        file = MailFile("meetings.ics", CALENDAR, calendar_of(party, meetings))
        send_letter(party, kind="timetable", context={"rows": rows, "again": again}, attachment=file, at=at)


def _record(
    timetable: Timetable, verb: str, by: Any, *, data: dict[str, Any], at: datetime | None = None
) -> None:
    chain = timetable.forum.programme.host.slug
    audit.record(by=by, verb=verb, target=timetable, chain=chain, data=data, at=at)
