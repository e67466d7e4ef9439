"""Fetching is the permission check: a stranger gets 404. And what every page of a call shows around itself."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.models import Application, Call
from bridgehead.calls.queries.officer import applications_visible_to, calls_visible_to
from bridgehead.organisations.queries import permissions_at


def the_call(request: SignedInRequest, slug: str, permission: str) -> Call:
    return get_object_or_404(calls_visible_to(request.user, permission), slug=slug)


def the_application(request: SignedInRequest, pk: int, permission: str) -> Application:
    return get_object_or_404(applications_visible_to(request.user, permission), pk=pk)


def frame(request: SignedInRequest, call: Call, page_code: str, current: str) -> dict[str, Any]:
    """The programme's navigation, and the tabs of the call that the reader may open."""
    allowed = permissions_at(request.user, call.programme.host, call.programme.operator)
    pages = [
        ("call", _("Call"), "calls:desk_call"),
        ("applications", _("Applications"), "calls:desk_applications"),
        ("reviewers", _("Reviewers"), "calls:desk_reviewers"),
        ("selection", _("Selection"), "calls:desk_selection"),
    ]
    tabs = [
        {"label": label, "url": reverse(name, args=[call.slug]), "current": code == current}
        for code, label, name in pages
        if code == "call" or roles.APPLICATION_VIEW in allowed
    ]
    may_decide = roles.DECIDE in allowed
    return {
        "may_decide": may_decide,
        "programme": call.programme,
        "page_code": page_code,
        "call": call,
        "call_tabs": tabs,
    }
