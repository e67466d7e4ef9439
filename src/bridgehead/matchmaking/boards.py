"""A timetable on the table: may this meeting go there, and if not, why not, in words an officer can act on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.kit.clock import local_day
from bridgehead.matchmaking.calendars import place_of
from bridgehead.matchmaking.grids import clock
from bridgehead.matchmaking.instances import Pair, stands_of
from bridgehead.matchmaking.models import Meeting, Party, Slot, Table, Timetable
from bridgehead.matchmaking.queries import kept_apart


@dataclass(frozen=True)
class Spot:
    """A slot at a shared table, or at the firm's own stand (`table` None)."""

    slot: Slot
    table: Table | None
    stand: str = ""


class Board:
    """Everything a check needs, read once. `now` decides which slots have begun."""

    def __init__(self, timetable: Timetable, *, now: datetime | None = None) -> None:
        self.timetable, self.forum = timetable, timetable.forum
        self.now, self.zone = now or timezone.now(), timetable.forum.zone
        self.slots = list(self.forum.slots.all())
        self.tables = list(self.forum.tables.all())
        unavailable = Prefetch("unavailable", queryset=Slot.objects.only("pk"))
        self.parties: dict[int, Party] = {
            party.pk: party
            for party in self.forum.parties.select_related("organisation").prefetch_related(unavailable)
        }
        self.apart = kept_apart(self.forum)
        self.away = {pk: {slot.pk for slot in party.unavailable.all()} for pk, party in self.parties.items()}
        stands = stands_of(self.forum)
        self.stand_of = {
            pk: stands[party.organisation_id].code
            for pk, party in self.parties.items()
            if party.is_firm and party.organisation_id in stands
        }
        self.meetings = [
            meeting
            for meeting in timetable.meetings.select_related("slot", "table", "interpreter")
            if meeting.is_planned
        ]
        self._index()

    def _index(self) -> None:
        self.busy: dict[tuple[int, int], Meeting] = {}
        self.taken: dict[tuple[int, int], Meeting] = {}
        self.count: dict[int, int] = defaultdict(int)
        for meeting in self.meetings:
            for party in (meeting.firm_id, meeting.buyer_id):
                self.busy[party, meeting.slot_id] = meeting
                self.count[party] += 1
            if meeting.table_id:
                self.taken[meeting.slot_id, meeting.table_id] = meeting

    def is_online(self, pair: Pair) -> bool:
        return any(self.parties[party].online for party in pair)

    def name(self, party: int) -> str:
        return self.parties[party].organisation.name

    def problems(
        self, pair: Pair, slot: Slot, table: Table | None, *, moving: Iterable[Meeting] = ()
    ) -> list[str]:
        """Why these two cannot meet there; nothing where they can. `moving` are meetings that leave their place
        in the same step. `table` None means any that is free."""
        leaving = {meeting.pk for meeting in moving}
        found = []
        if slot.starts_at <= self.now:
            found.append(_("%(time)s has begun already.") % {"time": clock(slot, self.zone)})
        if pair in self.apart:
            found.append(_("These two are kept apart."))
        for party in pair:
            found += self._of_party(party, slot, leaving)
        found += self._of_interpreter(moving, slot)
        return found + self._of_place(pair, slot, table, leaving)

    def _of_interpreter(self, moving: Iterable[Meeting], slot: Slot) -> list[str]:
        """Whoever interprets a meeting that moves has to be free there too."""
        taking_along = [meeting for meeting in moving if meeting.interpreter_id]
        if len(taking_along) != 1:  # in a swap the interpreters are looked for anew
            return []
        mine = taking_along[0]
        busy = any(
            m.interpreter_id == mine.interpreter_id and m.slot_id == slot.pk and m.pk != mine.pk
            for m in self.meetings
        )
        return [_("%(name)s interprets another meeting then.") % {"name": mine.interpreter}] if busy else []

    def _of_party(self, party: int, slot: Slot, leaving: set[int]) -> list[str]:
        name, found = self.name(party), []
        if not self.parties[party].takes_part:
            found.append(_("%(name)s does not take part.") % {"name": name})
        if slot.pk in self.away[party]:
            found.append(_("%(name)s is not there then.") % {"name": name})
        other = self.busy.get((party, slot.pk))
        if other is not None and other.pk not in leaving:
            met = self.name(other.buyer_id if party == other.firm_id else other.firm_id)
            found.append(_("%(name)s meets %(other)s then.") % {"name": name, "other": met})
        most = self.forum.max_meetings_per_party
        mine = self.count[party] - sum(
            party in (m.firm_id, m.buyer_id) for m in self.meetings if m.pk in leaving
        )
        if mine >= most:
            found.append(
                _("%(name)s has %(count)d meetings already, the most allowed.")
                % {"name": name, "count": mine}
            )
        return found

    def _of_place(self, pair: Pair, slot: Slot, table: Table | None, leaving: set[int]) -> list[str]:
        if self.is_online(pair):
            return []
        stand = self.stand_of.get(pair[0])
        if stand is not None:
            if table is not None:
                return [
                    _("%(firm)s meets at its own stand %(stand)s, not at a table.")
                    % {"firm": self.name(pair[0]), "stand": stand}
                ]
            return []
        if table is None:
            if self.free_table(slot, leaving=leaving) is None:
                return [_("All tables are taken then.")]
            return []
        other = self.taken.get((slot.pk, table.pk))
        if other is None or other.pk in leaving:
            return []
        words = _("Table %(table)s is taken then by %(firm)s and %(buyer)s.")
        firm, buyer = self.name(other.firm_id), self.name(other.buyer_id)
        return [words % {"table": table.code, "firm": firm, "buyer": buyer}]

    def free_table(
        self, slot: Slot, *, wanted: Table | None = None, leaving: Iterable[int] = ()
    ) -> Table | None:
        for table in [*([wanted] if wanted else []), *self.tables]:
            other = self.taken.get((slot.pk, table.pk))
            if other is None or other.pk in set(leaving):
                return table
        return None

    def spot(
        self,
        pair: Pair,
        slot: Slot,
        table: Table | None,
        *,
        leaving: Iterable[int] = (),
        wanted: Table | None = None,
    ) -> Spot:
        """Where these two sit, once `problems` finds none."""
        stand = self.stand_of.get(pair[0])
        if self.is_online(pair):
            return Spot(slot, None)
        if stand is not None:
            return Spot(slot, None, stand)
        return Spot(slot, table or self.free_table(slot, wanted=wanted, leaving=leaving))

    def swap_problems(self, one: Meeting, other: Meeting) -> list[str]:
        """Why two meetings cannot take each other's time."""
        moving = (one, other)
        found = [
            *self.problems((one.firm_id, one.buyer_id), other.slot, None, moving=moving),
            *self.problems((other.firm_id, other.buyer_id), one.slot, None, moving=moving),
        ]
        shared = {one.firm_id, one.buyer_id} & {other.firm_id, other.buyer_id}
        if one.slot_id == other.slot_id and shared:
            found.append(_("These two are at the same time."))
        return list(dict.fromkeys(found))

    def gaps(self, party: int, *, without: Iterable[int] = (), and_at: Slot | None = None) -> int:
        """How often this party waits between two meetings of a day, if `without` went and one came `and_at`."""
        skip = set(without)
        held = {m.slot_id for m in self.meetings if party in (m.firm_id, m.buyer_id) and m.pk not in skip} | (
            {and_at.pk} if and_at else set()
        )
        days: dict[object, list[int]] = defaultdict(list)
        for position, slot in enumerate(self.slots):
            if slot.pk in held:
                days[local_day(slot.starts_at, self.zone)].append(position)
        return sum(after - before > 1 for row in days.values() for before, after in pairwise(row))

    def hint(self, pair: Pair, slot: Slot, moving: Iterable[Meeting] = ()) -> str:
        """What the move does to the days of the two: “one gap more for Heradi”."""
        leaving, words = {meeting.pk for meeting in moving}, []
        for party in pair:
            change = self.gaps(party, without=leaving, and_at=slot) - self.gaps(party)
            if change > 0:
                words.append(_("one gap more for %(name)s") % {"name": self.name(party)})
            elif change < 0:
                words.append(_("one gap less for %(name)s") % {"name": self.name(party)})
        return ", ".join(words)


def where(meeting: Meeting, zone: str) -> str:
    return f"{clock(meeting.slot, zone)} · {place_of(meeting)}"
