"""The order of the day to take along: a calendar entry for one firm, a sheet for the office."""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bridgehead.calls.models import Appearance, Stage
from bridgehead.calls.sharing import language_now
from bridgehead.documents import xlsx
from bridgehead.documents.blocks import Column, Meta


def calendar_of(appearance: Appearance) -> bytes:
    stage, application = appearance.stage, appearance.application
    starts = appearance.starts_at.astimezone(ZoneInfo(stage.call.zone))
    event = Event()
    event.add("uid", f"appearance-{appearance.pk}@bridgehead")
    event.add("dtstamp", starts)
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=stage.minutes_each or 60))
    event.add("summary", f"{stage.name} · {stage.call.title}")
    event.add("location", stage.place)
    event.add("description", application.number)
    event.add("url", settings.SITE_URL + reverse("calls:my_application", args=[application.pk]))
    calendar = Calendar()
    calendar.add("prodid", "-//Bridgehead//Calls//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def workbook_of(stage: Stage, order: Iterable[Appearance]) -> bytes:
    """For the table at the door: place in the order, time, receipt number, firm."""
    columns = [
        Column(_("Order"), kind="number", places=0),
        Column(_("Begins"), kind="datetime"),
        Column(_("Receipt number")),
        Column(_("Firm")),
    ]
    rows = [(one.position, one.starts_at, one.application.number, one.application.firm.name) for one in order]
    title = _("Order of the day: %(stage)s") % {"stage": stage.name}
    programme = stage.call.programme
    notice = _("Reconstructed data") if programme.reconstructed else ""
    meta = Meta(organisation=programme.host.name, notice=notice)
    sheet = xlsx.Sheet(_("Order of the day"), columns, rows)
    return xlsx.workbook([sheet], title=title, language=language_now(), meta=meta)
