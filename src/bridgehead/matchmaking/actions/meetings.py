"""Calling one published meeting off."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.mailing.actions import MailFile
from bridgehead.matchmaking.actions.letters import CANCELLING, send_letter
from bridgehead.matchmaking.calendars import calendar_of
from bridgehead.matchmaking.models import Meeting, Party
from bridgehead.matchmaking.offering import look_for_offers


class CannotCancel(Exception):
    """`why` says what stands in the way."""


@transaction.atomic
def cancel_meeting(
    *,
    meeting: Meeting,
    by: Any,
    party: Party | None = None,
    reason: str,
    rebook: bool = False,
    at: datetime | None = None,
) -> Meeting:
    """Call a meeting off and tell the other side (both sides when the officer does it, without `party`).

    Its time and place are free at once, and the worker looks who of those waiting would fit there. `rebook` says that another time is welcome: the next re-planning looks for
    one. Cancelled twice is cancelled once, with one mail.
    """
    now = at or timezone.now()
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related(
            "timetable",
            "slot",
            "table",
            "firm__organisation",
            "firm__forum__programme__host",
            "firm__forum__programme__edition",
            "buyer__organisation",
            "buyer__forum__programme__host",
            "buyer__forum__programme__edition",
        )
        .get(pk=meeting.pk)
    )
    if not meeting.is_planned:
        return meeting
    if meeting.timetable.published_at is None:
        raise CannotCancel(_("The timetable has changed meanwhile. Reload the page to see your meetings."))
    if party is not None and meeting.slot.starts_at <= now:
        raise CannotCancel(_("This meeting has begun already and can no longer be cancelled here."))
    meeting.state = Meeting.State.CANCELLED
    meeting.cancelled_by = party.side if party else Meeting.CancelledBy.OFFICER
    meeting.cancel_reason, meeting.rebook = reason.strip()[:300], rebook
    meeting.sequence += 1
    meeting.changed_at = now
    meeting.save(update_fields=["state", "cancelled_by", "cancel_reason", "rebook", "sequence", "changed_at"])
    audit.record(
        by=by,
        verb="meeting.cancel",
        target=meeting,
        chain=meeting.firm.forum.programme.host.slug,
        reason=meeting.cancel_reason,
        data={"by_side": meeting.cancelled_by, "rebook": rebook},
        at=at,
    )
    transaction.on_commit(partial(look_for_offers.enqueue, meeting.timetable.forum_id))
    for told in (meeting.firm, meeting.buyer):
        if party is None or told.pk != party.pk:
            _tell(meeting, told, at)
    return meeting


def _tell(meeting: Meeting, party: Party, at: datetime | None) -> None:
    """A party that has left needs no mail."""
    if not party.takes_part:
        return
    file = MailFile("cancelled.ics", CANCELLING, calendar_of(party, [meeting], method="CANCEL"))
    context = {"meeting": meeting, "other": meeting.other(party)}
    send_letter(party, kind="cancelled", context=context, attachment=file, at=at)


def cancel_all_of(party: Party, *, by: Any, reason: str, at: datetime | None = None) -> None:
    """When a party leaves: its published meetings, each with a word to the other side."""
    now = at or timezone.now()
    mine = Meeting.objects.filter(
        Q(firm=party) | Q(buyer=party),
        timetable__published_at__isnull=False,
        state=Meeting.State.PLANNED,
        slot__starts_at__gt=now,
    )
    for meeting in mine.order_by("pk"):
        cancel_meeting(meeting=meeting, by=by, party=party, reason=reason, at=at)
