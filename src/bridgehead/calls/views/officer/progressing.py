"""Closing a stage: who goes on, with names and count before it is done, and one by one with a reason afterwards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls.actions import progressing
from bridgehead.calls.models import Stage
from bridgehead.calls.queries.officer import calls_visible_to
from bridgehead.calls.queries.stages import obstacles_to_closing, stage_after, standings
from bridgehead.calls.views.officer.access import frame, the_application

PER_PAGE = 50


def _stage(request: SignedInRequest, pk: int, permission: str) -> Stage:
    visible = calls_visible_to(request.user, permission)
    return get_object_or_404(Stage.objects.select_related("call__programme"), pk=pk, call__in=visible)


@login_required
@require_safe
def stage(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _stage(request, pk, roles.APPLICATION_VIEW)
    rows = standings(found)
    on, following = sum(row.goes_on for row in rows), stage_after(found)
    context = {
        **frame(request, found.call, "selection", "reviewers"),
        "stage": found,
        "following": following,
        "may_change": bool(found.closed_at and following and following.closed_at is None),
        "going_on": on,
        "left_behind": len(rows) - on,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "obstacles": obstacles_to_closing(found) if following and found.closed_at is None else [],
    }
    return render(request, "calls/officer/stage.html", context)


@login_required
@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _stage(request, pk, roles.DECIDE)
    try:
        closed = progressing.close_stage(stage=found, by=request.user)
    except progressing.NotYet as error:
        messages.error(request, str(error))
    else:
        counts = {"on": closed.going_on, "behind": closed.left_behind}
        messages.success(request, _("The stage is closed: %(on)s go on, %(behind)s stay behind.") % counts)
    return redirect("calls:desk_stage", pk)


@login_required
@require_POST
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """`to` says which way: on, or behind."""
    application = the_application(request, pk, roles.DECIDE)
    act = progressing.let_through if request.POST.get("to") == "on" else progressing.hold_back
    try:
        act(application=application, by=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, _("Changed, with your reason in the audit trail."))
    except (progressing.TooLate, progressing.ReasonMissing) as error:
        messages.error(request, str(error))
    shown = request.POST.get("stage", "")
    if shown.isdigit():
        return redirect("calls:desk_stage", int(shown))
    return redirect("calls:desk_reviewers", application.call.slug)
