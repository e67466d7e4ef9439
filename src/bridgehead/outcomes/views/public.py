"""Results anybody may read: firms are counted, not compared, and buyers are not named."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bridgehead.outcomes.queries import published_results, results
from bridgehead.outcomes.views.shared import page_context


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "outcomes/index.html", {"programmes": published_results()})


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = results(get_object_or_404(published_results(), slug=slug))
    return render(request, "outcomes/public.html", page_context(found))
