"""What the steps of the call builder share: their order, the indicator, and the way on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions.drafting import CallPublished
from bridgehead.calls.models import Call
from bridgehead.calls.queries.officer import missing_for_publication
from bridgehead.calls.views.officer.access import the_call
from bridgehead.programmes.models import Programme

STEPS = ["basics", "texts", "eligibility", "questions", "stages", "scoring", "preview"]


def titles() -> dict[str, str]:
    return {
        "basics": _("Kind and dates"),
        "texts": _("Announcement"),
        "eligibility": _("Eligibility"),
        "questions": _("Question set"),
        "stages": _("Stages"),
        "scoring": _("Places and selection"),
        "preview": _("Preview and publish"),
    }


def builder_frame(programme: Programme, call: Call | None, current: str) -> dict[str, Any]:
    """The step indicator: a step is done when nothing that belongs to it is missing."""
    open_steps = {missing.step for missing in missing_for_publication(call)} if call else set(STEPS)
    steps = [
        {
            "label": title,
            "url": reverse(f"calls:desk_{code}", args=[call.slug]) if call else "",
            "state": "current"
            if code == current
            else "todo"
            if code in open_steps or code == "preview"
            else "done",
        }
        for code, title in titles().items()
    ]
    title = titles()[current]
    return {"programme": programme, "page_code": "calls", "call": call, "steps": steps, "step_title": title}


def next_step(request: SignedInRequest, call: Call, step: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(f"calls:desk_{STEPS[STEPS.index(step) + 1]}", call.slug)


def editable(request: SignedInRequest, slug: str) -> Call:
    return the_call(request, slug, roles.CALL_EDIT)


def closed(request: SignedInRequest, call: Call) -> HttpResponse:
    """Instead of a form that could not be saved."""
    messages.warning(request, str(CallPublished()))
    return redirect("calls:desk_call", call.slug)
