"""What the pages of buyers, makers and officers share: one party says what it wants, sees its timetable, cancels."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.catalogue.models import Product
from bridgehead.catalogue.queries import public_products
from bridgehead.certification.queries import certificates_by_firm
from bridgehead.kit.clock import local_day, with_zone
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.actions.fairday import arrived_on, say_late
from bridgehead.matchmaking.answers import AnswersForm, CancelForm
from bridgehead.matchmaking.calendars import calendar_of
from bridgehead.matchmaking.guests import as_the_site_speaks, site_address
from bridgehead.matchmaking.matching import shown_facts, suggestions_for
from bridgehead.matchmaking.models import Meeting, Party
from bridgehead.matchmaking.prints import pocket
from bridgehead.matchmaking.queries import (
    counterparts,
    meetings_of,
    offers_to,
    slots_of,
    waiting_of,
    wished_by_officer,
    wishes_of,
)
from bridgehead.matchmaking.rules import closed

#: As many products of a firm as a profile shows; the catalogue has all.
GOODS_SHOWN = 12


def answers_form(party: Party, data: Any = None) -> AnswersForm:
    candidates = list(counterparts(party))
    return AnswersForm(
        data,
        party=party,
        slots=slots_of(party.forum),
        candidates=candidates,
        wishes=wishes_of(party),
        unavailable=set(party.unavailable.values_list("pk", flat=True)),
        suggestions=suggestions_for(party, candidates),
        certificates=certificates_by_firm([other.organisation_id for other in candidates if other.is_firm]),
        officers=wished_by_officer(party),
    )


def profile(
    request: HttpRequest, party: Party, pk: int, *, here: str, base: str = "base.html", token: str = ""
) -> HttpResponse:
    """Somebody of the other side, as this party sees it."""
    other = get_object_or_404(counterparts(party), pk=pk)
    certificates = certificates_by_firm([other.organisation_id]) if other.is_firm else {}
    context = {
        "party": party,
        "other": other,
        "programme": party.forum.programme,
        "suggestion": suggestions_for(party, [other])[other.pk],
        "certificates": [
            (row, site_address("certification:certificate", row.number))
            for row in certificates.get(other.organisation_id, [])
        ],
        "goods": goods_of(other) if other.is_firm else [],
        "facts": shown_facts(other),
        "here": here,
        "base": base,
        "token": token,
    }
    return render(request, "matchmaking/profile.html", context)


def goods_of(firm: Party) -> list[tuple[Product, str, str, str]]:
    """(product, category, its page, its picture) of what the firm shows in the catalogue, the newest first."""
    products = (
        public_products().filter(firm=firm.organisation_id).order_by("-published_at", "pk")[:GOODS_SHOWN]
    )
    rows = []
    for product in products:
        pictures = product.pictures  # type: ignore[attr-defined]
        with as_the_site_speaks():
            category = str(product.category_name)
        picture = site_address("catalogue:picture", pictures[0].pk, "small") if pictures else ""
        rows.append((product, category, site_address("catalogue:product", product.pk), picture))
    return rows


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
    rows = [
        (meeting, meeting.other(party), meeting.slot.starts_at > now, meeting.confirmed_at(party))
        for meeting in meetings
    ]
    return {
        "party": party,
        "forum": forum,
        "programme": forum.programme,
        "zone": forum.zone,
        "closed": closed(forum.wishes_close_at, now),
        "published": forum.published_at is not None,
        "rows": rows,
        "unconfirmed": sum(row[0].is_planned and row[2] and not row[3] for row in rows),
        "offers": [(o, o.other(party), o.agreed(party)) for o in offers_to(party)]
        if party.takes_part
        else [],
        "waiting": waiting_of(party) if party.takes_part else [],
        **(today_of(party) if party.takes_part else {}),
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


def confirm(request: HttpRequest, party: Party, *, by: Any, here: str) -> HttpResponse:
    """One meeting, or all of them."""
    count = actions.confirm_meetings(party=party, by=by, uid=_uid(request.POST.get("uid", "")))
    if count:
        text = ngettext("%(count)d meeting is confirmed.", "%(count)d meetings are confirmed.", count)
        messages.success(request, text % {"count": count})
    return redirect(here)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def answer_offer(request: HttpRequest, party: Party, pk: int, *, by: Any, here: str) -> HttpResponse:
    proposal = get_object_or_404(offers_to(party), pk=pk)
    agree = request.POST.get("answer") == "accept"
    try:
        done = actions.answer_offer(
            proposal=proposal, party=party, agree=agree, by=by, reason=request.POST.get("reason", "")
        )
    except actions.Conflict:  # why is for officers: it may be that the two are kept apart
        actions.lapse(proposal=proposal, by=by)
        messages.error(request, _("This time is no longer free."))
        return redirect(here)
    if done.state == done.State.BOOKED:
        messages.success(request, _("The meeting is in your timetable."))
    elif agree:
        messages.success(request, _("Thank you. It becomes a meeting once the other side agrees."))
    else:
        messages.success(request, _("Thank you for telling us."))
    return redirect(here)


def pocket_response(request: HttpRequest, party: Party) -> HttpResponse:
    """The viewer's zone comes with the address: the page's script knows it."""
    meetings = [meeting for meeting in meetings_of(party) if meeting.is_planned] if party.takes_part else []
    pdf = pocket(party, meetings, zone=request.GET.get("zone", ""))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="meetings.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def calendar_response(party: Party) -> HttpResponse:
    meetings = meetings_of(party) if party.takes_part else Meeting.objects.none()
    response = HttpResponse(calendar_of(party, meetings), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def today_of(party: Party) -> dict[str, Any]:
    """The meetings of this day on the fair's clock, and whether the other side has arrived or comes late."""
    now = timezone.now()
    day = local_day(now, party.forum.zone)
    mine = [
        m for m in meetings_of(party) if m.is_planned and local_day(m.slot.starts_at, party.forum.zone) == day
    ]
    arrived = arrived_on(party.forum, day) if mine else {}
    return {
        "today": [
            (m, m.other(party), m.other(party).pk in arrived, m.lateness(m.other(party)), m.lateness(party))
            for m in mine
        ],
        "arrived": party.pk in arrived,
    }


def live(request: HttpRequest, party: Party, *, token: str = "") -> HttpResponse:
    context = {"party": party, "programme": party.forum.programme, "zone": party.forum.zone, "token": token}
    return render(request, "matchmaking/_today.html", {**context, **today_of(party)})


def late(request: HttpRequest, party: Party, uid: UUID, *, by: Any, here: str) -> HttpResponse:
    """So many minutes late; 0 says “in time after all”."""
    meeting = get_object_or_404(meetings_of(party), uid=uid)
    minutes = request.POST.get("minutes", "")
    say_late(meeting=meeting, party=party, minutes=int(minutes) if minutes.isdigit() else 0, by=by)
    messages.success(request, _("The other side sees it at once."))
    return redirect(here)
