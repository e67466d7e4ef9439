"""Where allauth and this installation differ."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from bridgehead.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Keeps the language a person signed up in."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.language = getattr(request, "LANGUAGE_CODE", "ko")[:2]
        return super().save_user(request, user, form, commit)
