"""Calls for everybody, in Korean and English."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bridgehead.calls.forms.public import FindCalls
from bridgehead.calls.models import Call
from bridgehead.calls.queries.applying import applications_of
from bridgehead.calls.queries.eligibility import rules_in_words
from bridgehead.calls.queries.public import (
    calls_open_to,
    days_between,
    kept_places,
    public_calls,
    sort_calls,
    stated_facts,
)
from bridgehead.calls.queries.published import published_results
from bridgehead.calls.sharing import address_of

CLOSED_ON_A_PAGE = 20


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    find = FindCalls(request.GET)
    calls = sort_calls(find.narrow(public_calls()), timezone.now())
    closed = Paginator(calls.closed, CLOSED_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"calls": calls, "closed": closed, "find": find, "is_filtered": any(find.data.values())}
    return render(request, "calls/public/list.html", context)


@require_safe
def call_results(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was selected, as far as the call lets the public know; 404 where it lets nothing be known."""
    call = get_object_or_404(public_calls().filter(released_at__isnull=False), slug=slug)
    if call.results_shown == Call.Shown.NOTHING:
        raise Http404
    context = {"call": call, "programme": call.programme, "results": published_results(call)}
    return render(request, "calls/public/results.html", context)


@require_safe
def call_detail(request: HttpRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(calls_open_to(request.user), slug=slug)
    programme, now = call.programme, timezone.now()
    applications = applications_of(request.user).filter(call=call)
    context = {
        "call": call,
        "programme": programme,
        "is_preview": call.published_at is None or call.published_at > now,
        "phase": "coming" if now < call.opens_at else "open" if now < call.closes_at else "closed",
        "days_left": days_between(now, call.closes_at, call.zone),
        "benefits": [line.strip() for line in call.benefits.splitlines() if line.strip()],
        "eligibility": [line.strip() for line in call.eligibility.splitlines() if line.strip()],
        "stages": call.stages.prefetch_related("criteria"),
        "rules": rules_in_words(call),
        "files": call.files.select_related("attachment"),
        "bonuses": call.bonuses.all(),
        "kept_places": kept_places(call),
        "facts": stated_facts(programme),
        "applications": applications,
        "address": address_of(call),
        "picture": settings.SITE_URL + reverse("calls:public_picture", args=[call.slug]),
    }
    return render(request, "calls/public/detail.html", context)


@require_safe
def call_file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A paper of the call, for whoever may read the call. Only as a download: nothing uploaded runs in the page."""
    call = get_object_or_404(calls_open_to(request.user), slug=slug)
    attachment = get_object_or_404(call.files.select_related("attachment"), pk=pk).attachment
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
