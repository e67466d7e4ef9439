"""Paper of the timetable: everybody's own in A6 for the pocket, a sign per table and day, a list per day for the door."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bridgehead import documents
from bridgehead.documents import shown
from bridgehead.documents.blocks import Column, Document, Heading, Meta, Table
from bridgehead.documents.fonts import FAMILY
from bridgehead.documents.pdf import available_fonts
from bridgehead.matchmaking.calendars import place_of
from bridgehead.matchmaking.grids import clock, day_of
from bridgehead.matchmaking.models import Forum, Meeting, Party, Timetable

TEMPLATES = Path(__file__).parent / "typst"


def _set(name: str, data: dict[str, Any]) -> bytes:
    """Text reaches the template as data only, so that nothing a person typed can become a command."""
    return typst.compile(
        (TEMPLATES / f"{name}.typ").read_bytes(),
        sys_inputs={"data": json.dumps({**data, "font": FAMILY}, ensure_ascii=False)},
        font_paths=available_fonts(),
    )


def pocket(party: Party, meetings: Sequence[Meeting], *, zone: str = "") -> bytes:
    """`zone` is the viewer's: where its clock differs from the fair's, both are printed."""
    forum = party.forum
    language = "ko" if party.language.startswith("ko") else "en"
    own = zone if zone in available_timezones() else ""
    with translation.override(language):
        days: dict[str, list[dict[str, str]]] = defaultdict(list)
        for meeting in meetings:
            other = meeting.other(party)
            here = clock(meeting.slot, forum.zone)
            there = clock(meeting.slot, own) if own else ""
            days[day_of(meeting.slot, forum.zone)].append(
                {
                    "time": here,
                    "own": "" if there in ("", here) else f"{there} {own}",
                    "place": place_of(meeting),
                    "who": shown.clean(other.organisation.name),
                    "what": shown.clean(other.interest[:160]),
                }
            )
        return _set(
            "pocket",
            {
                "language": language,
                "title": shown.clean(party.organisation.name),
                "programme": shown.clean(forum.programme.title),
                "venue": shown.clean(_venue(forum)),
                "zone": _("Times on the clock of %(zone)s.") % {"zone": forum.zone},
                "none": _("No meeting is planned for you at present."),
                "notice": _("Reconstructed data") if forum.programme.reconstructed else "",
                "days": [{"day": day, "rows": rows} for day, rows in days.items()],
            },
        )


def _venue(forum: Forum) -> str:
    edition = forum.programme.edition
    return ", ".join(filter(None, [edition.name, edition.venue, edition.city])) if edition else ""


def table_signs(timetable: Timetable, meetings: Iterable[Meeting]) -> bytes:
    """One landscape A4 for each place and day, to stand on the table."""
    forum = timetable.forum
    pages: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for meeting in meetings:
        row = {
            "time": clock(meeting.slot, forum.zone),
            "firm": shown.clean(meeting.firm.organisation.name),
            "buyer": shown.clean(meeting.buyer.organisation.name),
        }
        pages[place_of(meeting), day_of(meeting.slot, forum.zone)].append(row)
    data = {
        "language": _language(),
        "programme": shown.clean(forum.programme.title),
        "notice": _("Reconstructed data") if forum.programme.reconstructed else "",
        "pages": [{"place": place, "day": day, "rows": rows} for (place, day), rows in sorted(pages.items())],
    }
    return _set("signs", data)


def door_list(timetable: Timetable, meetings: Iterable[Meeting]) -> bytes:
    """Who is expected, by day and name, with the time of the first meeting and where it is."""
    forum = timetable.forum
    days: dict[str, dict[Party, list[Meeting]]] = defaultdict(lambda: defaultdict(list))
    for meeting in meetings:
        for party in (meeting.firm, meeting.buyer):
            days[day_of(meeting.slot, forum.zone)][party].append(meeting)
    columns = [
        Column(_("Name")),
        Column(_("Side")),
        Column(pgettext("person", "Contact")),
        Column(_("First meeting")),
        Column(_("Where")),
        Column(_("Meetings"), "integer"),
    ]
    blocks: list[Any] = []
    for day, parties in days.items():
        rows = [
            (
                party.organisation.name,
                party.get_side_display(),
                party.contact_name,
                clock(mine[0].slot, forum.zone).split("–")[0],
                place_of(mine[0]),
                len(mine),
            )
            for party, mine in sorted(parties.items(), key=lambda item: item[0].organisation.name.casefold())
        ]
        blocks += [Heading(day), Table(columns, rows, caption=day)]
    document = Document(
        _("Door list"),
        "ko" if _language() == "ko" else "en",
        blocks,
        meta=Meta(
            organisation=forum.programme.host.name,
            source=forum.programme.title,
            notice=_("Reconstructed data") if forum.programme.reconstructed else "",
        ),
    )
    return documents.render(document, "pdf")


def _language() -> str:
    return "ko" if (translation.get_language() or "ko").startswith("ko") else "en"
