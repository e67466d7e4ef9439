"""During the fair: who arrived, who is late, who did not come, and meetings made or swapped on the spot.

Everything is written to the published timetable, which both sides' pages read anew every few seconds.
"""

from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.kit.clock import local_day
from bridgehead.mailing.actions import MailFile
from bridgehead.matchmaking.actions.computing import take_figures
from bridgehead.matchmaking.actions.errors import Conflict
from bridgehead.matchmaking.actions.letters import CALENDAR, send_letter
from bridgehead.matchmaking.boards import Board
from bridgehead.matchmaking.calendars import calendar_of
from bridgehead.matchmaking.instances import published_timetable
from bridgehead.matchmaking.models import CheckIn, Forum, Meeting, Party, Slot, Timetable
from bridgehead.matchmaking.queries import meetings_of

LONGEST_DELAY = 120
SALT = "matchmaking.check_in"


class NotYet(Exception):
    def __init__(self) -> None:
        super().__init__(_("This meeting has not begun yet."))


def badge_of(party: Party) -> str:
    """What the QR code on a party's page says; it opens nothing by itself, only an officer's page for checking in."""
    return signing.dumps(party.pk, salt=SALT, compress=True)


def party_of_badge(badge: str) -> int | None:
    try:
        return int(signing.loads(badge, salt=SALT))
    except (signing.BadSignature, ValueError):
        return None


@transaction.atomic
def check_in(*, party: Party, by: Any, at: datetime | None = None) -> CheckIn:
    """Once a day; a second scan changes nothing."""
    now = at or timezone.now()
    row, made = CheckIn.objects.get_or_create(
        party=party, day=local_day(now, party.forum.zone), defaults={"at": now}
    )
    if made:
        _record(party.forum, "party.check_in", by, target=party, at=at)
    return row


def arrived_on(forum: Forum, day: date) -> dict[int, datetime]:
    """Party → when it arrived that day."""
    return dict(CheckIn.objects.filter(party__forum=forum, day=day).values_list("party", "at"))


@transaction.atomic
def say_late(*, meeting: Meeting, party: Party, minutes: int, by: Any, at: datetime | None = None) -> Meeting:
    """This side comes later by so many minutes; 0 takes it back. The other side reads it at once."""
    name = "firm_late" if party.pk == meeting.firm_id else "buyer_late"
    setattr(meeting, name, max(0, min(minutes, LONGEST_DELAY)))
    meeting.changed_at = at or timezone.now()
    meeting.save(update_fields=[name, "changed_at"])
    _record(
        party.forum, "meeting.late", by, target=meeting, data={"side": party.side, "minutes": minutes}, at=at
    )
    return meeting


@transaction.atomic
def mark_outcome(*, meeting: Meeting, outcome: str, by: Any, at: datetime | None = None) -> Meeting:
    """Took place, or who did not come; counts in the suggestions of later fairs. Raises NotYet before it has begun."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("slot", "timetable__forum__programme__host")
        .get(pk=meeting.pk)
    )
    if meeting.slot.starts_at > (at or timezone.now()):
        raise NotYet
    meeting.outcome = outcome
    meeting.save(update_fields=["outcome"])
    _record(meeting.timetable.forum, "meeting.outcome", by, target=meeting, data={"outcome": outcome}, at=at)
    return meeting


@transaction.atomic
def set_link(*, meeting: Meeting, link: str, by: Any, at: datetime | None = None) -> Meeting:
    """Where this online meeting is held; both pages and calendars show it from now on."""
    meeting.link, meeting.sequence, meeting.changed_at = link, meeting.sequence + 1, at or timezone.now()
    meeting.save(update_fields=["link", "sequence", "changed_at"])
    _record(meeting.timetable.forum, "meeting.link", by, target=meeting, at=at)
    return meeting


@transaction.atomic
def meet_ad_hoc(*, firm: Party, buyer: Party, slot: Slot, by: Any, at: datetime | None = None) -> Meeting:
    """Two who found each other at the fair get a free slot of both, and a table where the firm has no stand.
    Raises Conflict."""
    timetable = _published(firm.forum)
    board = Board(timetable, now=at)
    pair = (firm.pk, buyer.pk)
    if any((m.firm_id, m.buyer_id) == pair for m in board.meetings):
        raise Conflict([_("These two meet already.")])
    if problems := board.problems(pair, slot, None):
        raise Conflict(problems)
    spot = board.spot(pair, slot, None)
    now = at or timezone.now()
    former = timetable.meetings.filter(firm=firm, buyer=buyer).first()
    values = {
        "slot": slot,
        "table": spot.table,
        "stand": spot.stand,
        "state": Meeting.State.PLANNED,
        "cancelled_by": "",
        "cancel_reason": "",
        "rebook": False,
        "ad_hoc": True,
        "changed_at": now,
        "sequence": former.sequence + 1 if former else 0,
    }
    meeting, _made = Meeting.objects.update_or_create(
        timetable=timetable, firm=firm, buyer=buyer, defaults=values
    )
    _changed(timetable, [firm, buyer], at)
    _record(timetable.forum, "meeting.ad_hoc", by, target=meeting, at=at)
    return meeting


@transaction.atomic
def swap_published(*, one: Meeting, other: Meeting, by: Any, at: datetime | None = None) -> None:
    """Two meetings of the published timetable take each other's time; all concerned are told. Raises Conflict."""
    timetable = _published(one.timetable.forum)
    board = Board(timetable, now=at)
    by_pk = {meeting.pk: meeting for meeting in board.meetings}
    if one.pk not in by_pk or other.pk not in by_pk:
        raise Conflict([_("The timetable has changed meanwhile. Reload the page to see your meetings.")])
    one, other = by_pk[one.pk], by_pk[other.pk]
    if problems := board.swap_problems(one, other):
        raise Conflict(problems)
    leaving, now = [one.pk, other.pk], at or timezone.now()
    spots = [
        board.spot((m.firm_id, m.buyer_id), n.slot, None, leaving=leaving, wanted=n.table or m.table)
        for m, n in ((one, other), (other, one))
    ]
    Meeting.objects.filter(pk__in=leaving).update(
        state=Meeting.State.CANCELLED, cancelled_by=Meeting.CancelledBy.PLAN
    )
    for meeting, spot in zip((one, other), spots, strict=True):
        meeting.slot, meeting.table, meeting.stand = spot.slot, spot.table, spot.stand
        meeting.sequence, meeting.changed_at, meeting.interpreter = meeting.sequence + 1, now, None
        meeting.firm_confirmed_at = meeting.buyer_confirmed_at = None
        meeting.save()
    parties = Party.objects.filter(pk__in=[one.firm_id, one.buyer_id, other.firm_id, other.buyer_id])
    _changed(timetable, list(parties.select_related("organisation")), at)
    _record(timetable.forum, "meeting.swap", by, target=one, data={"with": str(other)}, at=at)


def _published(forum: Forum) -> Timetable:
    Forum.objects.select_for_update().get(pk=forum.pk)
    timetable = published_timetable(forum)
    if timetable is None:
        raise Conflict([_("There is no published timetable.")])
    return timetable


def _changed(timetable: Timetable, parties: list[Party], at: datetime | None) -> None:
    """Drafts made before are out of date, and everybody concerned gets the new file for the calendar."""
    timetable.revision += 1
    timetable.save(update_fields=["revision"])
    take_figures(timetable)
    for party in parties:
        party.forum = timetable.forum
        meetings = list(meetings_of(party))
        rows = [(meeting, meeting.other(party)) for meeting in meetings if meeting.is_planned]
        file = MailFile("meetings.ics", CALENDAR, calendar_of(party, meetings))
        send_letter(party, kind="timetable", context={"rows": rows, "again": True}, attachment=file, at=at)


def _record(
    forum: Forum,
    verb: str,
    by: Any,
    *,
    target: Any,
    data: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    audit.record(by=by, verb=verb, target=target, chain=forum.programme.host.slug, data=data or {}, at=at)
