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
from bridgehead.matchmaking.models import Forum, Interpreter, Meeting, Party, Pin, Run, Slot, Timetable, Wish
from bridgehead.matchmaking.queries import kept_apart
from bridgehead.matchmaking.rules import worth

ACCEPTED = Party.State.ACCEPTED
#: A pinned meeting outweighs everything else, so that it is held wherever that is possible at all.
PINNED = 10_000
#: How many points of wishes one gap in somebody's day is worth where gaps count more.
GAP_COSTS = 3
SHORTFALL, GAPS = Goal("min", {"shortfall": 1}), Goal("min", {"breaks": 1})
WISHES = Goal("max", {"value": 1})
#: What each choice of the officer means to the engine. Short ways come before gaps only where they were asked for.
GOALS = {
    Run.Goal.PROMISED: (SHORTFALL, WISHES, GAPS),
    Run.Goal.WISHES: (WISHES, GAPS),
    Run.Goal.COMPACT: (SHORTFALL, Goal("max", {"value": 1, "breaks": -GAP_COSTS}), GAPS),
    Run.Goal.NEAR: (SHORTFALL, WISHES, Goal("min", {"walking": 1}), GAPS),
}
#: Re-planning: nobody loses a meeting, as few people as possible are disturbed, then what else can be held.
LEAST_CHANGE = (
    Goal("min", {"dropped": 1}),
    Goal("min", {"disturbed": 1}),
    WISHES,
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
    return list(
        Wish.objects.filter(
            wisher__forum=forum, wisher__state=ACCEPTED, wished__state=ACCEPTED
        ).select_related("wisher")
    )


def published_timetable(forum: Forum) -> Timetable | None:
    return Timetable.objects.filter(forum=forum, published_at__isnull=False).first()


def build(
    forum: Forum,
    *,
    goal: str = Run.Goal.PROMISED,
    least_change: bool = False,
    now: datetime | None = None,
) -> Instance:
    """The instance of problem “select” as things stand. With `least_change`, on top of the published timetable.

    A meeting that somebody cancelled is not planned again, unless another time was welcome: then not at the old one.
    What has begun stays as it is, also when everything else is computed anew.
    """
    now = now or timezone.now()
    published = published_timetable(forum)
    held = list(published.meetings.all()) if published else []
    frame = frame_of(forum)
    pins = list(forum.pins.filter(firm__state=ACCEPTED, buyer__state=ACCEPTED, slot__starts_at__gt=now))
    requests = tuple(_requests(forum, held, pins))
    promised = any(party.min_meetings for party in frame.participants)
    objective = tuple(one for one in GOALS[Run.Goal(goal)] if promised or one is not SHORTFALL)
    instance = replace(frame, requests=requests, objective=objective)
    begun = any(slot.starts_at <= now for slot in forum.slots.all())
    if published and (least_change or begun):
        wanted = {request.id for request in requests}
        planned = [m for m in held if request_id((m.firm_id, m.buyer_id)) in wanted]
        previous = _previous(planned, list(forum.slots.all()), pins, now)
        instance = replace(instance, previous=previous)
    return replace(instance, objective=LEAST_CHANGE) if published and least_change else instance


def frame_of(forum: Forum) -> Instance:
    """Slots, tables, interpreters and those who take part, without any requests."""
    parties = forum.parties.filter(state=ACCEPTED).prefetch_related("unavailable").order_by("pk")
    stands = stands_of(forum)
    return Instance(
        name=forum.programme.slug,
        problem="select",
        slots=tuple(_slot(slot, forum.zone) for slot in forum.slots.all()),
        tables=_tables(forum),
        participants=tuple(_participant(party, forum, stands) for party in parties),
        interpreters=tuple(
            _interpreter(one) for one in forum.interpreters.prefetch_related("unavailable").order_by("pk")
        ),
        requests=(),
    )


def _interpreter(person: Interpreter) -> scheduling.Interpreter:
    return scheduling.Interpreter(
        id=f"i{person.pk}",
        languages=tuple(person.languages),
        unavailable=tuple(str(slot.pk) for slot in person.unavailable.all()),
        max_consecutive=person.rest_after or None,
    )


def language_needed(firm: Party, buyer: Party, offered: set[str]) -> str | None:
    """A language of the buyer that is interpreted here, where both have said what they speak and share nothing."""
    mine, theirs = set(firm.languages), buyer.languages or [buyer.language[:2]]
    if not mine or mine & set(theirs):
        return None
    return next((language for language in theirs if language in offered), None)


def _tables(forum: Forum) -> tuple[scheduling.Table, ...]:
    """In a row through the middle of the pavilion's meeting place, where there is one."""
    codes = list(forum.tables.values_list("code", flat=True))
    place = Stand.objects.filter(pavilion__programme=forum.programme_id, kind=Stand.Kind.MEETING).first()
    if place is None:
        return tuple(scheduling.Table(code) for code in codes)
    x, y, step = float(place.x), float(place.y + place.depth / 2), float(place.width) / max(len(codes), 1)
    return tuple(
        scheduling.Table(code, round(x + step * (number + 0.5), 2), round(y, 2))
        for number, code in enumerate(codes)
    )


def _slot(slot: Slot, zone: str) -> scheduling.Slot:
    return scheduling.Slot(str(slot.pk), local_day(slot.starts_at, zone).isoformat(), slot.session or None)


def stands_of(forum: Forum) -> dict[int, Stand]:
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
        min_meetings=party.guaranteed_meetings,
        booth=_booth(stand) if stand else None,
    )


def _booth(stand: Stand) -> Booth:
    x, y = stand.x + stand.width / 2, stand.y + stand.depth / 2
    return Booth(stand.code, round(float(x), 2), round(float(y), 2))


def _requests(forum: Forum, held: list[Meeting], pins: list[Pin]) -> Iterable[Request]:
    cancelled = {(m.firm_id, m.buyer_id): m for m in held if not m.is_planned and m.cancelled_by != "plan"}
    fixed = {(pin.firm_id, pin.buyer_id): str(pin.slot_id) for pin in pins}
    wished = pairs_wished(live_wishes(forum))
    apart = kept_apart(forum)
    parties = forum.parties.in_bulk()
    offered = {code for person in forum.interpreters.all() for code in person.languages}
    for pair in sorted(wished.keys() | fixed.keys()):
        gone, pinned = cancelled.get(pair), fixed.get(pair)
        if pair in apart:
            continue
        if gone is not None and not gone.rebook and pinned is None:
            continue
        firm, buyer = parties[pair[0]], parties[pair[1]]
        online = firm.online or buyer.online
        yield Request(
            id=request_id(pair),
            mode="online" if online else "onsite",
            interpreter=language_needed(firm, buyer, offered),
            a=f"p{pair[0]}",
            b=f"p{pair[1]}",
            weight=worth(*wished.get(pair, (0, 0))) + (PINNED if pinned else 0),
            forbidden_slots=(str(gone.slot_id),) if gone is not None and not pinned else (),
            fixed_slot=pinned,
        )


def _previous(held: list[Meeting], slots: list[Slot], pins: list[Pin], now: datetime) -> Previous:
    """What was published; in slots that have begun nothing changes any more.

    A meeting that a pin moves, or that stands where a pin wants to go, is not held against the new timetable: the
    officer has asked for that change.
    """
    at = {(pin.firm_id, pin.buyer_id): pin.slot_id for pin in pins}
    wanted = {(party, pin.slot_id) for pin in pins for party in (pin.firm_id, pin.buyer_id)}

    def gives_way(meeting: Meeting) -> bool:
        pair = (meeting.firm_id, meeting.buyer_id)
        if pair in at:
            return at[pair] != meeting.slot_id
        return any((party, meeting.slot_id) in wanted for party in pair)

    slot_of = {
        request_id((m.firm_id, m.buyer_id)): str(m.slot_id) for m in held if m.is_planned and not gives_way(m)
    }
    return Previous(slot_of, frozen_slots=tuple(str(slot.pk) for slot in slots if slot.starts_at <= now))


def lean(numbers: Any, pinned: int = 0) -> dict[str, Any]:
    """What of the engine's figures is worth keeping; `pinned` is what the pins added to the value."""
    wanted = ("value", "held", "breaks", "walking", "shortfall", "moved", "dropped", "added", "disturbed")
    kept = {key: numbers[key] for key in wanted if key in numbers}
    if "value" in kept:
        kept["value"] -= pinned
    return kept


def pinned_worth(requests: Iterable[Request]) -> int:
    """How much of the weight of these requests is there only because they are pinned."""
    return PINNED * sum(request.fixed_slot is not None for request in requests)
