"""Words the pages and mails of the matchmaking use."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format

from bridgehead.kit.clock import local_day
from bridgehead.kit.countries import country_name
from bridgehead.matchmaking.calendars import place_of
from bridgehead.matchmaking.forms import day_label
from bridgehead.matchmaking.grids import clock
from bridgehead.matchmaking.models import Meeting, Pin, Slot

register = template.Library()
register.filter("country", country_name)


@register.filter
def when(slot: Slot, zone: str) -> str:
    """“Friday 16 January, 09:00–09:30” on the clock of the fair."""
    return f"{day_label(local_day(slot.starts_at, zone))}, {clock(slot, zone)}"


@register.filter
def hours(slot: Slot, zone: str) -> str:
    return clock(slot, zone)


@register.filter
def place(meeting: Meeting) -> str:
    return place_of(meeting)


@register.filter
def moment(value: datetime, zone: str) -> str:
    """Short, for tables: “16 January 2026 09:30” there."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{date_format(local, 'DATE_FORMAT')} {local:%H:%M}"


@register.filter
def pinned(meeting: Meeting, pins: dict[tuple[int, int], Pin]) -> bool:
    """Whether this meeting stands where the officer fixed it."""
    pin = pins.get((meeting.firm_id, meeting.buyer_id))
    return pin is not None and pin.slot_id == meeting.slot_id
