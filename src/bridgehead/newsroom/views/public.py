"""What everybody reads: the list, a release, and where its figures come from."""

import hashlib
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe
from django.views.static import serve

from bridgehead.documents.atom import write_feed
from bridgehead.newsroom.feed import LATEST, feed_of
from bridgehead.newsroom.forms import NewsFilter
from bridgehead.newsroom.queries import in_another_language, other_version, public_releases, releases_for_feed
from bridgehead.newsroom.rendering import release_context

PER_PAGE = 10


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    form = NewsFilter(request.GET or None)
    releases = public_releases().defer("body")
    host = form.cleaned_data["host"] if form.is_bound and form.is_valid() else None
    if host:
        releases = releases.filter(host=host)
    page = Paginator(releases, PER_PAGE).get_page(request.GET.get("page"))
    several = form.fields["host"].queryset.count() > 1  # type: ignore[attr-defined]
    context = {"form": form, "page": page, "host": host, "several": several}
    return render(request, "newsroom/list.html", context)


@require_safe
def release(request: HttpRequest, host: str, slug: str) -> HttpResponse:
    found = public_releases().filter(host__slug=host, slug=slug).first()
    if found is None:
        elsewhere = in_another_language(host, slug)
        if elsewhere is None:
            raise Http404
        return render(request, "newsroom/only_elsewhere.html", {"release": elsewhere}, status=404)
    context = {**release_context(found), "other": other_version(found)}
    return render(request, "newsroom/release.html", context)


@require_safe
def figures(request: HttpRequest, host: str, slug: str) -> HttpResponse:
    """Each figure of a release: what it counts, as of when, and the records it was computed from, nobody named."""
    found = get_object_or_404(public_releases(), host__slug=host, slug=slug)
    return render(request, "newsroom/figures.html", release_context(found))


@require_safe
def atom(request: HttpRequest) -> HttpResponseBase:
    """`?lang=ko|en` and `?host=slug` narrow it; without them it has everything in both languages."""
    language, host = request.GET.get("lang", ""), request.GET.get("host", "")
    if language not in ("", "ko", "en"):
        raise Http404
    narrowed = urlencode({key: value for key, value in (("lang", language), ("host", host)) if value})
    address = f"{settings.SITE_URL}{request.path}" + (f"?{narrowed}" if narrowed else "")
    found = feed_of(releases_for_feed(language, host)[:LATEST], language=language or "ko", address=address)
    content = write_feed(found)
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = quote_etag(hashlib.sha256(content).hexdigest())
    response["Last-Modified"] = http_date(found.updated.timestamp())
    response["Cache-Control"] = "public, max-age=60"
    modified = int(found.updated.timestamp())
    return get_conditional_response(request, response["ETag"], modified, response) or response


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures of releases in the sizes made for the page; originals and other files stay where they are."""
    return serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
