"""A programme's results at the desk: figures, charts, breakdowns, files."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language

from bridgehead.documents import CONTENT_TYPES
from bridgehead.documents.blocks import Language
from bridgehead.documents.delimited import CannotEncode, Encoding
from bridgehead.outcomes.files import FORMATS, results_file
from bridgehead.outcomes.queries import Results, results
from bridgehead.outcomes.views.shared import page_context
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to


def _as_of(request: HttpRequest, programme: Programme) -> datetime | None:
    """The end of the day asked for, in the programme's zone; None, as for nonsense, leaves the programme's own moment."""
    try:
        day = parse_date(request.GET.get("as_of", ""))
    except ValueError:  # well written, but no such day
        return None
    return datetime.combine(day, time.max, ZoneInfo(programme.zone)) if day else None


def _found(request: HttpRequest, slug: str) -> Results:
    programme = get_object_or_404(programmes_visible_to(request.user), slug=slug)
    return results(programme, _as_of(request, programme))


@login_required
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = _found(request, slug)
    context = page_context(found) | {
        "page_code": "results",
        "asked_day": request.GET.get("as_of", ""),
        "formats": FORMATS,
        "today": timezone.localdate(),
    }
    return render(request, "outcomes/desk.html", context)


@login_required
def download(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """`?encoding=cp949` for CSV in the code page old Excel files expect; what it cannot hold is named."""
    if format not in FORMATS:
        raise Http404
    found = _found(request, slug)
    language: Language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    encoding: Encoding = "cp949" if request.GET.get("encoding") == "cp949" else "utf-8"
    try:
        content = results_file(found, format, language, encoding=encoding)
    except CannotEncode as error:
        return render(
            request,
            "outcomes/cannot_encode.html",
            {"programme": found.programme, "error": error, "page_code": "results"},
            status=422,
        )
    response = HttpResponse(content, content_type=CONTENT_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{slug}-results-{language}.{format}"'
    return response
