"""Question sets a person may edit, answers laid out for reading, and who may open an uploaded file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bridgehead.accounts.roles import CALL_EDIT
from bridgehead.kit.bilingual import pick
from bridgehead.kit.money import format_money
from bridgehead.organisations.queries import Visitor, hosts_where
from bridgehead.questions.models import Attachment, Question, QuestionSet, Upload
from bridgehead.questions.rules import answers as rules

Kind = Question.Kind


def question_sets_visible_to(user: Visitor, permission: str = CALL_EDIT) -> QuerySet[QuestionSet]:
    """The sets of the person's hosts, and those of calls in programmes which these hosts operate for another one."""
    hosts = hosts_where(user, permission)
    entrusted = QuestionSet.objects.filter(calls__programme__operator__in=hosts)
    return QuestionSet.objects.filter(Q(host__in=hosts) | Q(pk__in=entrusted.values("pk"))).select_related(
        "host"
    )


def with_counts(sets: QuerySet[QuestionSet]) -> QuerySet[QuestionSet]:
    """Each with `question_count`."""
    return sets.annotate(question_count=Count("questions")).order_by("host__slug", "name", "-version")


def attachments_by_id(ids: Iterable[Any]) -> dict[str, Attachment]:
    """Stored files under their id as text; one query, and none where there is no file."""
    wanted = []
    for value in ids:
        try:
            wanted.append(UUID(str(value)))
        except ValueError:
            continue
    if not wanted:
        return {}
    return {str(attachment.pk): attachment for attachment in Attachment.objects.filter(pk__in=wanted)}


def arrived_files(owner: Model, user: Visitor) -> dict[str, set[str]]:
    """Question key → ids of the files this person uploaded for it in parts."""
    found: dict[str, set[str]] = {}
    finished = Upload.objects.filter(
        owner_kind=owner._meta.label_lower, owner_id=str(owner.pk), started_by=user.pk
    ).exclude(attachment=None)
    for key, attachment in finished.values_list("question__key", "attachment_id"):
        found.setdefault(key, set()).add(str(attachment))
    return found


class Access(Enum):
    """What a person may have of a file. BLIND hides its name, which may identify the firm."""

    NONE = "none"
    BLIND = "blind"
    FULL = "full"


OwnerRule = Callable[[Visitor, Attachment], Access]
_OWNERS: dict[str, OwnerRule] = {}


def register_owner(kind: str, rule: OwnerRule) -> None:
    """A room says who may read the files of its rows (`kind` is a model's `label_lower`); called in `ready`."""
    _OWNERS[kind] = rule


def access_to(user: Visitor, attachment: Attachment) -> Access:
    """Whoever uploaded a file may read it; everybody else as its owner's room says."""
    if user.is_authenticated and attachment.uploaded_by_id == user.pk:
        return Access.FULL
    rule = _OWNERS.get(attachment.owner_kind)
    return rule(user, attachment) if rule else Access.NONE


@dataclass(frozen=True)
class Answer:
    """One line of an answer sheet. `shape` says how to show `value`: text, list, table, file, or empty."""

    question: Question
    label: str
    section: str
    shape: str
    value: Any = ""
    head: list[str] = field(default_factory=list)


def _labels(entries: Iterable[Mapping[str, str]], name: str, language: str | None) -> dict[str, str]:
    return {str(entry[name]): pick(entry.get("ko", ""), entry.get("en", ""), language) for entry in entries}


def _shown(question: Question, value: Any, language: str | None) -> tuple[str, Any]:
    """(shape, value) of an answer that is there. What was typed wrongly in a draft is shown as typed."""
    options = question.options
    match question.kind:
        case Kind.CHOICE:
            return "text", _labels(options.get("choices", []), "value", language).get(str(value), str(value))
        case Kind.CHOICES:
            names = _labels(options.get("choices", []), "value", language)
            given = value if isinstance(value, list) else [value]
            return "list", [names.get(str(one), str(one)) for one in given]
        case Kind.MONEY:
            amount = rules.read_decimal(value)
            return "text", str(value) if amount is None else format_money(amount, rules.currency(question))
        case Kind.DATE:
            day = rules.read_date(value)
            return "text", str(value) if day is None else date_format(day, "DATE_FORMAT")
        case Kind.CONSENT:
            return "text", _("Agreed")
        case Kind.TABLE if isinstance(value, list):
            keys = [column["key"] for column in rules.columns(question)]
            return "table", [[row.get(key, "") for key in keys] for row in value]
        case _:
            return "text", str(value)


def answered(
    question_set: QuestionSet,
    answers: Mapping[str, Any],
    *,
    hide_identifying: bool = False,
    language: str | None = None,
) -> list[Answer]:
    """The answer sheet for reading: every question that is asked, with its answer or an empty one.

    With `hide_identifying` the questions marked so are left out, and files lose their names.
    """
    questions = list(question_set.questions.all())
    files = attachments_by_id(answers.get(q.key) for q in questions if q.kind == Kind.FILE)
    rows: list[Answer] = []
    for question in rules.asked(questions, answers):
        if hide_identifying and question.identifying:
            continue
        value = answers.get(question.key)
        head: list[str] = []
        shape, shown = ("empty", "") if rules.is_empty(value) else _shown(question, value, language)
        if question.kind == Kind.FILE:
            attachment = files.get(str(value))
            shape, shown = ("file", attachment) if attachment else ("empty", "")
            shape = "blind_file" if attachment and hide_identifying else shape
        if shape == "table":
            head = list(_labels(rules.columns(question), "key", language).values())
        label = pick(question.label_ko, question.label_en, language)
        section = pick(question.section_ko, question.section_en, language)
        rows.append(Answer(question, label, section, shape, shown, head))
    return rows
