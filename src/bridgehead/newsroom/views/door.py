"""The door of Wagtail's editor: our sign-in, our roles, our language, and the policy it needs to work."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import override

from bridgehead.newsroom.actions.site import admit

#: The text editor sets styles in its own markup and shows the preview in a frame (docs/decisions/0007). Scripts stay as
#: strict as on every page.
POLICY = {"frame-ancestors": [SELF], "style-src": [SELF, UNSAFE_INLINE]}


def door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not admit(user=user):
            raise Http404
        with override(user.language):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        # A preview went through the middleware once already, as the page it will be.
        response.headers.pop(HEADER, None)
        response._csp_replace = POLICY  # type: ignore[attr-defined]
        return response

    return guarded
