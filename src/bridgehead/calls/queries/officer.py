"""What the office sees of its calls and of the applications to them. Drafts are counted, never read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts import roles
from bridgehead.calls.models import Application, Award, Call
from bridgehead.kit.bilingual import pick
from bridgehead.organisations.queries import Visitor
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.questions.models import Question

State = Application.State
#: What an officer may filter the list by, in the order of the work.
LISTED = [
    State.SUBMITTED,
    State.RETURNED,
    State.SHORTLISTED,
    State.SELECTED,
    State.RESERVED,
    State.DECLINED,
    State.WITHDRAWN,
]
SORTS = {
    "number": ["number", "pk"],
    "firm": ["firm__name_ko", "pk"],
    "region": ["firm__region", "number", "pk"],
    "submitted": ["submitted_at", "pk"],
    "state": ["state", "number", "pk"],
}


def calls_visible_to(user: Visitor, permission: str = roles.VIEW) -> QuerySet[Call]:
    return Call.objects.filter(programme__in=programmes_visible_to(user, permission)).select_related(
        "programme__host", "programme__operator"
    )


def calls_of(programme: Programme) -> QuerySet[Call]:
    """With `received`, `unchecked` and `drafts` counted."""
    received = ~Q(applications__state__in=[State.DRAFT, State.WITHDRAWN])
    return (
        programme.calls.annotate(
            received=Count("applications", filter=received),
            unchecked=Count("applications", filter=Q(applications__state=State.SUBMITTED)),
            drafts=Count("applications", filter=Q(applications__state=State.DRAFT)),
        )
        .select_related("programme__host")
        .order_by("opens_at")
    )


def applications_visible_to(user: Visitor, permission: str = roles.APPLICATION_VIEW) -> QuerySet[Application]:
    """What has been handed in: a draft belongs to the firm alone, also one that was withdrawn before it came in."""
    return (
        Application.objects.filter(call__in=calls_visible_to(user, permission))
        .exclude(state=State.DRAFT)
        .exclude(submitted_at__isnull=True)
        .select_related("call__programme__host", "firm", "applicant")
    )


def searched(applications: QuerySet[Application], words: str) -> QuerySet[Application]:
    digits = "".join(character for character in words if character.isdigit())
    found = (
        Q(number__icontains=words)
        | Q(firm__name_ko__icontains=words)
        | Q(firm__name_en__icontains=words)
        | Q(firm__region__icontains=words)
    )
    return applications.filter(found | Q(firm__business_number__startswith=digits) if digits else found)


def state_counts(call: Call) -> dict[str, int]:
    counted = (
        call.applications.exclude(state=State.DRAFT)
        .exclude(submitted_at__isnull=True)
        .order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    return dict(counted)


def earlier_awards(application: Application) -> int:
    """How often any host has awarded this firm a place before; a number only, as it is other hosts' business."""
    return (
        Award.objects.filter(firm=application.firm)
        .exclude(state=Award.State.WITHDRAWN)
        .exclude(programme=application.call.programme)
        .count()
    )


@dataclass(frozen=True)
class Missing:
    """What keeps a call from being published, and the step where it is mended."""

    text: str
    step: str


def missing_for_publication(call: Call) -> list[Missing]:
    """Empty when the call may be published."""
    weights = list(call.criteria.values_list("weight", flat=True))
    kept = sum(call.quotas.values_list("places", flat=True))
    checks = [
        (not call.title_ko, _("The title in Korean is missing."), "basics"),
        (not call.title_en, _("The title in English is missing."), "basics"),
        (call.closes_at <= timezone.now(), _("The closing moment has passed."), "basics"),
        (not call.body_ko, _("The announcement in Korean is missing."), "texts"),
        (not call.body_en, _("The announcement in English is missing."), "texts"),
        (not call.eligibility_ko, _("Who may apply is missing."), "texts"),
        (not call.question_set.questions.exists(), _("The question set has no questions yet."), "questions"),
        (not weights, _("There are no criteria yet."), "scoring"),
        (bool(weights) and sum(weights) != 100, _("The weights do not add up to 100."), "scoring"),
        (kept > call.places, _("The quotas keep more places than there are."), "scoring"),
        *_lost_answers(call),
    ]
    return [Missing(text, step) for missing, text, step in checks if missing]


def _lost_answers(call: Call) -> list[tuple[bool, str, str]]:
    """Quotas and bonuses that name an answer the question set no longer has."""
    known = {value for value, _label in answer_choices(call)}
    used = [*call.quotas.values_list("key", "value"), *call.bonuses.values_list("key", "value")]
    text = _("A quota or bonus names the answer “%(answer)s”, which the question set does not have.")
    return [
        (True, text % {"answer": f"{key} = {value}"}, "scoring")
        for key, value in used
        if f"{key}={value}" not in known
    ]


def _choice_questions(call: Call) -> list[Question]:
    return [
        q
        for q in call.question_set.questions.all()
        if q.kind in {Question.Kind.CHOICE, Question.Kind.CHOICES}
    ]


def answer_choices(call: Call) -> list[tuple[str, str]]:
    """Every answer a quota or a bonus may look at: ("region=yeoju", "Region: Yeoju")."""
    return [
        (
            f"{question.key}={option['value']}",
            f"{question.label}: {pick(option.get('ko', ''), option.get('en', ''))}",
        )
        for question in _choice_questions(call)
        for option in question.options.get("choices", [])
    ]


def answer_names(call: Call) -> dict[tuple[str, str], dict[str, str]]:
    """(key, value) → its name in both languages, kept with a decision so that it stays readable."""
    return {
        (question.key, str(option["value"])): {
            "ko": option.get("ko", "") or str(option["value"]),
            "en": option.get("en", "") or str(option["value"]),
        }
        for question in _choice_questions(call)
        for option in question.options.get("choices", [])
    }


def matches(answers: dict[str, Any], key: str, value: str) -> bool:
    """Does an application give this answer? One of several choices counts as well."""
    given = answers.get(key)
    return value in given if isinstance(given, list) else given == value
