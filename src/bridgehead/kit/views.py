"""The style guide: every component with its variants, for whoever builds a page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bridgehead.kit.forms import ExampleForm


def styleguide(request: HttpRequest) -> HttpResponse:
    """Nothing here is stored: a sent form is only checked, to show its errors."""
    form = ExampleForm(request.POST or None, request.FILES or None)
    return render(request, "kit/styleguide.html", {"form": form, **_samples(request)})


def _samples(request: HttpRequest) -> dict[str, Any]:
    here = request.path
    stages = [_("Call"), _("Applications"), _("Selection"), _("Pavilion"), _("Matchmaking"), _("Results")]
    return {
        "steps": [
            {"label": stages[0], "state": "done", "url": here, "note": _("closed")},
            {"label": stages[1], "state": "done", "url": here, "note": _("31 received")},
            {"label": stages[2], "state": "current", "url": here, "note": _("2 reviews late")},
            *({"label": stage, "state": "todo"} for stage in stages[3:]),
        ],
        "tabs": [
            {"label": _("All"), "url": here, "current": True, "count": 31},
            {"label": _("Submitted"), "url": here, "count": 26},
            {"label": _("Returned"), "url": here, "count": 0},
        ],
        "groups": [
            {
                "title": _("Programme"),
                "items": [
                    {"label": _("Overview"), "url": here, "current": True},
                    {"label": _("Applications"), "url": here, "note": "31"},
                ],
            },
            {"title": _("Money"), "items": [{"label": _("Budget"), "url": here}]},
        ],
        "page": Paginator(range(200), 10).page(4),
    }
