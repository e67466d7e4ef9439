"""Adding to the trail, inside the transaction of what is recorded."""

import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from bridgehead.audit.models import SYSTEM, Chain, Entry
from bridgehead.audit.rules import entry_hash

INSTALLATION = "installation"


@transaction.atomic
def record(
    *,
    by: Any,
    verb: str,
    target: models.Model,
    chain: str = INSTALLATION,
    reason: str = "",
    data: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Entry:
    """Append one entry. `by` is a user, or None for the system; `chain` is the host's slug where there is one.

    `verb` is a stable code such as "application.submit"; people read its translation.
    """
    end, _created = Chain.objects.get_or_create(name=chain)
    end = Chain.objects.select_for_update().get(name=chain)
    entry = Entry(
        chain=chain,
        position=end.length + 1,
        at=at or timezone.now(),
        actor=str(by)[:120] if by is not None else SYSTEM,
        actor_id=getattr(by, "pk", None),
        verb=verb,
        target_kind=target._meta.label_lower,
        target_id=str(target.pk),
        target=str(target)[:200],
        reason=reason,
        data=json.loads(json.dumps(data or {}, cls=DjangoJSONEncoder)),
        previous=end.head,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    Chain.objects.filter(name=chain).update(length=entry.position, head=entry.hash)
    return entry
