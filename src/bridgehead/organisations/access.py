"""The gate of list pages: somebody without the permission at any host is a stranger, and strangers get 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from bridgehead.organisations.queries import hosts_where

View = Callable[..., HttpResponse]


def requires(permission: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not hosts_where(request.user, permission).exists():
                raise Http404
            return view(request, *args, **kwargs)

        return gated

    return decorate
