"""Mail about a case: to everybody who acts for the firm, in their language, and to whoever complained."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bridgehead.certification.models import Case, Complaint
from bridgehead.mailing import actions as mailing


def tell_firm(*, case: Case, kind: str, words: str, deadline: date | None = None, outcome: Any = "") -> None:
    """`kind` is a template of `certification/mail/`."""
    host = case.version.scheme.host
    for membership in case.firm.memberships.select_related("user"):
        user = membership.user
        with translation.override(user.language):
            url = settings.SITE_URL + reverse("certification:my_case", args=[case.pk])
        context = {"case": case, "words": words, "deadline": deadline, "outcome": outcome, "url": url}
        mailing.write(
            kind=f"certification.{kind}",
            to=user.email,
            language=user.language,
            template=f"certification/mail/{kind}.txt",
            context={**context, "host": host},
            about=case,
            host_slug=host.slug,
        )


def tell_complainant(*, complaint: Complaint) -> None:
    """The answer, where an address was left."""
    host = complaint.case.version.scheme.host
    if complaint.email:
        mailing.write(
            kind="certification.answer",
            to=complaint.email,
            language=settings.LANGUAGE_CODE,
            template="certification/mail/answer.txt",
            context={"complaint": complaint, "case": complaint.case, "host": host},
            about=complaint.case,
            host_slug=host.slug,
        )
