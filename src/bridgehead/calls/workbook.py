"""The applications of a call as a workbook: one row each, one column per question."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _

from bridgehead.calls.models import Application, Call
from bridgehead.documents import xlsx
from bridgehead.documents.blocks import Cell, Column, Language, Meta
from bridgehead.kit.validators import format_business_number
from bridgehead.questions.models import Question
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
    found = _with_questions(applications)
    questions = _questions(call, found)
    with translation.override(wanted):
        columns = [
            Column(_("Receipt number")),
            Column(_("State")),
            Column(_("Firm")),
            Column(_("Business registration number")),
            Column(_("City or district")),
            Column(_("Submitted"), kind="datetime"),
            *(Column(question.label) for question in questions.values()),
        ]
        rows = [_row(application, list(questions)) for application in found]
        title = _("Applications: %(title)s") % {"title": call.title}
        notice = _("Reconstructed data") if call.programme.reconstructed else ""
        meta = Meta(organisation=call.programme.host.name, notice=notice)
        sheet = xlsx.Sheet(_("Applications"), columns, rows)
        return xlsx.workbook([sheet], title=title, language=wanted, meta=meta)


def _with_questions(applications: Iterable[Application]) -> list[Application]:
    """Each version of the questions is read once, however many answered it."""
    found = list(applications)
    prefetch_related_objects(found, "question_set__questions")
    return found


def _questions(call: Call, applications: Iterable[Application]) -> dict[str, Question]:
    """Every question that somebody was asked: those of the call's version first, then what older versions had besides."""
    sets = {one.question_set_id: one.question_set for one in applications}
    older = sorted(sets.values(), key=lambda one: one.version, reverse=True)
    columns: dict[str, Question] = {}
    for question_set in [call.question_set, *older]:
        for question in question_set.questions.all():
            columns.setdefault(question.key, question)
    return columns


def _row(application: Application, keys: list[str]) -> list[Cell]:
    rows = answered(application.question_set, application.answers)
    given = {line.question.key: _cell(line) for line in rows}
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
