"""The officer's timetable: look, publish, cancel, take away as files."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead import documents
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.answers import CancelForm
from bridgehead.matchmaking.comparing import lines, measures, name_of
from bridgehead.matchmaking.grids import by_firm, by_party, by_place, changes, not_held, outcome
from bridgehead.matchmaking.instances import build
from bridgehead.matchmaking.models import Forum, Meeting, Timetable
from bridgehead.matchmaking.papers import workbook
from bridgehead.matchmaking.queries import numbers_of, offers_of, slots_of, timetables_of
from bridgehead.matchmaking.views.desk import editable_forum, may_edit
from bridgehead.matchmaking.views.runs import room_tabs, visible_forum
from bridgehead.programmes.queries import programmes_visible_to

VIEWS = ("places", "firms", "parties")


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
    everything = list(forum.timetables.order_by("-number").values("pk", "published_at", "replaced_at"))
    published = next((one["pk"] for one in everything if one["published_at"]), None)
    wanted = _chosen(request, everything) or published or next((one["pk"] for one in everything), None)
    found = {one.pk: one for one in timetables_of(forum).filter(pk__in=[wanted, published])}
    shown = found.get(wanted) if wanted else None
    newest = next((one for one in everything if not one["published_at"] and not one["replaced_at"]), None)
    context |= {
        "forum": forum,
        "zone": forum.zone,
        "numbers": numbers_of(forum),
        "room": room_tabs(slug, "timetable"),
        "published": found.get(published) if published else None,
        "newer_draft": newest["pk"] if newest and shown and not shown.is_draft else None,
    }
    if shown is not None:
        context |= shown_context(request, forum, shown, context["published"])
    return render(request, "matchmaking/timetable.html", context)


def _chosen(request: HttpRequest, everything: list[Any]) -> int | None:
    wanted = request.GET.get("timetable", "")
    return next((one["pk"] for one in everything if str(one["pk"]) == wanted), None)


def shown_context(
    request: HttpRequest, forum: Forum, shown: Timetable, published: Timetable | None
) -> dict[str, Any]:
    """Everything the board and what surrounds it show of one timetable."""
    view = request.GET.get("view", "") or request.POST.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    slots = slots_of(forum)
    context: dict[str, Any] = {
        "timetable": shown,
        "name": name_of(shown),
        "figures": list(zip(measures(), lines([shown])[0].values, strict=True)),
        "outcome": outcome(shown),
        "view": view,
        "editing": shown.is_draft and view != "parties",
        "tabs": [
            {"label": label, "url": f"?timetable={shown.pk}&view={code}", "current": code == view}
            for code, label in zip(VIEWS, (_("By table"), _("By firm"), _("By party")), strict=True)
        ],
        "pins": {
            (pin.firm_id, pin.buyer_id): pin
            for pin in forum.pins.select_related("firm__organisation", "buyer__organisation", "slot", "table")
        },
        "not_held": not_held(shown, _names(forum)),
        "cancelled": [meeting for meeting in shown.meetings.all() if not meeting.is_planned],
        "changes": changes(shown, published) if published and shown.is_draft else None,
    }
    if shown.published_at:
        context |= _after_publishing(forum, shown)
    if view == "parties":
        context["diaries"] = by_party(shown)
    elif view == "firms":
        context["grid"] = by_firm(shown, slots, forum.zone)
    else:
        tables = forum.tables.all() if shown.is_draft else ()
        context["grid"] = by_place(shown, slots, forum.zone, tables=tables)
    return context


def _after_publishing(forum: Forum, shown: Timetable) -> dict[str, Any]:
    planned = [meeting for meeting in shown.meetings.all() if meeting.is_planned]
    silent = {m.firm.organisation.name for m in planned if not m.firm_confirmed_at}
    silent |= {m.buyer.organisation.name for m in planned if not m.buyer_confirmed_at}
    return {
        "offers": list(offers_of(forum)),
        "unconfirmed_parties": sorted(silent),
        "confirmed": {
            "all": len(planned),
            "both": sum(meeting.confirmed_by_both for meeting in planned),
            "firms": sum(meeting.firm_confirmed_at is not None for meeting in planned),
            "buyers": sum(meeting.buyer_confirmed_at is not None for meeting in planned),
        },
    }


def _names(forum: Forum) -> dict[int, str]:
    return {party.pk: party.organisation.name for party in forum.parties.select_related("organisation")}


@login_required
@require_POST
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form says which version the officer was looking at, so that nobody publishes over another unseen."""
    chosen = get_object_or_404(editable_forum(request, slug).timetables.all(), pk=pk)
    revision = request.POST.get("revision", "")
    try:
        actions.publish(
            timetable=chosen,
            by=request.user,
            over=request.POST.get("over"),
            revision=int(revision) if revision.isdecimal() else None,
        )
    except (actions.OutOfDate, actions.PublishedMeanwhile, actions.ChangedMeanwhile) as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('matchmaking:timetable', args=[slug])}?timetable={pk}")
    messages.success(
        request, _("Published. Everybody with a new or changed meeting gets a mail with a calendar file.")
    )
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
    forum = visible_forum(request, slug)
    data = build(forum, least_change="replan" in request.GET).to_dict()
    response = HttpResponse(
        json.dumps(data, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}-instance.json"'
    return response


@login_required
def xlsx(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    forum = visible_forum(request, slug)
    chosen = timetables_of(forum).filter(pk=pk).first()
    if chosen is None:
        raise Http404
    response = HttpResponse(
        workbook(chosen, forum, _names(forum)), content_type=documents.CONTENT_TYPES["xlsx"]
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}-timetable.xlsx"'
    return response
