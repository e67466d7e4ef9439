"""Mails about an application, each to whoever applied and in that person's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bridgehead.calls.explaining import sentences
from bridgehead.calls.models import Application, Decision
from bridgehead.mailing import actions as mailing
from bridgehead.organisations.models import OrganisationMembership


@dataclass(frozen=True)
class Letter:
    """A mail about to be written; the preview shows exactly this."""

    to: str
    language: str
    template: str
    context: Mapping[str, Any]


def recipient(application: Application) -> tuple[str, str]:
    """(address, language): the person who applied, else an owner of the firm; ("", "ko") when there is nobody."""
    person = application.applicant
    if person is None or not person.is_active:
        owners = OrganisationMembership.objects.filter(organisation=application.firm, user__is_active=True)
        first = owners.select_related("user").order_by("-is_owner", "pk").first()
        person = first.user if first else None
    return (person.email, person.language) if person else ("", "ko")


def letter(application: Application, kind: str, context: Mapping[str, Any]) -> Letter:
    to, language = recipient(application)
    call = application.call
    with translation.override(language):
        url = settings.SITE_URL + reverse("calls:my_application", args=[application.pk])
        firm, host = application.firm.name, call.programme.host.name
    facts = {"application": application, "call": call, "firm": firm, "host": host, "url": url}
    return Letter(to, language, f"calls/mail/{kind}.txt", {**facts, **context})


def outcome_letter(application: Application, decision: Decision) -> Letter:
    """What a firm is told when the decisions are released."""
    _to, language = recipient(application)
    with translation.override(language):
        reasons = sentences(decision.reasons)
    return letter(application, f"outcome_{decision.outcome}", {"decision": decision, "reasons": reasons})


def send(application: Application, kind: str, mail: Letter) -> None:
    """Queue it; without an address there is nobody to write to, and the page of the application still tells."""
    if not mail.to:
        return
    mailing.write(
        kind=f"calls.{kind}",
        to=mail.to,
        language=mail.language,
        template=mail.template,
        context=mail.context,
        about=application,
        host_slug=application.call.programme.host.slug,
    )


def tell(*, application: Application, kind: str, context: Mapping[str, Any]) -> None:
    send(application, kind, letter(application, kind, context))
