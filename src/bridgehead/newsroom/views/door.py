"""The door of Wagtail's editor: our sign-in, our roles, our language, and the policy it needs to work."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from wagtail.models import Page

from bridgehead.newsroom.actions.site import admit

#: The text editor sets styles in its own markup and shows the preview in a frame (docs/decisions/0010). Scripts stay as
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
        _refuse_strange_translation(request, kwargs)
        with override(user.language):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        # A preview went through the middleware once already, as the page it will be.
        response.headers.pop(HEADER, None)
        response._csp_replace = POLICY  # type: ignore[attr-defined]
        return response

    return guarded


def _refuse_strange_translation(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Wagtail lets whoever may translate at all translate any page; here it takes the right to edit that page."""
    match = request.resolver_match
    if match and match.url_name == "submit_page_translation":
        page = get_object_or_404(Page, pk=kwargs["page_id"])
        if not page.permissions_for_user(request.user).can_edit():
            raise Http404
