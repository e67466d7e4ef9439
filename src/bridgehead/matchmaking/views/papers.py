"""What the officer prints of a timetable, and the offers of times that became free."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bridgehead.matchmaking import actions
from bridgehead.matchmaking.models import Meeting, Timetable
from bridgehead.matchmaking.prints import door_list, table_signs
from bridgehead.matchmaking.queries import offers_of, timetables_of
from bridgehead.matchmaking.views.desk import editable_forum
from bridgehead.matchmaking.views.runs import visible_forum


def _held(request: HttpRequest, slug: str, pk: int) -> tuple[Timetable, list[Meeting]]:
    timetable = get_object_or_404(timetables_of(visible_forum(request, slug)), pk=pk)
    return timetable, [meeting for meeting in timetable.meetings.all() if meeting.is_planned]


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
def signs(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _file(table_signs(*_held(request, slug, pk)), f"{slug}-signs.pdf")


@login_required
def doors(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _file(door_list(*_held(request, slug, pk)), f"{slug}-door-list.pdf")


@login_required
@require_POST
def find_offers(request: HttpRequest, slug: str) -> HttpResponse:
    found = len(actions.propose(forum=editable_forum(request, slug), by=request.user))
    text = ngettext(
        "%(count)d waiting wish fits into what is free.",
        "%(count)d waiting wishes fit into what is free.",
        found,
    )
    messages.success(request, text % {"count": found})
    return redirect("matchmaking:timetable", slug)


@login_required
@require_POST
def make_offer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    proposal = get_object_or_404(offers_of(editable_forum(request, slug)), pk=pk)
    try:
        actions.offer(proposal=proposal, by=request.user)
    except actions.Conflict as error:
        actions.lapse(proposal=proposal, by=request.user)
        messages.error(request, str(error))
    else:
        messages.success(request, _("Offered: both were asked by mail and answer by their link or page."))
    return redirect("matchmaking:timetable", slug)
