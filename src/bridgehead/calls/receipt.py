"""The receipt of one sending as a document: what was sent, and the hash by which it is known again.

Made from the submission alone, so that the same submission gives the same bytes whenever and by whomever it is asked for.
"""

import json
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bridgehead import documents
from bridgehead.calls.models import Submission
from bridgehead.documents.blocks import Block, Column, Document, Heading, Language, Meta, Paragraph, Table
from bridgehead.kit.clock import with_zone
from bridgehead.kit.validators import format_business_number
from bridgehead.organisations.models import Consent
from bridgehead.questions.queries import Answer, answered


def pdf(submission: Submission, language: str) -> bytes:
    return documents.render(build(submission, language), "pdf")


def build(submission: Submission, language: str) -> Document:
    wanted: Language = "en" if language[:2] == "en" else "ko"
    application = submission.application
    with translation.override(wanted):
        record = json.loads(submission.record)
        blocks: list[Block] = [
            _facts(submission, record),
            Paragraph(_("SHA-256 of this application: %(hash)s") % {"hash": submission.sha256}),
            Heading(_("Answers")),
            _answers(answered(application.question_set, submission.answers, language=wanted)),
            *_files(record["files"]),
            *_team(record["team"]),
            *_consents(record["consents"]),
        ]
        title = _("Receipt: %(number)s") % {"number": application.number}
        meta = Meta(organisation=application.call.programme.host.name, made_at=submission.sent_at)
        return Document(title, wanted, blocks, meta=meta, number_headings=False, ends=False)


def _facts(submission: Submission, record: dict[str, Any]) -> Table:
    call, firm = submission.application.call, record["firm"]
    rows = [
        (_("Call"), call.title),
        (_("Receipt number"), record["number"]),
        (_("Firm"), " / ".join(filter(None, [firm["name_ko"], firm["name_en"]]))),
        (_("Business registration number"), format_business_number(firm["business_number"])),
        (pgettext("receipt", "Sent"), with_zone(datetime.fromisoformat(record["sent_at"]), call.zone)),
        (_("Sending"), str(record["sequence"])),
    ]
    if record["late"]:
        rows.append((_("Note"), _("sent in the time of grace")))
    if record["on_paper"]:
        rows.append((_("Note"), _("entered by the office from paper")))
    return Table([Column(pgettext("receipt", "What"), width=1), Column(_("Content"), width=2)], rows)


def _text(answer: Answer) -> str:
    match answer.shape:
        case "list":
            return ", ".join(answer.value)
        case "table":
            return "\n".join(" | ".join(str(cell) for cell in row) for row in answer.value)
        case "file":
            return str(answer.value.name)
        case "empty":
            return "–"
        case _:
            return str(answer.value)


def _answers(rows: list[Answer]) -> Table:
    columns = [Column(_("Question"), width=1), Column(_("Answer"), width=2)]
    return Table(columns, [(row.label, _text(row)) for row in rows])


def _files(files: list[dict[str, Any]]) -> list[Block]:
    if not files:
        return []
    columns = [
        Column(_("File"), width=1),
        Column(_("Bytes"), kind="integer", width=0.5),
        Column("SHA-256", width=2),
    ]
    return [
        Heading(_("Files")),
        Table(columns, [(file["name"], file["size"], _in_two_lines(file["sha256"])) for file in files]),
    ]


def _in_two_lines(digest: str) -> str:
    """Nothing in it may be broken by itself, and the page is narrower than sixty-four digits beside two columns."""
    return f"{digest[:32]}\n{digest[32:]}"


def _team(team: list[dict[str, Any]]) -> list[Block]:
    if not team:
        return []
    columns = [Column(_("Name")), Column(_("Part in the team"))]
    return [Heading(_("The team")), Table(columns, [(one["name"], one["part"]) for one in team])]


def _consents(consents: list[dict[str, Any]]) -> list[Block]:
    if not consents:
        return []
    columns = [Column(_("Consent"), width=1), Column(_("Words agreed to"), width=3)]
    rows = [(str(Consent.Purpose(one["purpose"]).label), one["wording"]) for one in consents]
    return [Heading(_("Consents given")), Table(columns, rows)]
