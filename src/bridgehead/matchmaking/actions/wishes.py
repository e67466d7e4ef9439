"""What a party says: what it looks for, whom it wants to meet, and when it can."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bridgehead.audit import actions as audit
from bridgehead.matchmaking.actions.parties import TooLate
from bridgehead.matchmaking.models import Block, Party, Slot, Wish
from bridgehead.matchmaking.queries import NO, counterparts, own_blocks
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
def set_wishes_for(*, party: Party, wishes: Mapping[int, int], by: Any, at: datetime | None = None) -> Party:
    """An officer enters what a party said by phone or what was agreed for it: marked as the officer's, also after closing.

    What the party said itself and the officer leaves as it is stays the party's own.
    """
    party = _open_party(party, at, late_too=True)
    _put_wishes(party, wishes, by_officer=True)
    chain = party.forum.programme.host.slug
    audit.record(
        by=by, verb="party.wishes_for", target=party, chain=chain, data={"wishes": len(wishes)}, at=at
    )
    return party


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
    facts: Mapping[str, Any] | None = None,
    late_too: bool = False,
    at: datetime | None = None,
) -> Party:
    """The whole page of a party at once, as its save button and its autosave send it. `facts`: see `profiles.FACTS`."""
    party = _open_party(party, at, late_too)
    party.interest = interest.strip()
    for name, value in (facts or {}).items():
        setattr(party, name, value)
    party.save(update_fields=["interest", *(facts or {})])
    _put_availability(party, available)
    _put_wishes(party, wishes)
    _said(party, by, at)
    return party


def _put_wishes(party: Party, wishes: Mapping[int, int], *, by_officer: bool = False) -> None:
    """NO (-1) keeps the two apart; nobody but this party and the officers ever sees that."""
    there = set(counterparts(party).order_by().values_list("pk", flat=True))
    said = {other: strength for other, strength in wishes.items() if strength and other in there}
    wanted = {other: strength for other, strength in said.items() if strength != NO}
    before = dict(party.wishes.values_list("wished", "strength"))
    party.wishes.filter(wished__in=there - wanted.keys()).delete()
    changed = {other: strength for other, strength in wanted.items() if before.get(other) != strength}
    Wish.objects.bulk_create(
        [
            Wish(wisher=party, wished_id=other, strength=strength, by_officer=by_officer)
            for other, strength in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["wisher", "wished"],
        update_fields=["strength", "by_officer"],
    )
    _put_blocks(party, {other for other, strength in said.items() if strength == NO}, there)


def _put_blocks(party: Party, refused: set[int], there: set[int]) -> None:
    mine = own_blocks(party)
    side, other_side = ("firm", "buyer") if party.is_firm else ("buyer", "firm")
    mine.filter(**{f"{other_side}__in": there - refused}).delete()
    Block.objects.bulk_create(
        [
            Block(forum_id=party.forum_id, said_by=party.side, **{side: party, f"{other_side}_id": other})
            for other in refused
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def keep_apart(*, firm: Party, buyer: Party, by: Any, reason: str = "") -> Block:
    """The officer sees to it that these two are never planned together; nobody is told."""
    block, made = Block.objects.get_or_create(
        firm=firm,
        buyer=buyer,
        said_by=Block.SaidBy.OFFICER,
        defaults={"forum": firm.forum, "reason": reason.strip()[:300]},
    )
    if made:
        _record_block(block, "pair.keep_apart", by)
    return block


@transaction.atomic
def let_meet(*, block: Block, by: Any) -> None:
    """Takes the officer's own block back; a party's no is the party's."""
    if block.said_by == Block.SaidBy.OFFICER:
        _record_block(block, "pair.let_meet", by)
        block.delete()


def _record_block(block: Block, verb: str, by: Any) -> None:
    chain = block.forum.programme.host.slug
    audit.record(by=by, verb=verb, target=block, chain=chain, reason=block.reason)


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
