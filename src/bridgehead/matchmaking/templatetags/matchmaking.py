"""Words the pages and mails of the matchmaking use."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bridgehead.kit.clock import local_day
from bridgehead.kit.countries import country_name
from bridgehead.matchmaking.answers import day_label
from bridgehead.matchmaking.calendars import online_link, place_of
from bridgehead.matchmaking.grids import clock
from bridgehead.matchmaking.guests import switch
from bridgehead.matchmaking.models import Forum, Meeting, Pin, Slot
from bridgehead.matchmaking.profiles import LANGUAGES
from bridgehead.matchmaking.suggesting import part_name

register = template.Library()
register.filter("country", country_name)
register.filter("part_name", part_name)


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


@register.simple_tag(takes_context=True)
def guest_languages(context: dict[str, Any]) -> list[tuple[str, str, str]]:
    """This page in every language buyers read."""
    request = context.get("request")
    return switch(request.get_full_path()) if request else []


@register.filter
def double_sign(sign: str) -> str:
    """Why two entries may be one."""
    return {
        "email": _("the same email"),
        "domain": _("the same name and domain"),
        "phone": _("the same phone"),
    }[sign]


@register.filter
def link_of(meeting: Meeting, forum: Forum) -> str:
    return online_link(meeting, forum=forum)


@register.filter
def local_clock(value: datetime, zone: str) -> str:
    """“09:42” there."""
    return f"{value.astimezone(ZoneInfo(zone)):%H:%M}"


@register.filter
def language_names(codes: list[str]) -> str:
    return ", ".join(str(LANGUAGES[code]) for code in codes if code in LANGUAGES)
