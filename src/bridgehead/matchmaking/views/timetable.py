"""The officer's timetable: compute, look, publish, change."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead import documents
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.forms import CancelForm, ComputeForm
from bridgehead.matchmaking.grids import by_firm, by_party, by_place, changes, not_held, outcome
from bridgehead.matchmaking.instances import build
from bridgehead.matchmaking.models import Forum, Meeting, Timetable
from bridgehead.matchmaking.papers import workbook
from bridgehead.matchmaking.queries import forums_visible_to, numbers_of, slots_of, timetables_of
from bridgehead.matchmaking.tasks import start_computing
from bridgehead.matchmaking.views.desk import editable_forum, may_edit
from bridgehead.programmes.queries import programmes_visible_to

VIEWS = ("places", "firms", "parties")


def _forum(request: HttpRequest, slug: str) -> Forum:
    return get_object_or_404(forums_visible_to(request.user), programme__slug=slug)


@login_required
def timetable(request: HttpRequest, slug: str) -> HttpResponse:
    """The published timetable, or the one asked for; the newest draft where nothing is published."""
    programme = get_object_or_404(programmes_visible_to(request.user), slug=slug)
    context: dict[str, Any] = {
        "programme": programme,
        "page_code": "timetable",
        "may_edit": may_edit(request, programme),
    }
    forum = Forum.objects.filter(programme=programme).select_related("programme__edition").first()
    if forum is None:
        return render(request, "matchmaking/desk_empty.html", context)
    everything = list(timetables_of(forum))
    published = next((one for one in everything if one.published_at), None)
    shown = _chosen(request, everything) or published or next(iter(everything), None)
    drafts = [one for one in everything if one.is_draft]
    context |= {
        "forum": forum,
        "zone": forum.zone,
        "numbers": numbers_of(forum),
        "compute_form": ComputeForm(),
        "published": published,
        "newer_draft": drafts[0]
        if drafts and drafts[0] != shown and not (shown and shown.is_draft)
        else None,
        "timetables": everything,
    }
    if shown is not None:
        context |= _shown(request, forum, shown, published)
    return render(request, "matchmaking/timetable.html", context)


def _chosen(request: HttpRequest, everything: list[Timetable]) -> Timetable | None:
    wanted = request.GET.get("timetable", "")
    return next((one for one in everything if str(one.pk) == wanted), None)


def _shown(
    request: HttpRequest, forum: Forum, shown: Timetable, published: Timetable | None
) -> dict[str, Any]:
    view = request.GET.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    slots = slots_of(forum)
    context: dict[str, Any] = {
        "timetable": shown,
        "outcome": outcome(shown),
        "view": view,
        "tabs": [
            {"label": label, "url": f"?timetable={shown.pk}&view={code}", "current": code == view}
            for code, label in zip(VIEWS, (_("By table"), _("By firm"), _("By party")), strict=True)
        ],
        "not_held": not_held(shown, _names(forum)),
        "cancelled": [meeting for meeting in shown.meetings.all() if not meeting.is_planned],
        "changes": changes(shown, published) if published and shown.is_draft else None,
    }
    if view == "parties":
        context["diaries"] = by_party(shown)
    else:
        context["grid"] = (by_place if view == "places" else by_firm)(shown, slots, forum.zone)
    return context


def _names(forum: Forum) -> dict[int, str]:
    return {party.pk: party.organisation.name for party in forum.parties.select_related("organisation")}


@login_required
@require_POST
def compute(request: HttpRequest, slug: str) -> HttpResponse:
    """Queue the computation; a forum without wishes is told so before anything is queued."""
    forum = editable_forum(request, slug)
    form = ComputeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Time to think: a whole number of seconds from 1 to 600."))
        return redirect("matchmaking:timetable", slug)
    least_change = "least_change" in request.POST
    if not build(forum, least_change=least_change).requests:
        messages.error(request, str(actions.NothingToPlan()))
        return redirect("matchmaking:timetable", slug)
    job = start_computing(
        forum=forum,
        by=request.user,
        time_limit=form.cleaned_data["seconds"],
        least_change=least_change,
        language=get_language() or "ko",
    )
    return redirect("jobs:detail", job.pk)


@login_required
@require_POST
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    chosen = get_object_or_404(editable_forum(request, slug).timetables.all(), pk=pk)
    try:
        actions.publish(timetable=chosen, by=request.user)
        messages.success(
            request, _("Published. Everybody with a new or changed meeting gets a mail with a calendar file.")
        )
    except actions.OutOfDate as error:
        messages.error(request, str(error))
    return redirect("matchmaking:timetable", slug)


@login_required
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    forum = editable_forum(request, slug)
    meetings = Meeting.objects.filter(timetable__forum=forum, timetable__published_at__isnull=False)
    meeting = get_object_or_404(
        meetings.select_related("firm__organisation", "buyer__organisation", "slot", "table"), pk=pk
    )
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_meeting(meeting=meeting, by=request.user, **form.cleaned_data)
        messages.success(request, _("Cancelled; both were told. The time is free: re-plan to use it."))
        return redirect("matchmaking:timetable", slug)
    context = {
        "programme": forum.programme,
        "page_code": "timetable",
        "base": "programmes/base_programme.html",
        "form": form,
        "meeting": meeting,
        "zone": forum.zone,
        "here": reverse("matchmaking:timetable", args=[slug]),
    }
    return render(request, "matchmaking/cancel.html", context, status=422 if form.is_bound else 200)


@login_required
def instance(request: HttpRequest, slug: str) -> HttpResponse:
    """The question as it stands now, for `bridgehead timetable solve`."""
    forum = _forum(request, slug)
    data = build(forum, least_change="replan" in request.GET).to_dict()
    response = HttpResponse(
        json.dumps(data, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}-instance.json"'
    return response


@login_required
def xlsx(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    forum = _forum(request, slug)
    chosen = timetables_of(forum).filter(pk=pk).first()
    if chosen is None:
        raise Http404
    response = HttpResponse(
        workbook(chosen, forum, _names(forum)), content_type=documents.CONTENT_TYPES["xlsx"]
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}-timetable.xlsx"'
    return response
