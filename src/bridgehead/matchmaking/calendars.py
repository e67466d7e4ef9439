"""Calendar files (RFC 5545): one entry per meeting, with the zone's rules inside, in the party's language."""

from collections.abc import Iterable
from datetime import timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from bridgehead.matchmaking.guests import language_of
from bridgehead.matchmaking.models import Forum, Meeting, Party, Table


def calendar_of(party: Party, meetings: Iterable[Meeting], *, method: str = "PUBLISH") -> bytes:
    """`meetings` with firm, buyer (and organisations), slot and table; cancelled ones say so, so that they vanish.

    The same two keep their UID when they are moved; SEQUENCE tells the calendar which version is newer. With `method`
    CANCEL (RFC 5546) mail programs take the one meeting out by themselves; it names an organiser and whom it is for.
    """
    forum = party.forum
    with translation.override(language_of(party)):
        calendar = Calendar()
        calendar.add("prodid", "-//Bridgehead//Matchmaking//EN")
        calendar.add("version", "2.0")
        calendar.add("method", method)
        calendar.add("x-wr-calname", _("Meetings: %(programme)s") % {"programme": forum.programme.title})
        calendar.add("x-wr-timezone", forum.zone)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        for meeting in meetings:
            event = _event(meeting, party, forum.zone)
            if method == "CANCEL":
                _address(event, party)
            calendar.add_component(event)
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
    event.add("location", online_link(meeting, forum=party.forum) or _location(meeting, party))
    event.add("status", "CONFIRMED" if meeting.is_planned else "CANCELLED")
    if other.interest:
        event.add("description", other.interest)
    return event


def _address(event: Event, party: Party) -> None:
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["CN"] = vText(party.forum.programme.host.name)
    event["organizer"] = organiser
    attendee = vCalAddress(f"mailto:{party.email}")
    attendee.params["CN"] = vText(party.organisation.name)
    event.add("attendee", attendee)


def online_link(meeting: Meeting, *, forum: Forum) -> str:
    """Where an online meeting is held: its own link, or the forum's pattern with a code nobody can guess."""
    if not meeting.is_online:
        return ""
    code = meeting.uid.hex
    return meeting.link or forum.online_pattern.replace("{code}", code)


def table_name(table: Table) -> str:
    return _("Table %(code)s") % {"code": table.code}


def place_of(meeting: Meeting) -> str:
    """“Table T03”, “Stand A-2” or “Online”."""
    if meeting.table is not None:
        return table_name(meeting.table)
    if not meeting.stand:
        return _("Online")
    return _("Stand %(code)s") % {"code": meeting.stand}


def _location(meeting: Meeting, party: Party) -> str:
    edition = party.forum.programme.edition
    venue = [edition.venue, edition.city] if edition else []
    return ", ".join(filter(None, [place_of(meeting), *venue]))
