"""How states of an application look."""

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
