"""What the hash of an entry covers."""

import hashlib
import json
from datetime import UTC

from bridgehead.audit.models import Entry


def entry_hash(entry: Entry) -> str:
    """SHA-256 over the entry's own facts and the hash before it, in a form that never depends on row ids."""
    facts = {
        "chain": entry.chain,
        "position": entry.position,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "actor_id": entry.actor_id,
        "verb": entry.verb,
        "target": [entry.target_kind, entry.target_id, entry.target],
        "reason": entry.reason,
        "data": entry.data,
        "previous": entry.previous,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
