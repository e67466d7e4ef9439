"""The timetable laid out for people: a grid by table or by firm, a list per party, what changed, what is not held."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.engines.scheduling import Instance
from bridgehead.kit.clock import local_day
from bridgehead.matchmaking.calendars import place_of, table_name
from bridgehead.matchmaking.instances import pair_of, request_id
from bridgehead.matchmaking.models import Meeting, Party, Slot, Table, Timetable
from bridgehead.matchmaking.reasons import most_extra, unheld, words


@dataclass(frozen=True)
class Row:
    """One slot; `cells` in the order of the columns, None where nothing happens. `keys` name the columns."""

    time: str
    cells: list[Meeting | None]
    slot: Slot
    keys: list[str]

    @property
    def spots(self) -> list[tuple[str, Meeting | None]]:
        return list(zip(self.keys, self.cells, strict=True))


@dataclass
class Day:
    day: date
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Grid:
    columns: list[str]
    days: list[Day]


def day_of(slot: Slot, zone: str) -> str:
    return date_format(local_day(slot.starts_at, zone), _("l j F"))


def clock(slot: Slot, zone: str) -> str:
    place = ZoneInfo(zone)
    return f"{slot.starts_at.astimezone(place):%H:%M}–{slot.ends_at.astimezone(place):%H:%M}"


def _grid(
    slots: Iterable[Slot],
    zone: str,
    meetings: Iterable[Meeting],
    columns: dict[str, str],
    key: Callable[[Meeting], str],
) -> Grid:
    at = {(meeting.slot_id, key(meeting)): meeting for meeting in meetings if meeting.is_planned}
    days: dict[date, Day] = {}
    keys = list(columns)
    for slot in slots:
        day = local_day(slot.starts_at, zone)
        cells = [at.get((slot.pk, column)) for column in columns]
        days.setdefault(day, Day(day)).rows.append(Row(clock(slot, zone), cells, slot, keys))
    return Grid(list(columns.values()), list(days.values()))


def by_place(timetable: Timetable, slots: list[Slot], zone: str, *, tables: Iterable[Table] = ()) -> Grid:
    """A column for every table and stand that is used, and for all of `tables`."""
    meetings = list(timetable.meetings.all())
    used = {
        (meeting.table is None, place_of(meeting), place_key(meeting))
        for meeting in meetings
        if meeting.is_planned
    } | {(False, table_name(table), f"t{table.pk}") for table in tables}
    columns = {key: name for _at_stand, name, key in sorted(used)}
    return _grid(slots, zone, meetings, columns, place_key)


def place_key(meeting: Meeting) -> str:
    return f"t{meeting.table_id}" if meeting.table_id else f"s{meeting.stand}"


def by_firm(timetable: Timetable, slots: list[Slot], zone: str) -> Grid:
    meetings = list(timetable.meetings.all())
    firms = {f"f{m.firm_id}": m.firm.organisation.name for m in meetings if m.is_planned}
    columns = dict(sorted(firms.items(), key=lambda item: item[1]))
    return _grid(slots, zone, meetings, columns, lambda meeting: f"f{meeting.firm_id}")


@dataclass(frozen=True)
class Diary:
    """One party's meetings in time order."""

    party: Party
    meetings: list[tuple[Meeting, Party]]


def by_party(timetable: Timetable) -> list[Diary]:
    found: dict[int, list[tuple[Meeting, Party]]] = defaultdict(list)
    parties: dict[int, Party] = {}
    for meeting in timetable.meetings.all():
        if meeting.is_planned:
            for party in (meeting.firm, meeting.buyer):
                parties[party.pk] = party
                found[party.pk].append((meeting, meeting.other(party)))
    diaries = [Diary(parties[key], rows) for key, rows in found.items()]
    return sorted(diaries, key=lambda diary: (diary.party.side, diary.party.organisation.name))


@dataclass(frozen=True)
class Change:
    """A meeting against the published timetable: `kind` is moved, added or dropped."""

    kind: str
    label: str
    firm: Party
    buyer: Party
    before: Meeting | None
    after: Meeting | None


def changes(draft: Timetable, published: Timetable) -> list[Change]:
    """What publishing the draft would change for people, the losses first."""
    labels = {"dropped": _("dropped"), "moved": _("moved"), "added": _("added")}
    old = {(m.firm_id, m.buyer_id): m for m in published.meetings.all() if m.is_planned}
    new = {(m.firm_id, m.buyer_id): m for m in draft.meetings.all() if m.is_planned}
    found = []
    for pair in old.keys() | new.keys():
        before, after = old.get(pair), new.get(pair)
        some = after or before
        assert some is not None
        if before and after and _where(before) == _where(after):
            continue
        kind = "added" if before is None else "dropped" if after is None else "moved"
        found.append(Change(kind, labels[kind], some.firm, some.buyer, before, after))
    order = list(labels)
    return sorted(found, key=lambda change: (order.index(change.kind), str(change.firm), str(change.buyer)))


def _where(meeting: Meeting) -> tuple[int, int | None, str]:
    return meeting.slot_id, meeting.table_id, meeting.stand


@dataclass(frozen=True)
class NotHeld:
    firm: str
    buyer: str
    why: str
    pair: str = ""
    worth: float = 0


@dataclass(frozen=True)
class Outcome:
    """What the engine found, in words that claim no more than is proven."""

    held: str
    proof: str
    gaps: str
    proven: bool


def held_slots(timetable: Timetable) -> dict[str, str]:
    return {
        request_id((m.firm_id, m.buyer_id)): str(m.slot_id) for m in timetable.meetings.all() if m.is_planned
    }


def not_held(timetable: Timetable, names: dict[int, str]) -> list[NotHeld]:
    """The wishes of the question that have no meeting; `names` by party key. Cancelled ones have their own list."""
    if not timetable.instance:
        return []
    instance = Instance.from_dict(timetable.instance)
    cancelled = {(m.firm_id, m.buyer_id) for m in timetable.meetings.all() if not m.is_planned}
    rows = []
    for one in unheld(instance, held_slots(timetable)):
        if pair_of(one.request) in cancelled:
            continue
        firm, buyer = pair_of(one.request)
        limited = names.get(int(one.party[1:]), "") if one.party else ""
        rows.append(
            NotHeld(
                names.get(firm, ""), names.get(buyer, ""), words(one.code, limited), one.request, one.weight
            )
        )
    return rows


def outcome(timetable: Timetable) -> Outcome:
    """As computed; meetings cancelled afterwards do not change what was proven."""
    held, wished = timetable.objective.get("held", 0), timetable.requests
    counted = ngettext(
        "%(held)d of %(count)d wished meeting", "%(held)d of %(count)d wished meetings", wished
    ) % {"held": held, "count": wished}
    value, bound = timetable.objective.get("value", 0), timetable.bound.get("value")
    breaks, least = timetable.objective.get("breaks", 0), timetable.bound.get("breaks")
    gaps = ngettext("%(count)d gap in people's days", "%(count)d gaps in people's days", breaks) % {
        "count": breaks
    }
    if least is not None and timetable.base_id is None:
        fewest = (
            _("no timetable as good has fewer")
            if breaks <= least
            else _("at least %(least)d are unavoidable") % {"least": least}
        )
        gaps = f"{gaps} ({fewest})"
    proven = timetable.status == "optimal" or held == wished or (bound is not None and value >= bound)
    return Outcome(counted, _proof(timetable, held, wished, value, bound, proven), gaps, proven)


def _proof(
    timetable: Timetable, held: int, wished: int, value: float, bound: float | None, proven: bool
) -> str:
    if held == wished:
        return _("Every wish is met.")
    if timetable.base_id is not None:
        return (
            _("Proven: nobody can do better with as little change.")
            if proven
            else _("Not proven to be the least change; more time to think may find a better one.")
        )
    if proven:
        return _("Proven: nobody can do better.")
    computed = {request_id((m.firm_id, m.buyer_id)): str(m.slot_id) for m in timetable.meetings.all()}
    extra = most_extra(Instance.from_dict(timetable.instance), computed, value, bound or value)
    if not extra:
        return _("None can be added to these; another choice might still weigh slightly more.")
    return ngettext(
        "At most %(count)d more is possible on top of these.",
        "At most %(count)d more are possible on top of these.",
        extra,
    ) % {"count": extra}
