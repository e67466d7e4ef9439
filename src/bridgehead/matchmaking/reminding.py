"""Who has not done what is asked of them, and whether they may be written to today."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.matchmaking.models import Forum, Meeting, Party
from bridgehead.matchmaking.queries import late_parties
from bridgehead.matchmaking.rules import closed

#: Nobody is reminded twice within this time, of whatever.
AT_MOST_EVERY = timedelta(hours=24)
ANSWER, WISHES, CONFIRM = "answer", "wishes", "confirm"
KINDS = (ANSWER, WISHES, CONFIRM)


@dataclass(frozen=True)
class Group:
    """Parties that get the same letter: `ready` now, `resting` because they heard from us today, `mute` without address."""

    what: str
    title: str
    ready: list[Party]
    resting: list[Party]
    mute: list[Party]


def silent(forum: Forum, what: str, now: datetime) -> QuerySet[Party]:
    """Everybody of whom `what` is still expected."""
    parties = Party.objects.filter(forum=forum)
    if what == ANSWER:
        return late_parties(Q(forum=forum, side=Party.Side.BUYER), now)
    taking_part = parties.filter(state=Party.State.ACCEPTED)
    if what == WISHES:
        if closed(forum.wishes_close_at, now):
            return parties.none()
        return taking_part.filter(wishes_saved_at__isnull=True)
    ahead = Meeting.objects.filter(
        timetable__forum=forum,
        timetable__published_at__isnull=False,
        state=Meeting.State.PLANNED,
        slot__starts_at__gt=now,
    )
    return taking_part.filter(
        Q(pk__in=ahead.filter(firm_confirmed_at=None).values("firm"))
        | Q(pk__in=ahead.filter(buyer_confirmed_at=None).values("buyer"))
    )


def may_write(party: Party, now: datetime) -> bool:
    last = max(filter(None, [party.reminded_at, party.invited_at]), default=None)
    return last is None or last <= now - AT_MOST_EVERY


def to_remind(forum: Forum, now: datetime | None = None) -> list[Group]:
    now = now or timezone.now()
    titles = {
        ANSWER: _("Have not answered the invitation"),
        WISHES: _("Have not said whom they want to meet"),
        CONFIRM: _("Have not confirmed their meetings"),
    }
    groups = []
    for what in KINDS:
        rows = list(silent(forum, what, now).select_related("organisation").order_by("side", "pk"))
        written = [party for party in rows if party.email]
        groups.append(
            Group(
                what,
                titles[what],
                [party for party in written if may_write(party, now)],
                [party for party in written if not may_write(party, now)],
                [party for party in rows if not party.email],
            )
        )
    return groups
