"""Buyers invited, wishes of both sides, and the timetable that was computed of them."""

import random
from datetime import date, datetime, time

from bridgehead.accounts.models import User
from bridgehead.matchmaking.actions.computing import compute
from bridgehead.matchmaking.actions.fairday import mark_outcome
from bridgehead.matchmaking.actions.forums import create_forum
from bridgehead.matchmaking.actions.parties import add_buyer, answer_invitation, invite, take_over_firms
from bridgehead.matchmaking.actions.publishing import publish
from bridgehead.matchmaking.actions.wishes import set_wishes
from bridgehead.matchmaking.models import Forum, Meeting, Party, Timetable
from bridgehead.matchmaking.rules import ByLink
from bridgehead.portal.demo import story
from bridgehead.portal.demo.firms import JEWELRY_BUYERS
from bridgehead.portal.demo.hosts import maker_of
from bridgehead.programmes.models import Programme

INTERESTS = [
    "Silver, small series",
    "Gold, bridal",
    "Coloured stones",
    "Pearls and enamel",
    "Unisex, everyday",
]
#: Of the twelve buyers one declines and one has not answered yet.
SILENT, DECLINING = 10, 11


def hold_matchmaking(programme: Programme, *, by: User) -> None:
    with story.on(2025, 11, 24):
        forum = create_forum(
            programme=programme,
            days=[date(2026, 1, day) for day in (16, 17, 18)],
            starts=time(10),
            ends=time(16),
            minutes=30,
            pauses=[(time(12), time(13))],
            tables=3,
            wishes_close_at=datetime(2026, 1, 5, 18, tzinfo=story.SEOUL),
            max_meetings_per_party=8,
            by=by,
        )
        firms = take_over_firms(forum=forum, by=by)
        buyers = [
            add_buyer(
                forum=forum,
                name=name,
                country=country,
                email=f"buyer{number}@demo.bridgehead.example",
                contact_name=f"Buyer {number}",
                language="en",
                interest=INTERESTS[number % len(INTERESTS)],
                reconstructed=True,
                by=by,
            )
            for number, (name, country) in enumerate(JEWELRY_BUYERS, start=1)
        ]
        for buyer in buyers:
            invite(party=buyer, by=by)
    with story.on(2025, 12, 8):
        _answers(forum, firms, buyers)
    with story.on(2026, 1, 8):
        timetable = compute(forum=forum, by=by, time_limit=1, threads=1)
    with story.on(2026, 1, 9):
        publish(timetable=timetable, by=by)
    with story.on(2026, 1, 19):
        _what_became(timetable, by)


def _what_became(timetable: Timetable, by: User) -> None:
    """Most meetings took place; one buyer missed two and one firm one, which counts at the next fair."""
    meetings = list(timetable.meetings.filter(state=Meeting.State.PLANNED).order_by("slot__starts_at", "pk"))
    absent = meetings[0].buyer_id
    missed = [meeting.pk for meeting in meetings if meeting.buyer_id == absent][:2]
    for meeting in meetings:
        outcome = Meeting.Outcome.BUYER_MISSED if meeting.pk in missed else Meeting.Outcome.HELD
        if meeting is meetings[-1]:
            outcome = Meeting.Outcome.FIRM_MISSED
        mark_outcome(meeting=meeting, outcome=outcome, by=by)


def _answers(forum: Forum, firms: list[Party], buyers: list[Party]) -> None:
    generator = random.Random(30)
    coming = [buyer for number, buyer in enumerate(buyers) if number not in (SILENT, DECLINING)]
    for number, buyer in enumerate(buyers):
        if number == SILENT:
            continue
        who = ByLink(buyer.organisation.name)
        answer_invitation(party=buyer, accept=number != DECLINING, by=who)
        if number != DECLINING:
            wished = generator.sample(firms, k=generator.randint(2, len(firms)))
            set_wishes(party=buyer, wishes={firm.pk: generator.randint(1, 3) for firm in wished}, by=who)
    for firm in firms:
        wished = generator.sample(coming, k=6)
        set_wishes(
            party=firm,
            wishes={buyer.pk: generator.randint(1, 3) for buyer in wished},
            by=maker_of(firm.organisation),
        )
