"""The forum as a question to the timetable engine, and what the engine's answer means in words.

Ids: a slot is its key, a table its code, a party `p` and its key, a request the keys of firm and buyer (`12-34`), so
that the same wish has the same id in the next timetable.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from bridgehead.calls.models import Award
from bridgehead.engines import scheduling
from bridgehead.engines.scheduling import Booth, Goal, Instance, Participant, Previous, Request
from bridgehead.fairs.models import Stand
from bridgehead.kit.clock import local_day
from bridgehead.matchmaking.models import Forum, Meeting, Party, Slot, Timetable, Wish
from bridgehead.matchmaking.rules import worth

#: First as much as can be of what was wished, then days without gaps.
BEST = (Goal("max", {"value": 1}), Goal("min", {"breaks": 1}))
#: Re-planning: nobody loses a meeting, as few people as possible are disturbed, then what else can be held.
LEAST_CHANGE = (
    Goal("min", {"dropped": 1}),
    Goal("min", {"disturbed": 1}),
    Goal("max", {"value": 1}),
    Goal("min", {"moved": 1, "breaks": 1}),
)
Pair = tuple[int, int]


def request_id(pair: Pair) -> str:
    return f"{pair[0]}-{pair[1]}"


def pair_of(request: str) -> Pair:
    firm, buyer = request.split("-")
    return int(firm), int(buyer)


def pairs_wished(wishes: Iterable[Wish]) -> dict[Pair, tuple[int, int]]:
    """(firm, buyer) → (how much the firm wishes it, how much the buyer); 0 where that side said nothing."""
    found: dict[Pair, list[int]] = defaultdict(lambda: [0, 0])
    for wish in wishes:
        by_firm = wish.wisher.side == Party.Side.FIRM
        pair = (wish.wisher_id, wish.wished_id) if by_firm else (wish.wished_id, wish.wisher_id)
        found[pair][0 if by_firm else 1] = wish.strength
    return {pair: (firm, buyer) for pair, (firm, buyer) in sorted(found.items())}


def live_wishes(forum: Forum) -> list[Wish]:
    """Wishes between two parties that both take part."""
    accepted = Party.State.ACCEPTED
    return list(
        Wish.objects.filter(
            wisher__forum=forum, wisher__state=accepted, wished__state=accepted
        ).select_related("wisher")
    )


def published_timetable(forum: Forum) -> Timetable | None:
    return Timetable.objects.filter(forum=forum, published_at__isnull=False).first()


def build(forum: Forum, *, least_change: bool = False, now: datetime | None = None) -> Instance:
    """The instance of problem “select” as things stand. With `least_change`, on top of the published timetable.

    A meeting that somebody cancelled is not planned again, unless another time was welcome: then not at the old one.
    """
    slots = list(forum.slots.all())
    published = published_timetable(forum)
    held = list(published.meetings.all()) if published else []
    parties = list(
        forum.parties.filter(state=Party.State.ACCEPTED).prefetch_related("unavailable").order_by("pk")
    )
    stands = _stands(forum)
    instance = Instance(
        name=forum.programme.slug,
        problem="select",
        slots=tuple(_slot(slot, forum.zone) for slot in slots),
        tables=tuple(scheduling.Table(table.code) for table in forum.tables.all()),
        participants=tuple(_participant(party, forum, stands) for party in parties),
        requests=tuple(_requests(forum, held)),
        objective=BEST,
    )
    if least_change and published:
        instance = replace(
            instance, objective=LEAST_CHANGE, previous=_previous(held, slots, now or timezone.now())
        )
    return instance


def _slot(slot: Slot, zone: str) -> scheduling.Slot:
    return scheduling.Slot(str(slot.pk), local_day(slot.starts_at, zone).isoformat(), slot.session or None)


def _stands(forum: Forum) -> dict[int, Stand]:
    """Organisation → its stand in the pavilion."""
    stands = Stand.objects.filter(
        award__programme=forum.programme_id, award__state=Award.State.ACCEPTED
    ).select_related("award")
    return {stand.award.firm_id: stand for stand in stands if stand.award}


def _participant(party: Party, forum: Forum, stands: dict[int, Stand]) -> Participant:
    stand = stands.get(party.organisation_id) if party.is_firm else None
    return Participant(
        id=f"p{party.pk}",
        unavailable=tuple(str(slot.pk) for slot in party.unavailable.all()),
        max_meetings=forum.max_meetings_per_party,
        booth=Booth(stand.code, float(stand.x), float(stand.y)) if stand else None,
    )


def _requests(forum: Forum, held: list[Meeting]) -> Iterable[Request]:
    cancelled = {(m.firm_id, m.buyer_id): m for m in held if not m.is_planned and m.cancelled_by != "plan"}
    for pair, strengths in pairs_wished(live_wishes(forum)).items():
        gone = cancelled.get(pair)
        if gone is not None and not gone.rebook:
            continue
        yield Request(
            id=request_id(pair),
            a=f"p{pair[0]}",
            b=f"p{pair[1]}",
            weight=worth(*strengths),
            forbidden_slots=(str(gone.slot_id),) if gone is not None else (),
        )


def _previous(held: list[Meeting], slots: list[Slot], now: datetime) -> Previous:
    """What was published; in slots that have begun nothing changes any more."""
    slot_of = {request_id((m.firm_id, m.buyer_id)): str(m.slot_id) for m in held if m.is_planned}
    return Previous(slot_of, frozen_slots=tuple(str(slot.pk) for slot in slots if slot.starts_at <= now))


def lean(numbers: Any) -> dict[str, Any]:
    """What of the engine's figures is worth keeping."""
    wanted = ("value", "held", "breaks", "moved", "dropped", "added", "disturbed")
    return {key: numbers[key] for key in wanted if key in numbers}
