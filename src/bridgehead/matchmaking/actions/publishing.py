"""Publishing a timetable: from a draft to what people were told."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bridgehead.mailing.actions import MailFile
from bridgehead.matchmaking.actions.computing import record
from bridgehead.matchmaking.actions.errors import ChangedMeanwhile, OutOfDate, PublishedMeanwhile
from bridgehead.matchmaking.actions.letters import CALENDAR, send_letter
from bridgehead.matchmaking.calendars import calendar_of
from bridgehead.matchmaking.instances import published_timetable
from bridgehead.matchmaking.models import Forum, Meeting, Party, Timetable
from bridgehead.matchmaking.queries import meetings_of


@transaction.atomic
def publish(
    *,
    timetable: Timetable,
    by: Any,
    revision: int | None = None,
    over: str | None = None,
    at: datetime | None = None,
) -> Timetable:
    """Make a draft the next version that counts, and mail everybody whose meetings are new or changed, once.

    Published twice, nobody hears twice. The timetable it replaces stays on record; what is no longer planned stays in
    people's calendars as cancelled. Raises OutOfDate when somebody left or cancelled since it was computed. The page
    says what it has shown: `over` is the stamp of the published timetable (empty for none), `revision` that of the
    draft; PublishedMeanwhile and ChangedMeanwhile are raised when either is no longer so.
    """
    now = at or timezone.now()
    forum = Forum.objects.select_for_update().get(pk=timetable.forum_id)
    timetable = Timetable.objects.select_related("forum__programme__host", "forum__programme__edition").get(
        pk=timetable.pk
    )
    if timetable.published_at is not None:
        return timetable
    before = published_timetable(forum)
    _check_seen(timetable, before, revision, over)
    meetings = list(timetable.meetings.select_related("firm", "buyer"))
    _check_current(timetable, meetings, before)
    changed = _carry_over(timetable, meetings, before, now)
    _replace(before, timetable, now, by)
    Forum.objects.filter(pk=forum.pk, published_at=None).update(published_at=now)
    record(
        timetable,
        "timetable.publish",
        by,
        data={"version": timetable.version, "meetings": len(meetings), "told": len(changed)},
        at=at,
    )
    _tell(timetable, changed, again=before is not None, at=at)
    return timetable


def _check_seen(
    timetable: Timetable, before: Timetable | None, revision: int | None, over: str | None
) -> None:
    if over is not None and before is not None and over != before.stamp:
        raise PublishedMeanwhile(before)
    if revision is not None and revision != timetable.revision:
        raise ChangedMeanwhile


def _replace(before: Timetable | None, timetable: Timetable, now: datetime, by: Any) -> None:
    if before is not None:
        before.published_at, before.replaced_at = None, now
        before.save(update_fields=["published_at", "replaced_at"])
    timetable.published_at, timetable.version = now, next_version(timetable.forum)
    timetable.published_by = by if getattr(by, "pk", None) else None
    timetable.save(update_fields=["published_at", "version", "published_by"])


def next_version(forum: Forum) -> int:
    """Called with the forum locked."""
    return (forum.timetables.aggregate(last=Max("version"))["last"] or 0) + 1


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
    """Give each meeting the calendar entry its two had before, and what they confirmed where nothing changed for them;
    returns the keys of the parties to be told."""
    old = {(m.firm_id, m.buyer_id): m for m in before.meetings.all()} if before else {}
    told: set[int] = set()
    for meeting in meetings:
        former = old.pop((meeting.firm_id, meeting.buyer_id), None)
        meeting.changed_at = now
        if former is not None:
            meeting.uid, meeting.sequence, meeting.link = former.uid, former.sequence, former.link
            if _same(former, meeting):
                meeting.changed_at = former.changed_at
                meeting.firm_confirmed_at = former.firm_confirmed_at
                meeting.buyer_confirmed_at = former.buyer_confirmed_at
                continue
            meeting.sequence += 1
        told |= {meeting.firm_id, meeting.buyer_id}
    Meeting.objects.bulk_update(
        meetings, ["uid", "sequence", "link", "changed_at", "firm_confirmed_at", "buyer_confirmed_at"]
    )
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
