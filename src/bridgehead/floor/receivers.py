"""Signing out in the ordinary way also takes the key from the phone's log."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from bridgehead.floor.actions.phones import session_ended


@receiver(user_logged_out, dispatch_uid="floor.phone_signed_out")
def forget_phone(request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is not None and request.session.session_key:
        session_ended(session_key=request.session.session_key)
