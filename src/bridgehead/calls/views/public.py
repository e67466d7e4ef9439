"""Calls for everybody, in Korean and English."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bridgehead.calls.queries.applying import applications_of
from bridgehead.calls.queries.public import (
    calls_open_to,
    days_between,
    kept_places,
    public_calls,
    sort_calls,
    stated_facts,
)


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    return render(request, "calls/public/list.html", {"calls": sort_calls(public_calls(), timezone.now())})


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
        "criteria": call.criteria.all(),
        "bonuses": call.bonuses.all(),
        "kept_places": kept_places(call),
        "facts": stated_facts(programme),
        "applications": applications,
    }
    return render(request, "calls/public/detail.html", context)
