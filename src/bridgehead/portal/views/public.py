from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bridgehead.calls.queries import public_calls
from bridgehead.newsroom.queries import latest_releases
from bridgehead.outcomes.queries import published_results


def home(request: HttpRequest) -> HttpResponse:
    """For somebody who never heard of us: what is open, what came out of it, what is new."""
    return render(
        request,
        "portal/home.html",
        {
            "calls": public_calls()[:3],
            "results": published_results()[:4],
            "releases": latest_releases(3),
        },
    )
