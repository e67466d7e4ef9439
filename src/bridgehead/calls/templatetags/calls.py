"""How states and figures of an application look."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template

register = template.Library()

TONES = {
    "submitted": "info",
    "returned": "warning",
    "shortlisted": "secondary",
    "selected": "success",
    "reserved": "primary",
    "declined": "gray",
    "withdrawn": "gray",
    "offered": "info",
    "accepted": "success",
}


@register.filter
def tone(state: str) -> str:
    """The badge colour of a state; the word beside it says the same."""
    return TONES.get(state, "gray")


@register.filter
def numeral(value: Any) -> str:
    """A figure as an input of a form takes it: a point, no zeros behind, whatever the language."""
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


@register.filter
def clock(moment: datetime, zone: str) -> str:
    """The time alone, in a list whose day and zone stand above it."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


@register.filter
def absolute(number: int) -> int:
    return abs(number)


@register.filter
def fields_of(names: str, form: Any) -> list[Any]:
    """`"places threshold"|fields_of:form`: bound fields one by one."""
    return [form[name] for name in names.split()]
