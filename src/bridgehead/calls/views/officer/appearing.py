"""The order of the day of an interview: day and place, the list as it would be, its publication, its sheet."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import day
from bridgehead.calls.actions import appearing
from bridgehead.calls.forms.officer.day import DayForm
from bridgehead.calls.models import Stage
from bridgehead.calls.queries.appearing import has_a_day, obstacles_to_publishing, order_of, without_a_place
from bridgehead.calls.queries.officer import calls_visible_to
from bridgehead.calls.views.officer.access import frame
from bridgehead.documents import CONTENT_TYPES


def _stage(request: SignedInRequest, pk: int, permission: str) -> Stage:
    visible = calls_visible_to(request.user, permission)
    found = get_object_or_404(Stage.objects.select_related("call__programme__host"), pk=pk, call__in=visible)
    if not has_a_day(found):
        raise Http404
    return found


def _page(request: SignedInRequest, stage: Stage, form: DayForm) -> HttpResponse:
    context: dict[str, Any] = {
        **frame(request, stage.call, "selection", "reviewers"),
        "stage": stage,
        "form": form,
        "order": order_of(stage),
        "waiting": without_a_place(stage),
        "obstacles": obstacles_to_publishing(stage),
        "is_over": bool(stage.closed_at or stage.call.released_at),
    }
    status = 422 if form.is_bound else 200
    return render(request, "calls/officer/order.html", context, status=status)


@login_required
@require_safe
def order(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _stage(request, pk, roles.APPLICATION_VIEW)
    with timezone.override(found.call.zone):
        return _page(request, found, DayForm(instance=found))


@login_required
@require_POST
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _stage(request, pk, roles.DECIDE)
    with timezone.override(found.call.zone):
        form = DayForm(request.POST, instance=found)
        if form.is_valid():
            try:
                appearing.plan_day(stage=found, by=request.user, **form.cleaned_data)
            except (appearing.NoDay, appearing.StillNeeded) as error:
                form.add_error(None, str(error))
        if not form.is_valid():
            return _page(request, _stage(request, pk, roles.DECIDE), form)
    messages.success(request, _("Saved."))
    return redirect("calls:desk_order", pk)


@login_required
@require_POST
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """`by` says how those without a place are put in order: number or lot."""
    found = _stage(request, pk, roles.DECIDE)
    try:
        made = appearing.publish_order(stage=found, drawn=request.POST.get("by") == "lot", by=request.user)
    except appearing.NotPublished as error:
        messages.error(request, str(error))
    else:
        text = ngettext(
            "The order is published; %(count)s firm is told its time and place.",
            "The order is published; %(count)s firms are told their time and place.",
            len(made),
        )
        messages.success(request, text % {"count": len(made)})
    return redirect("calls:desk_order", pk)


@login_required
@require_safe
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _stage(request, pk, roles.APPLICATION_VIEW)
    data = day.workbook_of(found, order_of(found))
    response = HttpResponse(data, content_type=CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{found.call.slug}-order.xlsx"'
    return response
