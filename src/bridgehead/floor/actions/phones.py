"""Phones that keep a log: known to the server by the id they made, given their key while somebody is signed in."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from bridgehead.audit import actions as audit
from bridgehead.floor.models import Phone

#: So long a phone keeps its key without hearing from us: the days of a fair hall without network.
KEY_LEASE = timedelta(hours=72)


@transaction.atomic
def greet_phone(*, device: UUID, by: Any, session_key: str, label: str = "", waiting: int = 0) -> Phone:
    """A phone reports while its owner is signed in: it gets its key again, also after it was signed out."""
    heard = {"session_key": session_key, "waiting": waiting, "seen_at": timezone.now(), "signed_out_at": None}
    phone, created = Phone.objects.update_or_create(
        device=device, user=by, defaults=heard, create_defaults={**heard, "label": label[:120]}
    )
    if created:
        audit.record(by=by, verb="phone.register", target=phone)
    return phone


@transaction.atomic
def sign_out_phone(*, phone: Phone, by: Any) -> Phone:
    """End its session and withhold its key: from its next contact on it forgets the key and shows nothing.

    What it had not sent stays on it, unreadable, and is sent when its owner signs in on it again.
    """
    phone = Phone.objects.select_for_update().get(pk=phone.pk)
    if phone.session_key:
        Session.objects.filter(session_key=phone.session_key).delete()
    phone.session_key, phone.signed_out_at = "", timezone.now()
    phone.save(update_fields=["session_key", "signed_out_at"])
    audit.record(by=by, verb="phone.sign_out", target=phone)
    return phone


def session_ended(*, session_key: str) -> None:
    """Whoever signs out signs the phone out with it."""
    if session_key:
        Phone.objects.filter(session_key=session_key, signed_out_at__isnull=True).update(
            signed_out_at=timezone.now(), session_key=""
        )
