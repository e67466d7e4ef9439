"""Error pages say what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/errors/403.html", status=403)


def not_sent(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: its sign-in has ended, or cookies are off. Nothing was changed."""
    return render(request, "portal/errors/not_sent.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without context: whatever broke (the database, say) must not break this page as well."""
    return HttpResponse(render_to_string("portal/errors/500.html"), status=500)
