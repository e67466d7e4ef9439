"""The three consents of an application, asked apart from each other as the personal data law wants it.

Only the first is needed to apply. The words are written out for the call at hand and kept with the consent as agreed to.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bridgehead.calls.models import Call
from bridgehead.organisations.models import Consent

Purpose = Consent.Purpose

#: Days after the programme's last day. Papers of public support are kept for five years.
KEPT_FOR = {Purpose.APPLICATION: 1826, Purpose.SHARING: 365, Purpose.FOLLOW_UP: 396}
REQUIRED = frozenset({Purpose.APPLICATION})


@dataclass(frozen=True)
class Asked:
    """One consent as it is asked: the words are in the language of the page."""

    purpose: str
    label: str
    wording: str
    required: bool
    retain_until: date


def retain_until(purpose: str, call: Call) -> date:
    return call.programme.ends_on + timedelta(days=KEPT_FOR[Purpose(purpose)])


def _wordings(call: Call) -> dict[str, str]:
    programme = call.programme
    names = {
        "host": programme.operator.name if programme.operator else programme.host.name,
        "call": call.title,
        "fair": programme.edition.name if programme.edition else programme.title,
    }
    return {
        Purpose.APPLICATION: _(
            "%(host)s collects and uses the firm's name and business registration number, the applicant's name and "
            "contact details and the answers of this application, in order to receive, review and decide on "
            "applications to “%(call)s”. You may refuse; the application can then not be accepted."
        )
        % names,
        Purpose.SHARING: _(
            "%(host)s passes the firm's name, its products and its contact details on to the organiser of %(fair)s and "
            "to invited buyers, for the catalogue, the stand and consultations. You may refuse; the application is "
            "reviewed all the same."
        )
        % names,
        Purpose.FOLLOW_UP: _(
            "%(host)s writes to the applicant for up to twelve months after %(fair)s to ask how consultations went on. "
            "You may refuse; the application is reviewed all the same."
        )
        % names,
    }


def asked_for(call: Call) -> list[Asked]:
    """In the reader's language, each with the day until which the data are kept."""
    found = []
    for purpose, words in _wordings(call).items():
        until = retain_until(purpose, call)
        kept = _("Kept until %(day)s, then destroyed.") % {"day": date_format(until, "DATE_FORMAT")}
        label = Purpose(purpose).label
        found.append(Asked(purpose, str(label), f"{words} {kept}", purpose in REQUIRED, until))
    return found


def every_wording(call: Call) -> set[str]:
    """The words of this call's consents in each language: by them a consent given is known again."""
    found: set[str] = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {asked.wording for asked in asked_for(call)}
    return found
