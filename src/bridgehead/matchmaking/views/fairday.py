"""The day at the fair: the officer's list, checking in by QR code, and what a party's page reads every few seconds."""

import io
from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.kit.clock import local_day
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.actions import fairday as floor
from bridgehead.matchmaking.forms import AdHocForm, LinkForm, SwapForm
from bridgehead.matchmaking.models import Forum, Meeting, Party
from bridgehead.matchmaking.queries import meetings_on
from bridgehead.matchmaking.views.desk import editable_forum, may_edit
from bridgehead.matchmaking.views.runs import visible_forum


def _day(request: HttpRequest, days: list[date], today: date) -> date | None:
    """The day asked for, else today, else the first one ahead."""
    wanted = request.GET.get("day", "")
    chosen = next((day for day in days if day.isoformat() == wanted), None)
    return chosen or next((day for day in days if day >= today), days[-1] if days else None)


def _context(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    now = timezone.now()
    days = sorted({local_day(slot.starts_at, forum.zone) for slot in forum.slots.all()})
    day = _day(request, days, local_day(now, forum.zone))
    meetings = meetings_on(forum, day) if day else []
    arrived = floor.arrived_on(forum, day) if day else {}
    return {
        "programme": forum.programme,
        "page_code": "matchmaking",
        "forum": forum,
        "zone": forum.zone,
        "days": days,
        "day": day,
        "arrived": arrived,
        "rows": [(m, m.slot.starts_at <= now, m.firm_id in arrived, m.buyer_id in arrived) for m in meetings],
        "parties": _expected(meetings, arrived),
        "outcomes": Meeting.Outcome.choices,
        "may_edit": may_edit(request, forum.programme),
    }


def _expected(meetings: list[Meeting], arrived: dict[int, Any]) -> list[tuple[Party, Any]]:
    """Everybody with a meeting that day, those who are missing first."""
    parties = {party.pk: party for meeting in meetings for party in (meeting.firm, meeting.buyer)}
    rows = [(party, arrived.get(pk)) for pk, party in parties.items()]
    return sorted(rows, key=lambda row: (row[1] is not None, row[0].organisation.name))


@login_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    forum = visible_forum(request, slug)
    context = _context(request, forum)
    meetings = [row[0] for row in context["rows"]]
    if context["may_edit"]:
        context["ad_hoc"] = AdHocForm(forum=forum)
        context["swap"] = SwapForm(meetings=meetings, zone=forum.zone)
    return render(request, "matchmaking/fairday.html", context)


@login_required
def live(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "matchmaking/_fairday.html", _context(request, visible_forum(request, slug)))


@login_required
def badge(request: HttpRequest, slug: str, badge: str) -> HttpResponse:
    """Where the QR code of a party leads; one press checks it in."""
    forum = editable_forum(request, slug)
    party = get_object_or_404(
        forum.parties.select_related("organisation"), pk=floor.party_of_badge(badge) or 0
    )
    party.forum = forum
    if request.method == "POST":
        floor.check_in(party=party, by=request.user)
        messages.success(request, _("%(party)s is here.") % {"party": party})
        return redirect("matchmaking:fairday", slug)
    today = local_day(timezone.now(), forum.zone)
    context = {
        "programme": forum.programme,
        "page_code": "matchmaking",
        "party": party,
        "zone": forum.zone,
        "here": floor.arrived_on(forum, today).get(party.pk),
        "meetings": [m for m in meetings_on(forum, today) if party.pk in (m.firm_id, m.buyer_id)],
    }
    return render(request, "matchmaking/check_in.html", context)


@login_required
@require_POST
def check_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    forum = editable_forum(request, slug)
    party = get_object_or_404(forum.parties.select_related("organisation"), pk=pk)
    party.forum = forum
    floor.check_in(party=party, by=request.user)
    messages.success(request, _("%(party)s is here.") % {"party": party})
    return redirect("matchmaking:fairday", slug)


@login_required
@require_POST
def outcome(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    forum = editable_forum(request, slug)
    meeting = get_object_or_404(Meeting, pk=pk, timetable__forum=forum, timetable__published_at__isnull=False)
    said = request.POST.get("outcome", "")
    try:
        floor.mark_outcome(meeting=meeting, outcome=said if said in Meeting.Outcome else "", by=request.user)
    except floor.NotYet as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('matchmaking:fairday', args=[slug])}?day={request.POST.get('day', '')}")


@login_required
@require_POST
def link(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    forum = editable_forum(request, slug)
    published = Meeting.objects.filter(timetable__forum=forum, timetable__published_at__isnull=False)
    meeting = get_object_or_404(published.select_related("timetable__forum__programme__host"), pk=pk)
    form = LinkForm(request.POST)
    if form.is_valid():
        floor.set_link(meeting=meeting, link=form.cleaned_data["link"], by=request.user)
        messages.success(request, _("Both sides see the link now."))
    else:
        messages.error(
            request, _("This is not an address; write one such as https://meet.jit.si/our-meeting.")
        )
    return redirect(f"{reverse('matchmaking:fairday', args=[slug])}?day={request.POST.get('day', '')}")


@login_required
@require_POST
def ad_hoc(request: HttpRequest, slug: str) -> HttpResponse:
    forum = editable_forum(request, slug)
    form = AdHocForm(request.POST, forum=forum)
    if form.is_valid():
        try:
            meeting = floor.meet_ad_hoc(by=request.user, **form.cleaned_data)
            messages.success(
                request, _("Added: %(meeting)s") % {"meeting": f"{meeting.firm} – {meeting.buyer}"}
            )
        except actions.Conflict as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("Choose a firm, a buyer and a time that is still to come."))
    return redirect("matchmaking:fairday", slug)


@login_required
@require_POST
def swap(request: HttpRequest, slug: str) -> HttpResponse:
    forum = editable_forum(request, slug)
    published = Meeting.objects.filter(
        timetable__forum=forum, timetable__published_at__isnull=False
    ).select_related("timetable__forum")
    found = {
        m.pk: m
        for m in published.filter(pk__in=[_number(request.POST.get(name)) for name in ("one", "other")])
    }
    try:
        if len(found) != 2:
            raise actions.Conflict([_("Choose two meetings.")])
        one, other = found.values()
        floor.swap_published(one=one, other=other, by=request.user)
        messages.success(request, _("Swapped. All concerned were told by mail."))
    except actions.Conflict as error:
        messages.error(request, str(error))
    return redirect("matchmaking:fairday", slug)


def _number(text: Any) -> int:
    return int(text) if text and str(text).isdigit() else 0


def qr(party: Party) -> HttpResponse:
    """The party's code, to be scanned at the entrance; as an image, since the page may hold no drawing of its own."""
    path = reverse("matchmaking:badge", args=[party.forum.programme.slug, floor.badge_of(party)])
    target = io.BytesIO()
    segno.make(settings.SITE_URL + path, error="m", micro=False).save(
        target, kind="svg", scale=5, border=3, light="#fff"
    )
    response = HttpResponse(target.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response
