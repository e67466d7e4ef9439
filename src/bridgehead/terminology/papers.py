"""The list for the results meeting: every concept with something to decide, as HWPX."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bridgehead import documents
from bridgehead.documents.blocks import Column, Document, Heading, Language, Meta, Paragraph, Table
from bridgehead.terminology.comparing import said
from bridgehead.terminology.languages import language_name
from bridgehead.terminology.queries.editing import name_of, proposals

MOST = 500


def meeting_list() -> bytes:
    """What waits, reviewed proposals before those nobody has reviewed; an empty column for what the meeting decides."""
    lang: Language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    waiting = sorted(proposals()[:MOST], key=lambda proposal: proposal.state != "reviewed")
    rows = [
        (
            number,
            name_of(proposal.concept, lang),
            language_name(proposal.section) if proposal.section else _("Concept"),
            "\n".join(said(proposal.content)),
            proposal.reason,
            proposal.get_state_display(),
            "",
        )
        for number, proposal in enumerate(waiting, 1)
    ]
    columns = [
        Column(_("No."), "integer", width=1),
        Column(_("Concept"), width=3),
        Column(_("Part"), width=2),
        Column(_("Proposed"), width=8),
        Column(_("Reason"), width=3),
        Column(_("State"), width=2),
        Column(_("Decision"), width=3),
    ]
    document = Document(
        _("Terms for the results meeting"),
        lang,
        [
            Heading(_("Proposals")),
            Paragraph(_("%(count)s proposals wait for a decision.") % {"count": len(rows)}),
            Table(columns, rows, caption=_("Proposals")),
        ],
        meta=Meta(as_of=timezone.now(), source=_("Dictionary of the trade")),
        landscape=True,
    )
    return documents.render(document, "hwpx")
