"""What is refused before anything of it is read."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Next = Callable[[HttpRequest], HttpResponse]


class RefuseTooLarge:
    """A request larger than any form of ours is answered at once, in words, instead of filling the disk first.

    It stands before the check of the form's token, which would read the whole body to find it.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > settings.LARGEST_REQUEST:
            limit = settings.LARGEST_REQUEST // (1024 * 1024)
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            return render(request, "kit/too_large.html", {"limit": limit}, status=status)
        return self.get_response(request)
