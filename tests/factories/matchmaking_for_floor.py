from datetime import datetime, time, timedelta

from bridgehead.matchmaking.models import Forum, Meeting, Party, Slot, Timetable
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme

from .organisations import a_buyer


def a_meeting(programme: Programme, firm: Organisation, *, starts_at: datetime) -> Meeting:
    """A planned meeting of the published timetable, with a buyer of its own."""
    forum, _created = Forum.objects.get_or_create(
        programme=programme, defaults={"day_starts": time(9), "day_ends": time(18)}
    )
    slot = Slot.objects.create(forum=forum, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30))
    timetable = Timetable.objects.create(forum=forum, status="optimal", published_at=starts_at)
    return Meeting.objects.create(
        timetable=timetable,
        slot=slot,
        firm=Party.objects.create(forum=forum, organisation=firm, side="firm"),
        buyer=Party.objects.create(forum=forum, organisation=a_buyer(), side="buyer"),
    )
