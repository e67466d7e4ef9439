"""Codes of the trail and of decisions in the reader's words."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

VERBS: dict[str, Promise] = {
    "call.create": _("Call written"),
    "call.edit": _("Call changed"),
    "call.edit_texts": _("Announcement changed"),
    "call.choose_questions": _("Question set chosen"),
    "call.set_scoring": _("Scoring set"),
    "call.publish": _("Call published"),
    "call.extend_deadline": _("Deadline extended"),
    "call.assign_reviewers": _("Applications handed out to reviewers"),
    "call.decide": _("Decisions written down"),
    "call.release": _("Decisions released"),
    "application.start": _("Application begun"),
    "application.create": _("Application begun"),
    "application.reopen": _("Application begun again"),
    "application.submit": _("Application submitted"),
    "application.return": _("Returned for completion"),
    "application.shortlist": _("Found eligible"),
    "application.select": _("Selected"),
    "application.reserve": _("Put on the reserve list"),
    "application.decline": _("Not selected"),
    "application.withdraw": _("Withdrawn"),
    "decision.change": _("Decision changed by the committee"),
}
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


@register.simple_tag
def verb(code: str) -> str:
    """A code this version has no words for is shown as it is."""
    return str(VERBS.get(code, code))


@register.filter
def tone(state: str) -> str:
    """The badge colour of a state; the word beside it says the same."""
    return TONES.get(state, "gray")
