"""The applications of a call as a workbook: one row each, one column per question."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from bridgehead.calls.models import Application, Call
from bridgehead.documents import xlsx
from bridgehead.documents.blocks import Cell, Column, Language, Meta
from bridgehead.kit.validators import format_business_number
from bridgehead.questions.queries import Answer, answered


def _cell(answer: Answer) -> str:
    match answer.shape:
        case "list":
            return ", ".join(answer.value)
        case "table":
            return "\n".join(" | ".join(str(cell) for cell in row) for row in answer.value)
        case "file":
            return answer.value.name
        case _:
            return str(answer.value)


def applications_workbook(call: Call, applications: Iterable[Application], language: str) -> bytes:
    """What officers sort and filter in their own program. Answers are text, as they were given."""
    wanted: Language = "en" if language[:2] == "en" else "ko"
    questions = list(call.question_set.questions.all())
    with translation.override(wanted):
        columns = [
            Column(_("Receipt number")),
            Column(_("State")),
            Column(_("Firm")),
            Column(_("Business registration number")),
            Column(_("City or district")),
            Column(_("Submitted"), kind="datetime"),
            *(Column(question.label) for question in questions),
        ]
        rows = [
            _row(application, call, [question.key for question in questions]) for application in applications
        ]
        title = _("Applications: %(title)s") % {"title": call.title}
        notice = _("Reconstructed data") if call.programme.reconstructed else ""
        meta = Meta(organisation=call.programme.host.name, notice=notice)
        sheet = xlsx.Sheet(_("Applications"), columns, rows)
        return xlsx.workbook([sheet], title=title, language=wanted, meta=meta)


def _row(application: Application, call: Call, keys: list[str]) -> list[Cell]:
    given = {line.question.key: _cell(line) for line in answered(call.question_set, application.answers)}
    firm = application.firm
    return [
        application.number,
        str(application.get_state_display()),
        firm.name,
        format_business_number(firm.business_number),
        firm.region,
        application.submitted_at,
        *(given.get(key, "") for key in keys),
    ]
