"""Checking a file on this site: the engine's verdict, and what the certificate says, for a page."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime

from bridgehead.certification import publishing
from bridgehead.certification.words import REASONS
from bridgehead.engines.credentials import instants, strictjson, verify
from bridgehead.engines.credentials.reasons import Refused, one_line
from bridgehead.engines.credentials.verify import Policy

SECONDS = 5.0


@dataclass(frozen=True)
class Checked:
    valid: bool
    reasons: list[tuple[Promise, str]]
    facts: dict[str, str]


def check(content: bytes) -> Checked:
    policy = Policy(trusted=publishing.trusted(), documents=publishing.own_documents(), seconds=SECONDS)
    verdict = verify.verify(content, policy)
    reasons = [(REASONS[reason.code], str(reason)) for reason in verdict.reasons]
    return Checked(verdict.valid, reasons, _facts(content))


def _facts(content: bytes) -> dict[str, str]:
    """What the file claims. True only where the verdict is valid."""
    try:
        document = strictjson.loads_object(content)
    except Refused:
        return {}
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    found = {
        "name": document.get("name"),
        "issuer": _at(issuer, "name"),
        "did": _at(issuer, "id") or issuer,
        "holder": _at(_at(subject, "issuedToParty"), "name"),
        "scope": document.get("description"),
        "from": document.get("validFrom"),
        "until": document.get("validUntil"),
        "id": document.get("id"),
    }
    shown = {name: one_line(value, 400) for name, value in found.items() if isinstance(value, str)}
    return shown | {name: _moment(shown[name]) for name in ("from", "until") if name in shown}


def _moment(text: str) -> str:
    """As people write it; what is no moment is shown as it stands."""
    try:
        return date_format(localtime(instants.parse(text)), "DATETIME_FORMAT")
    except ValueError:
        return text


def _at(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
