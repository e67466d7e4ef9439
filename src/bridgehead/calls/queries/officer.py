"""What the office sees of its calls and of the applications to them. Drafts are counted, never read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts import roles
from bridgehead.calls.models import Application, Award, Call
from bridgehead.kit.bilingual import pick
from bridgehead.organisations.queries import Visitor
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.questions.models import Question, QuestionSet

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
        .select_related("call__programme__host", "question_set", "firm", "applicant")
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
    call: Call

    @property
    def url(self) -> str:
        return reverse(f"calls:desk_{self.step}", args=[self.call.slug])


def missing_for_publication(call: Call) -> list[Missing]:
    """Empty when the call may be published."""
    in_english = call.languages == Call.Languages.BOTH
    kept = sum(call.quotas.values_list("places", flat=True))
    drawn = call.selection == Call.Selection.LOTTERY
    checks = [
        (not call.title_ko, _("The title in Korean is missing."), "basics"),
        (in_english and not call.title_en, _("The title in English is missing."), "basics"),
        (call.closes_at <= timezone.now(), _("The closing moment has passed."), "basics"),
        (not call.body_ko, _("The announcement in Korean is missing."), "texts"),
        (in_english and not call.body_en, _("The announcement in English is missing."), "texts"),
        (not call.eligibility_ko, _("Who may apply is missing."), "texts"),
        (not call.question_set.questions.exists(), _("The question set has no questions yet."), "questions"),
        *_stages_lacking(call),
        (kept > call.places, _("The quotas keep more places than there are."), "scoring"),
        (drawn and not call.lottery_seed, _("The seed of the lottery is missing."), "scoring"),
        *((True, text, step) for text, step in lost_answers(call, call.question_set)),
    ]
    return [Missing(text, step, call) for missing, text, step in checks if missing]


def _stages_lacking(call: Call) -> list[tuple[bool, str, str]]:
    """Only who is ranked or has to reach a score is scored; a lottery and first come may do without criteria."""
    scored = call.selection in {Call.Selection.RANK, Call.Selection.THRESHOLD}
    found = []
    for stage in call.stages.annotate(total=Sum("criteria__weight")):
        total = stage.total
        none = _("There are no criteria yet in “%(stage)s”.") % {"stage": stage.name}
        wrong = _("The weights in “%(stage)s” do not add up to 100.") % {"stage": stage.name}
        found += [(scored and total is None, none, "stages"), (total not in {None, 100}, wrong, "stages")]
    shares = sum(call.stages.values_list("weight", flat=True))
    return [*found, (shares != 100, _("The weights of the stages do not add up to 100."), "stages")]


def _answers_used(call: Call) -> list[tuple[str, str, str]]:
    """(question, answer or empty for a number, step) of every quota, bonus and rule."""
    used = [(key, value, "scoring") for key, value in call.quotas.values_list("key", "value")]
    used += [(b.key, b.value if b.rule == "is" else "", "scoring") for b in call.bonuses.all()]
    for rule in call.eligibility_rules.all():
        if key := rule.parameters.get("key"):
            used += [(key, value, "eligibility") for value in rule.parameters.get("values") or [""]]
    return used


def lost_answers(call: Call, question_set: QuestionSet) -> list[tuple[str, str]]:
    """What quotas, bonuses and rules name and the question set does not have: (sentence, step to mend it)."""
    questions = list(question_set.questions.all())
    known = {value for value, _label in _choices(questions)} | {key for key, _label in _numbers(questions)}
    text = _("A quota, bonus or rule names the answer “%(answer)s”, which the question set does not have.")
    return [
        (text % {"answer": f"{key} = {value}" if value else key}, step)
        for key, value, step in _answers_used(call)
        if (f"{key}={value}" if value else key) not in known
    ]


def _choices(questions: Iterable[Question]) -> list[tuple[str, str]]:
    return [
        (
            f"{question.key}={option['value']}",
            f"{question.label}: {pick(option.get('ko', ''), option.get('en', ''))}",
        )
        for question in questions
        if question.kind in {Question.Kind.CHOICE, Question.Kind.CHOICES}
        for option in question.options.get("choices", [])
    ]


def _numbers(questions: Iterable[Question]) -> list[tuple[str, str]]:
    asked = {Question.Kind.NUMBER, Question.Kind.MONEY}
    return [(question.key, question.label) for question in questions if question.kind in asked]


def _choice_questions(call: Call) -> list[Question]:
    return [
        q
        for q in call.question_set.questions.all()
        if q.kind in {Question.Kind.CHOICE, Question.Kind.CHOICES}
    ]


def number_questions(call: Call) -> list[tuple[str, str]]:
    """Questions a bonus or a rule may compare with a number: ("exports", "Exports of last year")."""
    return _numbers(call.question_set.questions.all())


def answer_choices(call: Call) -> list[tuple[str, str]]:
    """Every answer a quota or a bonus may look at: ("region=yeoju", "Region: Yeoju")."""
    return _choices(call.question_set.questions.all())


def quotas_in_words(call: Call) -> list[tuple[str, int]]:
    """("Region: Yeoju", 6): the answer a quota looks at as applicants read it, and how many places it keeps."""
    words = dict(answer_choices(call))
    pairs = [(f"{quota.key}={quota.value}", quota.places) for quota in call.quotas.all()]
    return [(words.get(answer, answer), places) for answer, places in pairs]


def answer_names(call: Call) -> dict[tuple[str, str], dict[str, str]]:
    """(key, value) → its name in both languages, kept with a decision so that it stays readable."""
    return {
        (question.key, str(option["value"])): {
            "ko": f"{question.label_ko}: {option.get('ko', '') or option['value']}",
            "en": f"{question.label_en or question.label_ko}: {option.get('en', '') or option['value']}",
        }
        for question in _choice_questions(call)
        for option in question.options.get("choices", [])
    }


def matches(answers: dict[str, Any], key: str, value: str) -> bool:
    """Does an application give this answer? One of several choices counts as well."""
    given = answers.get(key)
    return value in given if isinstance(given, list) else given == value
