"""Mails about an application, each to whoever applied and in that person's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bridgehead.calls.explaining import points, sentences
from bridgehead.calls.letterfields import filled
from bridgehead.calls.models import Application, Call, Decision, Letter
from bridgehead.calls.rules import objections_until
from bridgehead.kit.bilingual import pick
from bridgehead.kit.clock import with_zone
from bridgehead.mailing import actions as mailing
from bridgehead.organisations.models import OrganisationMembership

OWN_LETTER = "calls/mail/own_letter.txt"


@dataclass(frozen=True)
class Message:
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


def letter(application: Application, kind: str, context: Mapping[str, Any]) -> Message:
    to, language = recipient(application)
    call = application.call
    with translation.override(language):
        url = _address(application)
        firm, host = application.firm.name, call.programme.host.name
    facts = {"application": application, "call": call, "firm": firm, "host": host, "url": url}
    return Message(to, language, f"calls/mail/{kind}.txt", {**facts, **context})


def _address(application: Application) -> str:
    return settings.SITE_URL + reverse("calls:my_application", args=[application.pk])


@dataclass(frozen=True)
class Letters:
    """The letters of a release: the office's own words where it has written some, else the standard ones."""

    call: Call
    own: Mapping[str, Letter]

    def outcome(self, decision: Decision) -> Message:
        """What a firm is told when the decisions are released."""
        own = self.own.get(decision.outcome)
        if own:
            return own_letter(decision, own)
        _to, language = recipient(decision.application)
        with translation.override(language):
            context = {
                "decision": decision,
                "reasons": sentences(decision.reasons),
                "until": _until(self.call),
            }
        return letter(decision.application, f"outcome_{decision.outcome}", context)


def letters_for(call: Call) -> Letters:
    return Letters(call, {one.outcome: one for one in call.letters.all()})


def _until(call: Call) -> str:
    moment = objections_until(call)
    return with_zone(moment, call.zone) if moment else ""


def own_letter(decision: Decision, own: Letter) -> Message:
    """The office's letter with its fields, in the language of whoever reads it; Korean where it has no other."""
    to, language = recipient(decision.application)
    with translation.override(language):
        values = field_values(decision)
        context = {
            "subject": filled(pick(own.subject_ko, own.subject_en), values),
            "body": filled(pick(own.body_ko, own.body_en), values),
        }
    return Message(to, language, OWN_LETTER, context)


def field_values(decision: Decision) -> dict[str, str]:
    """What stands for each of `letterfields.FIELDS`, in the language in force."""
    application = decision.application
    call = application.call
    total = None if decision.score is None else decision.score + decision.bonus
    return {
        "firm": application.firm.name,
        "number": application.number,
        "title": call.title,
        "programme": call.programme.title,
        "host": call.programme.host.name,
        "outcome": decision.get_outcome_display(),
        "rank": str(decision.rank or "–"),
        "score": "–" if total is None else points(total),
        "reserve": str(decision.reserve_rank or "–"),
        "reasons": "\n".join(f"- {why}" for why in sentences(decision.reasons)),
        "places": str(call.places),
        "deadline": _until(call) or "–",
        "url": _address(application),
    }


def send(application: Application, kind: str, mail: Message) -> None:
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
