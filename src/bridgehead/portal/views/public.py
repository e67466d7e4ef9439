from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bridgehead.calls.queries.public import public_calls, sort_calls
from bridgehead.newsroom.queries import latest_releases
from bridgehead.outcomes.queries import published_results, results
from bridgehead.outcomes.views.shared import with_stages


def home(request: HttpRequest) -> HttpResponse:
    """For somebody who never heard of us: what is open, what came out of it, what is new."""
    return render(
        request,
        "portal/home.html",
        {
            "calls": sort_calls(public_calls(), timezone.now()).open[:3],
            "results": [with_stages(results(programme)) for programme in published_results()[:2]],
            "releases": latest_releases(3),
        },
    )
