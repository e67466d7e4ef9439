"""The forum's arithmetic: slots of a day, what a wish is worth, until when a link works."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

Pause = tuple[time, time]
LATE_AFTER = timedelta(days=7)
#: A buyer's link works for a year after the fair (results are followed up for so long), and never less than this.
LINK_LIFE_AFTER_FAIR = timedelta(days=365)
LINK_LIFE_AT_LEAST = timedelta(days=60)
MOST_SLOTS = 400
NOON = time(12)
#: What one side's wish is worth by its strength, and what comes on top when both sides wish the meeting.
WORTH = {3: 6, 2: 3, 1: 1}
MUTUAL = 4
SECONDS_TO_SOLVE = 20
#: Where online meetings are held unless the office has a service of its own; `{code}` is different for each.
JITSI = "https://meet.jit.si/bridgehead-{code}"


@dataclass(frozen=True)
class ByLink:
    """Who acted, for the audit trail, when somebody without an account did it by a mailed link."""

    name: str

    def __str__(self) -> str:
        """For the trail, which officers read, whatever the language of the page."""
        language = (translation.get_language() or "ko")[:2]
        with translation.override(language if language in {"ko", "en"} else "ko"):
            return _("%(name)s (by link)") % {"name": self.name}


@dataclass(frozen=True)
class Period:
    """A slot to be: two moments, and whether it is in the morning."""

    starts_at: datetime
    ends_at: datetime
    session: str


class Seat(NamedTuple):
    """Which two meet in which slot at which shared table (None: at the firm's stand)."""

    pair: tuple[int, int]
    slot: int
    table: str | None
    interpreter: int | None = None
    online: bool = False


class BadHours(Exception):
    """The hours asked for make no slots, or far too many."""


def read_pauses(text: str) -> list[Pause]:
    """“12:00-13:00, 15:30-15:45” as pairs of times. Raises BadHours saying what cannot be read."""
    pauses = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        found = re.fullmatch(r"(\d{1,2}):(\d{2})\s*[-–~]\s*(\d{1,2}):(\d{2})", part)
        try:
            numbers = [int(number) for number in found.groups()] if found else [12, 0, 12, 0]
            start, end = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
        except ValueError:
            start = end = NOON
        if not found or end <= start:
            raise BadHours(
                _("“%(pause)s” is not a pause; write one as 12:00-13:00, several with commas.")
                % {"pause": part}
            )
        pauses.append((start, end))
    return sorted(pauses)


def write_pauses(pauses: Iterable[Pause]) -> str:
    return ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in sorted(pauses))


def periods(
    *, days: Sequence[date], starts: time, ends: time, minutes: int, pauses: Sequence[Pause], zone: str
) -> list[Period]:
    """Meetings of `minutes` back to back within the hours of each day; a pause pushes the next one behind it."""
    place = ZoneInfo(zone)
    length = timedelta(minutes=minutes)
    found: list[Period] = []
    for day in sorted(set(days)):
        moment, closing = datetime.combine(day, starts), datetime.combine(day, ends)
        breaks = [(datetime.combine(day, a), datetime.combine(day, b)) for a, b in sorted(pauses)]
        while moment + length <= closing:
            blocking = next((b for a, b in breaks if a < moment + length and moment < b), None)
            if blocking is not None:
                moment = blocking
                continue
            session = "am" if moment.time() < NOON else "pm"
            period = Period(moment.replace(tzinfo=place), (moment + length).replace(tzinfo=place), session)
            found.append(period)
            moment += length
        if len(found) > MOST_SLOTS:
            raise BadHours(
                _("These hours make more than %(most)d times; make the meetings longer.")
                % {"most": MOST_SLOTS}
            )
    if not found:
        raise BadHours(
            _("There is no room for a meeting in these hours. Check the days, the hours and the pauses.")
        )
    return found


def worth(one: int, other: int) -> int:
    """What holding a meeting is worth: w(one) + w(other), plus 4 when both wish it.

    w is 6 for “must”, 3 for “would like”, 1 for “if there is time”, 0 for no wish. So two who both wish a meeting
    only if there is time (1 + 1 + 4) come as high as one who must and another who said nothing (6).
    """
    return WORTH.get(one, 0) + WORTH.get(other, 0) + (MUTUAL if one and other else 0)


def link_expires_at(*, now: datetime, last_day: date) -> datetime:
    after_fair = datetime.combine(last_day, NOON, tzinfo=now.tzinfo) + LINK_LIFE_AFTER_FAIR
    return max(after_fair, now + LINK_LIFE_AT_LEAST)


def is_late(invited_at: datetime | None, answered_at: datetime | None, now: datetime) -> bool:
    """Invited more than a week ago and silent."""
    return invited_at is not None and answered_at is None and invited_at < now - LATE_AFTER


def closed(wishes_close_at: datetime | None, now: datetime) -> bool:
    return wishes_close_at is not None and wishes_close_at <= now


def keep_tables(seats: list[Seat], before: list[Seat], tables: list[str]) -> list[Seat]:
    """The same plan with tables swapped within each slot, so that a meeting whose time stays keeps its table as well.

    Tables are alike to the engine, which may name any; to people another table is a change.
    """
    wanted = {(seat.pair, seat.slot): seat.table for seat in before}
    kept = {seat: wanted.get((seat.pair, seat.slot)) if seat.table else None for seat in seats}
    taken = {(seat.slot, table) for seat, table in kept.items() if table}
    placed = []
    for seat in seats:
        table = kept[seat] or seat.table
        if seat.table and not kept[seat]:
            free = (code for code in (seat.table, *tables) if (seat.slot, code) not in taken)
            table = next(free)
            taken.add((seat.slot, table))
        placed.append(seat._replace(table=table))
    return placed
