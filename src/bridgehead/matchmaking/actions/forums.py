"""Opening a forum and changing its hours and tables."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.matchmaking.models import Forum, Meeting, Slot, Table
from bridgehead.matchmaking.rules import JITSI, Pause, Period, periods, write_pauses
from bridgehead.programmes.models import Programme


class AlreadyOpen(Exception):
    def __init__(self) -> None:
        super().__init__(_("This programme has its matchmaking already. Reload the page to see it."))


class InUse(Exception):
    """Times or tables that the published timetable needs would go."""

    def __init__(self, meetings: int) -> None:
        super().__init__(
            _("%(count)d published meetings need a time or table that would go. Keep those hours and tables.")
            % {"count": meetings}
        )


@transaction.atomic
def create_forum(
    *,
    programme: Programme,
    days: Sequence[date],
    starts: time,
    ends: time,
    minutes: int,
    tables: int,
    by: Any,
    pauses: Sequence[Pause] = (),
    wishes_close_at: datetime | None = None,
    max_meetings_per_party: int = 12,
    offers_at_once: bool = False,
    online_pattern: str = JITSI,
) -> Forum:
    """Open the matchmaking: slots on these days within these hours (of the fair's place), tables T01, T02 …

    Raises BadHours when the hours leave no room, AlreadyOpen when somebody was faster.
    """
    forum = Forum(
        programme=programme,
        day_starts=starts,
        day_ends=ends,
        minutes=minutes,
        pauses=write_pauses(pauses),
        wishes_close_at=wishes_close_at,
        max_meetings_per_party=max_meetings_per_party,
        offers_at_once=offers_at_once,
        online_pattern=online_pattern,
    )
    wanted = periods(days=days, starts=starts, ends=ends, minutes=minutes, pauses=pauses, zone=forum.zone)
    try:
        with transaction.atomic():
            forum.save(force_insert=True)
    except IntegrityError:
        raise AlreadyOpen from None
    _lay_slots(forum, wanted)
    _lay_tables(forum, tables)
    _record(forum, "matchmaking.open", by)
    return forum


@transaction.atomic
def change_forum(
    *,
    forum: Forum,
    days: Sequence[date],
    starts: time,
    ends: time,
    minutes: int,
    tables: int,
    by: Any,
    pauses: Sequence[Pause] = (),
    wishes_close_at: datetime | None = None,
    max_meetings_per_party: int = 12,
    offers_at_once: bool = False,
    online_pattern: str = JITSI,
) -> Forum:
    """New hours, tables and switches. Times that stay keep what people said about them.

    Draft timetables that used what goes are discarded; a published one is never broken: then InUse is raised.
    """
    forum = (
        Forum.objects.select_for_update(of=("self",)).select_related("programme__edition").get(pk=forum.pk)
    )
    wanted = periods(days=days, starts=starts, ends=ends, minutes=minutes, pauses=pauses, zone=forum.zone)
    keys = {(period.starts_at, period.ends_at) for period in wanted}
    slots = [slot.pk for slot in forum.slots.all() if (slot.starts_at, slot.ends_at) not in keys]
    spare = [table.pk for table in forum.tables.all()[tables:]]
    _free(forum, slots, spare)
    Slot.objects.filter(pk__in=slots).delete()
    Table.objects.filter(pk__in=spare).delete()
    forum.day_starts, forum.day_ends, forum.minutes = starts, ends, minutes
    forum.pauses = write_pauses(pauses)
    forum.wishes_close_at, forum.max_meetings_per_party = wishes_close_at, max_meetings_per_party
    forum.offers_at_once, forum.online_pattern = offers_at_once, online_pattern
    forum.save(
        update_fields=[
            "offers_at_once",
            "online_pattern",
            "day_starts",
            "day_ends",
            "minutes",
            "pauses",
            "wishes_close_at",
            "max_meetings_per_party",
        ]
    )
    _lay_slots(forum, wanted)
    _lay_tables(forum, tables)
    _record(forum, "matchmaking.change", by)
    return forum


def _free(forum: Forum, slots: list[int], tables: list[int]) -> None:
    """Discard drafts that stand in the way; a timetable people were told about may not lose a time or a table."""
    touched = Meeting.objects.filter(timetable__forum=forum)
    touched = touched.filter(slot__in=slots) | touched.filter(table__in=tables)
    told = touched.exclude(timetable__published_at=None, timetable__replaced_at=None).count()
    if told:
        raise InUse(told)
    forum.timetables.filter(meetings__in=touched).delete()


def _lay_slots(forum: Forum, wanted: list[Period]) -> None:
    have = set(forum.slots.values_list("starts_at", flat=True))
    Slot.objects.bulk_create(
        Slot(forum=forum, starts_at=period.starts_at, ends_at=period.ends_at, session=period.session)
        for period in wanted
        if period.starts_at not in have
    )


def _lay_tables(forum: Forum, count: int) -> None:
    have = set(forum.tables.values_list("code", flat=True))
    codes = [f"T{number:02d}" for number in range(1, count + 1)]
    Table.objects.bulk_create(Table(forum=forum, code=code) for code in codes if code not in have)


def _record(forum: Forum, verb: str, by: Any) -> None:
    audit.record(
        by=by,
        verb=verb,
        target=forum,
        chain=forum.programme.host.slug,
        data={
            "slots": forum.slots.count(),
            "tables": forum.tables.count(),
            "wishes_close_at": forum.wishes_close_at,
            "max_meetings_per_party": forum.max_meetings_per_party,
        },
    )
