"""Open calls for machines: calendar, Atom, JSON, and the picture shown where a call is shared."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bridgehead.calls import sharing
from bridgehead.calls.queries.public import open_calls, public_calls
from bridgehead.documents.atom import write_feed

HOUR = 3600


@require_safe
@cache_control(public=True, max_age=300)
def calendar(request: HttpRequest) -> HttpResponse:
    """Openings and closings of all calls that are open or coming; for subscribing."""
    calls = public_calls().filter(closes_at__gt=timezone.now()).order_by("closes_at")
    return _calendar(sharing.calendar_of(calls), "calls")


@require_safe
@cache_control(public=True, max_age=300)
def call_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(public_calls(), slug=slug)
    return _calendar(sharing.calendar_of([call]), call.slug)


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@require_safe
@cache_control(public=True, max_age=300)
def feed(request: HttpRequest) -> HttpResponse:
    address = settings.SITE_URL + request.path
    content = write_feed(sharing.feed_of(open_calls(), language=get_language() or "ko", address=address))
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=300)
def listing(request: HttpRequest) -> JsonResponse:
    """Anybody's site may show it: it holds nothing but what the pages show."""
    response = JsonResponse(
        {"calls": [sharing.as_json(call) for call in open_calls()]}, json_dumps_params={"ensure_ascii": False}
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@cache_control(public=True, max_age=HOUR)
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(public_calls(), slug=slug)
    return HttpResponse(sharing.picture_of(call), content_type="image/png")
