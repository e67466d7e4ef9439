"""Time as the people of a programme see it: stored in UTC, shown with its zone."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def check_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone; write one such as Asia/Seoul.") % {"zone": value}
        )


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of a moment where it happened."""
    return moment.astimezone(ZoneInfo(zone)).date()


def with_zone(moment: datetime, zone: str) -> str:
    """A moment for people: "16 January 2026 09:30 (Europe/Rome)"."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{date_format(local, 'DATE_FORMAT')} {local:%H:%M} ({zone})"


def today(zone: str = "Asia/Seoul") -> date:
    return local_day(timezone.now(), zone)


def end_of(day: date, zone: str) -> datetime:
    """The last minute of a day where it happens: what is due on that day is due then."""
    return datetime.combine(day, time(23, 59), ZoneInfo(zone))
