"""The timetable as a workbook: one sheet with every meeting, one with the wishes that are not held."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bridgehead import documents
from bridgehead.documents.blocks import Column, Document, Heading, Meta, Paragraph, Table
from bridgehead.kit.clock import local_day
from bridgehead.kit.countries import country_name
from bridgehead.matchmaking.calendars import place_of
from bridgehead.matchmaking.grids import clock, not_held, outcome
from bridgehead.matchmaking.models import Forum, Timetable


def workbook(timetable: Timetable, forum: Forum, names: dict[int, str]) -> bytes:
    zone = forum.zone
    rows = [
        (
            local_day(meeting.slot.starts_at, zone),
            clock(meeting.slot, zone),
            place_of(meeting),
            meeting.firm.organisation.name,
            meeting.buyer.organisation.name,
            country_name(meeting.buyer.organisation.country),
            meeting.get_state_display(),
            meeting.cancel_reason,
        )
        for meeting in timetable.meetings.all()
    ]
    columns = [
        Column(_("Day"), "date"),
        Column(_("Time")),
        Column(_("Place")),
        Column(_("Firm")),
        Column(_("Buyer")),
        Column(_("Country")),
        Column(_("State")),
        Column(_("Reason")),
    ]
    missing = [(row.firm, row.buyer, row.why) for row in not_held(timetable, names)]
    stated = outcome(timetable)
    document = Document(
        _("Timetable"),
        "ko" if (get_language() or "ko").startswith("ko") else "en",
        [
            Heading(_("Meetings")),
            Paragraph(f"{stated.held}. {stated.proof}"),
            Paragraph(_("Times on the clock of %(zone)s.") % {"zone": zone}),
            Table(columns, rows, caption=_("Meetings")),
            Heading(_("Wishes not held")),
            Table(
                [Column(_("Firm")), Column(_("Buyer")), Column(_("Why"))],
                missing,
                caption=_("Wishes not held"),
            ),
        ],
        meta=Meta(
            organisation=forum.programme.host.name,
            as_of=timetable.published_at or timetable.made_at,
            source=forum.programme.title,
            notice=_("Reconstructed data") if forum.programme.reconstructed else "",
        ),
    )
    return documents.render(document, "xlsx")
