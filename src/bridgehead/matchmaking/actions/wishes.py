"""What a party says: what it looks for, whom it wants to meet, and when it can."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bridgehead.audit import actions as audit
from bridgehead.matchmaking.actions.parties import TooLate
from bridgehead.matchmaking.models import Party, Slot, Wish
from bridgehead.matchmaking.queries import counterparts
from bridgehead.matchmaking.rules import closed


def _open_party(party: Party, at: datetime | None, late_too: bool) -> Party:
    locked = (
        Party.objects.select_for_update(of=("self",))
        .select_related("forum__programme__host")
        .get(pk=party.pk)
    )
    if closed(locked.forum.wishes_close_at, at or timezone.now()) and not late_too:
        raise TooLate
    return locked


@transaction.atomic
def set_wishes(
    *,
    party: Party,
    wishes: Mapping[int, int],
    by: Any,
    late_too: bool = False,
    at: datetime | None = None,
) -> None:
    """`wishes`: key of the other party → 3 must, 2 would like, 1 if there is time; whoever is missing is not wished.

    Only parties of the other side that take part can be wished; a wish for somebody who has left meanwhile is kept,
    in case they come back. `late_too` is for the officer: raises TooLate otherwise once the wishes are closed.
    """
    party = _open_party(party, at, late_too)
    _put_wishes(party, wishes)
    _said(party, by, at)


@transaction.atomic
def set_availability(
    *,
    party: Party,
    available: Iterable[int],
    by: Any,
    late_too: bool = False,
    at: datetime | None = None,
) -> None:
    """`available`: keys of the slots in which the party can meet; it cannot in all others."""
    party = _open_party(party, at, late_too)
    _put_availability(party, available)
    _said(party, by, at)


@transaction.atomic
def save_answers(
    *,
    party: Party,
    interest: str,
    available: Iterable[int],
    wishes: Mapping[int, int],
    by: Any,
    late_too: bool = False,
    at: datetime | None = None,
) -> Party:
    """The whole page of a party at once, as its save button and its autosave send it."""
    party = _open_party(party, at, late_too)
    party.interest = interest.strip()
    party.save(update_fields=["interest"])
    _put_availability(party, available)
    _put_wishes(party, wishes)
    _said(party, by, at)
    return party


def _put_wishes(party: Party, wishes: Mapping[int, int]) -> None:
    there = set(counterparts(party).order_by().values_list("pk", flat=True))
    wanted = {other: strength for other, strength in wishes.items() if strength and other in there}
    party.wishes.filter(wished__in=there - wanted.keys()).delete()
    Wish.objects.bulk_create(
        [Wish(wisher=party, wished_id=other, strength=strength) for other, strength in wanted.items()],
        update_conflicts=True,
        unique_fields=["wisher", "wished"],
        update_fields=["strength"],
    )


def _put_availability(party: Party, available: Iterable[int]) -> None:
    there = Slot.objects.filter(forum=party.forum_id).values_list("pk", flat=True)
    party.unavailable.set(set(there) - set(available))


def _said(party: Party, by: Any, at: datetime | None) -> None:
    """Autosave comes every few seconds: one line in the trail for what was said within the hour."""
    now = at or timezone.now()
    before = party.wishes_saved_at
    party.wishes_saved_at = now
    party.save(update_fields=["wishes_saved_at"])
    if before is None or (now - before).total_seconds() > 3600:
        chain = party.forum.programme.host.slug
        audit.record(by=by, verb="party.wishes", target=party, chain=chain, at=at)
