"""Suggestions of the public: taken in at a slow rate, answered by editors."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.terminology.models import Concept, Suggestion

MOST_AN_HOUR = 5


class TooMany(Exception):
    """The same address sent so many suggestions that it has to wait."""

    def __init__(self) -> None:
        super().__init__(
            _("Many suggestions came from your network within an hour. Keep the text and send it later.")
        )


@transaction.atomic
def suggest(
    *, kind: str, text: str, address: str, concept: Concept | None = None, name: str = "", email: str = ""
) -> Suggestion:
    """Keep what somebody suggests. Their network address is kept as a keyed hash, until the suggestion is answered."""
    sender = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    hour = timezone.now() - timedelta(hours=1)
    if Suggestion.objects.filter(sender=sender, sent_at__gt=hour).count() >= MOST_AN_HOUR:
        raise TooMany
    return Suggestion.objects.create(
        concept=concept, kind=kind, text=text, name=name, email=email, sender=sender
    )


@transaction.atomic
def answer_suggestion(*, suggestion: Suggestion, state: str, answer: str = "", by: Any) -> Suggestion:
    suggestion.state, suggestion.answer = state, answer
    suggestion.handled_by, suggestion.handled_at, suggestion.sender = by, timezone.now(), ""
    suggestion.save(update_fields=["state", "answer", "handled_by", "handled_at", "sender"])
    if state == Suggestion.State.TAKEN:
        audit.record(by=by, verb="suggestion.take", target=suggestion, reason=answer)
    else:
        audit.record(by=by, verb="suggestion.decline", target=suggestion, reason=answer)
    return suggestion
