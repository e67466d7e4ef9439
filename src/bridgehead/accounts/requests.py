"""The request of a page behind `login_required`: its user is a person."""

from django.http import HttpRequest

from bridgehead.accounts.models import User


class SignedInRequest(HttpRequest):
    """For annotations only; `login_required` keeps everybody else out."""

    user: User
