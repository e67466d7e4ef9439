from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from bridgehead.matchmaking import actions
from bridgehead.matchmaking.models import Forum, Party, Timetable, Wish
from bridgehead.programmes.models import Programme

from .calls import an_award
from .organisations import a_firm, number
from .programmes import a_programme, an_edition


def a_coming_programme(**fields: Any) -> Programme:
    """A programme to a fair that begins in thirty days."""
    first = timezone.now().date() + timedelta(days=30)
    last = first + timedelta(days=4)
    if "edition" not in fields:
        fields["edition"] = an_edition(starts_on=first, ends_on=last)
    return a_programme(starts_on=first, ends_on=last, **fields)


def a_forum(programme: Programme | None = None, **fields: Any) -> Forum:
    """One day, 10:00 to 12:00, meetings of 30 minutes (four of them), two tables."""
    programme = programme or a_coming_programme()
    first: date = programme.edition.starts_on if programme.edition else programme.starts_on
    fields.setdefault("days", [first])
    fields.setdefault("starts", time(10))
    fields.setdefault("ends", time(12))
    fields.setdefault("minutes", 30)
    fields.setdefault("tables", 2)
    fields.setdefault("wishes_close_at", timezone.now() + timedelta(days=20))
    return actions.create_forum(programme=programme, by=None, **fields)


def at_the_fair(forum: Forum, hour: int, minute: int = 0) -> datetime:
    """A moment on the forum's first day, on the clock of its place."""
    slot = forum.slots.first()
    assert slot
    return slot.starts_at.astimezone(ZoneInfo(forum.zone)).replace(hour=hour, minute=minute)


def a_firm_party(forum: Forum, **fields: Any) -> Party:
    """A firm with an accepted award that was taken over."""
    firm = fields.pop("firm", None) or a_firm(sector="Jewelry")
    an_award(forum.programme, firm)
    actions.take_over_firms(forum=forum, by=None)
    party = Party.objects.select_related("forum__programme__edition").get(forum=forum, organisation=firm)
    fields.setdefault("email", f"firm{number()}@example.org")
    for name, value in fields.items():
        setattr(party, name, value)
    party.save()
    return party


def a_buyer_party(forum: Forum, *, accepted: bool = True, **fields: Any) -> Party:
    n = number()
    fields.setdefault("name", f"Buyer {n}")
    fields.setdefault("country", "IT")
    fields.setdefault("email", f"buyer{n}@example.org")
    party = actions.add_buyer(forum=forum, by=None, **fields)
    return actions.answer_invitation(party=party, accept=True, by=None) if accepted else party


def a_wish(wisher: Party, wished: Party, strength: int = 2) -> Wish:
    return Wish.objects.create(wisher=wisher, wished=wished, strength=strength)


def a_timetable(forum: Forum, **options: Any) -> Timetable:
    options.setdefault("time_limit", 5)
    options.setdefault("threads", 1)
    return actions.compute(forum=forum, by=None, **options)


def cannot(party: Party, slots: Iterable[Any]) -> None:
    party.unavailable.set(slots)
