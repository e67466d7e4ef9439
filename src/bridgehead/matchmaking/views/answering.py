"""What the pages of buyers, makers and officers share: one party says what it wants, sees its timetable, cancels."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.kit.clock import with_zone
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.calendars import calendar_of
from bridgehead.matchmaking.forms import AnswersForm, CancelForm
from bridgehead.matchmaking.models import Meeting, Party
from bridgehead.matchmaking.queries import counterparts, meetings_of, slots_of, wishes_of
from bridgehead.matchmaking.rules import closed


def answers_form(party: Party, data: Any = None) -> AnswersForm:
    return AnswersForm(
        data,
        party=party,
        slots=slots_of(party.forum),
        candidates=counterparts(party),
        wishes=wishes_of(party),
        unavailable=set(party.unavailable.values_list("pk", flat=True)),
    )


def save(
    request: HttpRequest, party: Party, *, by: Any, here: str, page: Callable[..., HttpResponse]
) -> HttpResponse:
    """The save button."""
    form = answers_form(party, request.POST)
    if not form.is_valid():
        return page(form=form, status=422)
    try:
        actions.save_answers(party=party, by=by, **form.answers())
    except actions.TooLate as error:
        messages.error(request, str(error))
        return redirect(here)
    close = party.forum.wishes_close_at
    messages.success(
        request,
        _("Saved. You can change it until %(moment)s.") % {"moment": with_zone(close, party.forum.zone)}
        if close
        else _("Saved. You can change it until the wishes close."),
    )
    return redirect(here)


def autosave(request: HttpRequest, party: Party, *, by: Any) -> HttpResponse:
    form = answers_form(party, request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    if not party.takes_part:
        return JsonResponse({}, status=409)
    try:
        saved = actions.save_answers(party=party, by=by, **form.answers())
    except actions.TooLate:
        return JsonResponse({}, status=409)
    return JsonResponse({"saved_at": saved.wishes_saved_at})


def context_of(party: Party) -> dict[str, Any]:
    """What every page of a party shows."""
    forum = party.forum
    meetings = list(meetings_of(party)) if party.takes_part else []
    now = timezone.now()
    return {
        "party": party,
        "forum": forum,
        "programme": forum.programme,
        "zone": forum.zone,
        "closed": closed(forum.wishes_close_at, now),
        "published": forum.published_at is not None,
        "rows": [(meeting, meeting.other(party), meeting.slot.starts_at > now) for meeting in meetings],
        "planned": sum(meeting.is_planned for meeting in meetings),
    }


def cancel(
    request: HttpRequest, meeting: Meeting, party: Party, *, by: Any, here: str, context: dict[str, Any]
) -> HttpResponse:
    """Ask for the reason, then call the meeting off."""
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_meeting(meeting=meeting, party=party, by=by, **form.cleaned_data)
            messages.success(
                request, _("Cancelled. %(other)s was told by mail.") % {"other": meeting.other(party)}
            )
        except actions.CannotCancel as error:
            messages.error(request, str(error))
        return redirect(here)
    status = 422 if form.is_bound else 200
    page = {
        "form": form,
        "meeting": meeting,
        "other": meeting.other(party),
        "here": here,
        "zone": party.forum.zone,
    }
    return render(request, "matchmaking/cancel.html", {**context, **page}, status=status)


def calendar_response(party: Party) -> HttpResponse:
    meetings = meetings_of(party) if party.takes_part else Meeting.objects.none()
    response = HttpResponse(calendar_of(party, meetings), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
