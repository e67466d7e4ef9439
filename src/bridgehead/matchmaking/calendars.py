"""Calendar files (RFC 5545): one entry per meeting, with the zone's rules inside, in the party's language."""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bridgehead.matchmaking.models import Meeting, Party


def calendar_of(party: Party, meetings: Iterable[Meeting]) -> bytes:
    """`meetings` with firm, buyer (and organisations), slot and table; cancelled ones say so, so that they vanish.

    The same two keep their UID when they are moved; SEQUENCE tells the calendar which version is newer.
    """
    forum = party.forum
    language = "ko" if party.language.startswith("ko") else "en"
    with translation.override(language):
        calendar = Calendar()
        calendar.add("prodid", "-//Bridgehead//Matchmaking//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", _("Meetings: %(programme)s") % {"programme": forum.programme.title})
        calendar.add("x-wr-timezone", forum.zone)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        for meeting in meetings:
            calendar.add_component(_event(meeting, party, forum.zone))
        calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(meeting: Meeting, party: Party, zone: str) -> Event:
    place, other = ZoneInfo(zone), meeting.other(party)
    event = Event()
    event.add("uid", f"{meeting.uid}@bridgehead")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("dtstart", meeting.slot.starts_at.astimezone(place))
    event.add("dtend", meeting.slot.ends_at.astimezone(place))
    event.add("summary", _("Meeting with %(other)s") % {"other": other.organisation.name})
    event.add("location", _location(meeting, party))
    event.add("status", "CONFIRMED" if meeting.is_planned else "CANCELLED")
    if other.interest:
        event.add("description", other.interest)
    return event


def place_of(meeting: Meeting) -> str:
    """“Table T03” or “Stand A-2”."""
    if meeting.table is not None:
        return _("Table %(code)s") % {"code": meeting.table.code}
    return _("Stand %(code)s") % {"code": meeting.stand}


def _location(meeting: Meeting, party: Party) -> str:
    edition = party.forum.programme.edition
    venue = [edition.venue, edition.city] if edition else []
    return ", ".join(filter(None, [place_of(meeting), *venue]))
