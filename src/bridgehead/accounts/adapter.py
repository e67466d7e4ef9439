"""Where allauth and this installation differ."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sites.models import Site
from django.http import HttpRequest, HttpResponse

from bridgehead.accounts.models import User

NAME = "Bridgehead"


class AccountAdapter(DefaultAccountAdapter):
    """Keeps the language a person signed up in, and signs its mails with our own name."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.language = getattr(request, "LANGUAGE_CODE", "ko")[:2]
        return super().save_user(request, user, form, commit)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Who was given an account by somebody else proves the address by the code they sign in with.

        Without it allauth would ask for a second code.
        """
        if not EmailAddress.objects.filter(user=user).exists():
            records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
            proved = {record.get("email") for record in records if record["method"] == "code"}
            address = user.email.lower()
            EmailAddress.objects.create(user=user, email=address, primary=True, verified=address in proved)
        return super().pre_login(request, user, **kwargs)

    def format_email_subject(self, subject: str) -> str:
        return f"[{NAME}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = Site(name=NAME, domain=urlsplit(settings.SITE_URL).netloc)
        super().send_mail(template_prefix, email, {"current_site": site, **context})
