"""Reading the trail, and proving that it is whole."""

from django.db import models
from django.db.models import QuerySet

from bridgehead.audit.models import Chain, Entry
from bridgehead.audit.rules import entry_hash


def entries_about(target: models.Model) -> QuerySet[Entry]:
    return Entry.objects.filter(target_kind=target._meta.label_lower, target_id=str(target.pk)).order_by(
        "-at", "-position"
    )


def entries_of(chains: list[str]) -> QuerySet[Entry]:
    return Entry.objects.filter(chain__in=chains).order_by("-at", "-position")


def first_break(chain: str) -> int | None:
    """The position of the first entry that was altered, removed or reordered; None for a whole chain."""
    previous, position = "0" * 64, 0
    for position, entry in enumerate(
        Entry.objects.filter(chain=chain).order_by("position").iterator(), start=1
    ):
        if entry.position != position or entry.previous != previous or entry_hash(entry) != entry.hash:
            return position
        previous = entry.hash
    end = Chain.objects.filter(name=chain).first()
    if end and (end.length, end.head) != (position, previous):
        return position + 1
    return None
