"""What leaves the site about an open call: calendar entries, feed, JSON, a picture. Nothing the pages do not show."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bridgehead.calls.models import Call
from bridgehead.documents import card
from bridgehead.documents.atom import Entry, Feed, Link
from bridgehead.kit.bilingual import pick
from bridgehead.kit.clock import with_zone


def language_now() -> Literal["ko", "en"]:
    return "en" if get_language() == "en" else "ko"


def address_of(call: Call) -> str:
    return settings.SITE_URL + reverse("calls:public_call", args=[call.slug])


def calendar_of(calls: Iterable[Call]) -> bytes:
    """The closing of each call as an entry with an alarm a day before. A new deadline reaches whoever subscribed."""
    calendar = Calendar()
    calendar.add("prodid", "-//Bridgehead//Calls//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Calls for participants"))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for call in calls:
        calendar.add_component(_closing(call))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _closing(call: Call) -> Event:
    closes = call.closes_at.astimezone(ZoneInfo(call.zone))
    event = Event()
    event.add("uid", f"call-{call.pk}@bridgehead")
    event.add("dtstamp", call.published_at or call.opens_at)
    event.add("sequence", int(call.closes_at.timestamp()) // 60)  # grows with every extension of the deadline
    event.add("dtstart", closes - timedelta(minutes=30))
    event.add("dtend", closes)
    event.add("summary", _("Closes: %(call)s") % {"call": call.title})
    event.add("description", call.programme.host.name)
    event.add("url", address_of(call))
    event.add("status", "CONFIRMED")
    return event


def feed_of(calls: Iterable[Call], *, language: str, address: str) -> Feed:
    """`calls` as `open_calls` gives them. An entry is updated when its words or its deadline change."""
    with override(language):
        entries = tuple(_entry(call, language) for call in calls)
        return Feed(
            id=address,
            title=_("Calls for participants"),
            subtitle=_("Open calls of overseas fair programmes"),
            updated=max((entry.updated for entry in entries), default=datetime(2025, 1, 1, tzinfo=UTC)),
            author=settings.WAGTAIL_SITE_NAME,
            links=(
                Link(address, "self", "application/atom+xml"),
                Link(settings.SITE_URL + reverse("calls:public_calls")),
            ),
            entries=entries,
            lang=language,
        )


def _entry(call: Call, language: str) -> Entry:
    published = call.published_at or call.opens_at
    closes = _("Closes: %(moment)s") % {"moment": with_zone(call.closes_at, call.zone)}
    return Entry(
        id=f"{settings.SITE_URL}/calls/{call.slug}#{language}",
        title=call.title,
        updated=call.changed_at,  # type: ignore[attr-defined]
        published=published,
        author=call.programme.host.name,
        summary=closes,
        links=(Link(address_of(call), "alternate", "text/html"),),
        categories=(call.kind,),
        lang=language,
    )


def as_json(call: Call) -> dict[str, Any]:
    """Both languages and times with their zone, as the rest of our JSON has them."""
    zone, programme = ZoneInfo(call.zone), call.programme
    return {
        "call": call.slug,
        "programme": programme.slug,
        "host": programme.host.slug,
        "kind": call.kind,
        "title": {"ko": call.title_ko, "en": pick(call.title_ko, call.title_en, "en")},
        "opens_at": call.opens_at.astimezone(zone).isoformat(),
        "closes_at": call.closes_at.astimezone(zone).isoformat(),
        "places": call.places,
        "reconstructed": programme.reconstructed,
        "url": address_of(call),
    }


def picture_of(call: Call) -> bytes:
    programme = call.programme
    facts = [
        _("Closes: %(moment)s") % {"moment": with_zone(call.closes_at, call.zone)},
        programme.edition.name if programme.edition else programme.title,
    ]
    if programme.reconstructed:
        facts.append(_("Demonstration with reconstructed data"))
    return card.draw(head=programme.host.name, title=call.title, lines=facts, language=language_now())
