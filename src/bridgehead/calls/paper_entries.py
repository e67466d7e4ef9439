"""Applications that came on paper, entered from a workbook: read and explained first, then all or none.

One row is one firm. Files and tables stay on paper; their questions are not columns. Firms are found by their business
registration number, so the same file taken in twice enters nothing the second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bridgehead.calls.models import Application, Call
from bridgehead.engines import worksheets
from bridgehead.kit.bilingual import pick
from bridgehead.kit.imports import Refusal, language
from bridgehead.questions.models import Question
from bridgehead.questions.rules import answers as answer_rules

Kind = Question.Kind
ON_PAPER_ONLY = {Kind.FILE, Kind.TABLE}
YES = {"예", "네", "동의", "동의함", "o", "y", "yes", "agreed", "agree", "1", "true"}
FIXED = (
    worksheets.Column("firm", ("기업명", "업체명", "상호", "Firm", "Company"), required=True, max_length=200),
    worksheets.Column(
        "business_number",
        ("사업자등록번호", "사업자번호", "Business registration number"),
        kind="business_number",
        required=True,
    ),
    worksheets.Column("region", ("시군구", "소재지", "City or district"), max_length=100),
    worksheets.Column(
        "received", ("접수일", "접수일자", "Received", "Received on"), kind="date", required=True
    ),
    worksheets.Column("consent", ("개인정보 동의", "개인정보 수집 이용 동의", "Consent"), required=True),
)


@dataclass(frozen=True)
class Entry:
    """One application as it will be entered."""

    row: int
    firm: str
    business_number: str
    region: str
    received_at: datetime
    answers: dict[str, Any]


@dataclass(frozen=True)
class Known:
    """A firm whose application is there already; `number` is empty for a draft."""

    row: int
    number: str


@dataclass
class Plan:
    """What importing the file would do."""

    reading: worksheets.Reading
    entries: list[Entry] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def refused_rows(self) -> int:
        """One row may have several things wrong."""
        return len({refusal.row for refusal in self.refused})

    def to_enter(self, *, partial: bool) -> list[Entry]:
        return self.entries if partial or not self.refused else []


def asked_in_columns(call: Call) -> list[Question]:
    return [question for question in call.question_set.questions.all() if question.kind not in ON_PAPER_ONLY]


def schema_of(call: Call) -> worksheets.Schema:
    taken = {heading for column in FIXED for heading in column.headings}
    columns = [*FIXED]
    for question in asked_in_columns(call):
        names = dict.fromkeys([question.label_ko, question.label_en, question.key])
        headings = tuple(name for name in names if name and name not in taken)
        taken |= set(headings)
        columns.append(worksheets.Column(f"q-{question.key}", headings, max_length=10_000, verbatim=True))
    return worksheets.Schema("applications on paper", tuple(columns), identity=("business_number",))


def _heading(column: worksheets.Column, wanted: str = "") -> str:
    return column.headings[0] if (wanted or language()) == "ko" else column.headings[-1]


def plan_entries(*, call: Call, content: bytes) -> Plan:
    """Read the file and say what importing would do; changes nothing. Raises `worksheets.UnreadableSheet`."""
    options = worksheets.Options.for_period(call.opens_at.date(), call.closes_at.date())
    reading = worksheets.read(content, schema_of(call), options)
    plan = Plan(reading)
    plan.refused = [Refusal(**cell.as_json(language())) for cell in reading.rejected]
    there = dict(call.applications.values_list("firm__business_number", "number"))
    questions = list(call.question_set.questions.all())
    for row in reading.rows:
        number = row.values["business_number"]
        if number in there:
            plan.known.append(Known(row.number, there[number]))
            continue
        found = _entry(call, questions, row)
        if isinstance(found, Entry):
            plan.entries.append(found)
        else:
            plan.refused += found
    plan.refused.sort(key=lambda refusal: refusal.row)
    return plan


def _entry(call: Call, questions: list[Question], row: worksheets.Row) -> Entry | list[Refusal]:
    refused = []
    received = _received(call, row)
    if isinstance(received, Refusal):
        refused.append(received)
    if str(row.values["consent"]).strip().casefold() not in YES:
        why, mend = (
            _("no consent is stated"),
            _("Write “예” where the firm signed the consent; else leave the row out."),
        )
        refused.append(Refusal(row.number, _heading(FIXED[4]), str(row.values["consent"]), why, mend))
    answers, wrong = _answers(questions, row)
    refused += wrong
    if refused or isinstance(received, Refusal):
        return refused
    values = row.values
    return Entry(
        row.number, values["firm"], values["business_number"], values["region"] or "", received, answers
    )


def _received(call: Call, row: worksheets.Row) -> datetime | Refusal:
    """The day it was handed in, as a moment within the call."""
    zone, day = ZoneInfo(call.zone), row.values["received"]
    opens, closes = call.opens_at.astimezone(zone), call.closes_at.astimezone(zone)
    if not opens.date() <= day <= closes.date():
        why = _("outside the time of the call (%(first)s to %(last)s)") % {
            "first": opens.date(),
            "last": closes.date(),
        }
        return Refusal(row.number, _heading(FIXED[3]), str(day), why, _("Correct the day."))
    noon = datetime.combine(day, time(12), zone)
    return min(max(noon, opens), closes - timedelta(seconds=1))


def _answers(questions: list[Question], row: worksheets.Row) -> tuple[dict[str, Any], list[Refusal]]:
    given, refused = {}, []
    for question in questions:
        raw = row.values.get(f"q-{question.key}")
        try:
            value = answer_rules.clean_value(question, _as_typed(question, raw))
        except ValidationError as error:
            refused.append(
                Refusal(row.number, question.label, str(raw), error.messages[0], _("Correct the cell."))
            )
            continue
        if value is not None:
            given[question.key] = value
    wrong = {refusal.column for refusal in refused}
    for question in answer_rules.asked(questions, given):
        if question.kind in ON_PAPER_ONLY or question.key in given or question.label in wrong:
            continue
        if question.required:
            why, mend = _("must not be empty"), _("Fill in the cell.")
            refused.append(Refusal(row.number, question.label, "", why, mend))
    return given, refused


def _as_typed(question: Question, raw: Any) -> Any:
    """Choices by their words or their value, consents by a yes."""
    text = str(raw or "").strip()
    if question.kind == Kind.CONSENT:
        return text.casefold() in YES
    if question.kind == Kind.CHOICE:
        return _choices(question).get(text.casefold(), text)
    if question.kind == Kind.CHOICES:
        parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
        return [_choices(question).get(part.casefold(), part) for part in parts]
    return text


def _choices(question: Question) -> Mapping[str, str]:
    return {
        str(name).casefold(): str(choice["value"])
        for choice in question.options.get("choices", [])
        for name in (choice["value"], choice.get("ko"), choice.get("en"))
        if name
    }


def as_json(plan: Plan, *, file: str, entered: int, dry_run: bool) -> dict[str, Any]:
    """The object of `import … --json`."""
    document = plan.reading.as_json(file=file, imported=entered, dry_run=dry_run, lang=language())
    document["rows"] = len(plan.entries) + len(plan.known)
    document["duplicates"] += [{"row": one.row, "recorded_as": one.number} for one in plan.known]
    document["rejected"] = [vars(refusal) for refusal in plan.refused]
    return document


def headings(call: Call, wanted: str) -> list[str]:
    """The empty sheet to fill in."""
    fixed = [_heading(column, wanted) for column in FIXED]
    return [*fixed, *(pick(one.label_ko, one.label_en, wanted) for one in asked_in_columns(call))]


def is_there(call: Call, business_number: str) -> bool:
    return Application.objects.filter(call=call, firm__business_number=business_number).exists()
