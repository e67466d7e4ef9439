"""Adding to the trail, inside the transaction of what is recorded."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
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
    entry = _entry(end, by=by, verb=verb, target=target, reason=reason, data=data, at=at)
    entry.save(force_insert=True)
    Chain.objects.filter(name=chain).update(length=entry.position, head=entry.hash)
    return entry


@dataclass(frozen=True)
class Happening:
    """One thing that happened, for `record_many`."""

    verb: str
    target: models.Model
    data: dict[str, Any] | None = None
    at: datetime | None = None


@transaction.atomic
def record_many(*, by: Any, happenings: Sequence[Happening], chain: str = INSTALLATION) -> list[Entry]:
    """Append many entries to one chain, which is locked and moved on once."""
    if not happenings:
        return []
    Chain.objects.get_or_create(name=chain)
    end = Chain.objects.select_for_update().get(name=chain)
    entries: list[Entry] = []
    for happening in happenings:
        entry = _entry(
            end,
            by=by,
            verb=happening.verb,
            target=happening.target,
            reason="",
            data=happening.data,
            at=happening.at,
        )
        end.length, end.head = entry.position, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    Chain.objects.filter(name=chain).update(length=end.length, head=end.head)
    return entries


def _entry(
    end: Chain,
    *,
    by: Any,
    verb: str,
    target: models.Model,
    reason: str,
    data: dict[str, Any] | None,
    at: datetime | None,
) -> Entry:
    entry = Entry(
        chain=end.name,
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
    return entry
