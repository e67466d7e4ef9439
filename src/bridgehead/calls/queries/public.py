"""Calls as the public sees them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from bridgehead.audit.models import Entry
from bridgehead.calls.models import Call, Quota
from bridgehead.kit.bilingual import pick
from bridgehead.kit.clock import local_day
from bridgehead.kit.money import format_money
from bridgehead.organisations.queries import Visitor
from bridgehead.programmes.models import Programme, Statement
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.programmes.rules import subject_label
from bridgehead.questions.models import Question


def _is_public() -> Q:
    return Q(published_at__lte=timezone.now(), programme__is_public=True)


def public_calls() -> QuerySet[Call]:
    """Published calls of programmes that are shown to the public."""
    return Call.objects.filter(_is_public()).select_related(
        "programme__host", "programme__operator", "programme__edition"
    )


def open_calls() -> list[Call]:
    """Those one can apply to now, the latest first, each with `changed_at`: when its page last said something new."""
    now = timezone.now()
    calls = list(public_calls().filter(opens_at__lte=now, closes_at__gt=now).order_by("-published_at", "pk"))
    trail = Entry.objects.filter(target_kind="calls.call", target_id__in=[str(call.pk) for call in calls])
    told = trail.filter(verb__in=["call.extend_deadline", "call.edit_texts"])
    changes = dict(told.values_list("target_id").annotate(last=Max("at")))
    for call in calls:
        call.changed_at = changes.get(str(call.pk), call.published_at)  # type: ignore[attr-defined]
    return calls


def calls_open_to(user: Visitor) -> QuerySet[Call]:
    """The public ones, and for the host's staff also those not published yet, as a preview."""
    return Call.objects.filter(_is_public() | Q(programme__in=programmes_visible_to(user))).select_related(
        "programme__host", "programme__operator", "programme__edition__fair", "question_set"
    )


@dataclass(frozen=True)
class Listed:
    call: Call
    days_left: int


@dataclass
class CallList:
    """Open calls by their closing, coming ones by their opening, closed ones the latest first."""

    open: list[Listed] = field(default_factory=list)
    coming: list[Listed] = field(default_factory=list)
    closed: list[Listed] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.open or self.coming or self.closed)


def days_between(start: datetime, end: datetime, zone: str) -> int:
    """Whole calendar days on the call's clock: 0 is "today"."""
    return (local_day(end, zone) - local_day(start, zone)).days


def sort_calls(calls: Iterable[Call], now: datetime) -> CallList:
    found = CallList()
    for call in calls:
        zone = call.zone
        if now < call.opens_at:
            found.coming.append(Listed(call, days_between(now, call.opens_at, zone)))
        elif now < call.closes_at:
            found.open.append(Listed(call, days_between(now, call.closes_at, zone)))
        else:
            found.closed.append(Listed(call, 0))
    found.open.sort(key=lambda listed: listed.call.closes_at)
    found.coming.sort(key=lambda listed: listed.call.opens_at)
    found.closed.sort(key=lambda listed: listed.call.closes_at, reverse=True)
    return found


@dataclass(frozen=True)
class StatedFact:
    label: str
    value: str
    statement: Statement


def stated_facts(programme: Programme) -> list[StatedFact]:
    """What was said about the fair and the plan, each with who said it; contradictions stay side by side."""
    facts = []
    for statement in programme.statements.all():
        if len(statement.unit) == 3 and statement.unit.isupper():
            value = format_money(statement.value, statement.unit)
        else:
            value = f"{format_money(statement.value, 'KRW').removeprefix('KRW ')} {statement.unit}".strip()
        facts.append(StatedFact(subject_label(statement.subject), value, statement))
    return facts


@dataclass(frozen=True)
class KeptPlaces:
    """A quota in words: the question and the answer it is for."""

    question: str
    answer: str
    places: int


def kept_places(call: Call) -> list[KeptPlaces]:
    quotas = list(call.quotas.all())
    questions = {question.key: question for question in call.question_set.questions.all()} if quotas else {}
    return [_kept(quota, questions.get(quota.key)) for quota in quotas]


def _kept(quota: Quota, question: Question | None) -> KeptPlaces:
    if question is None:
        return KeptPlaces(quota.key, quota.value, quota.places)
    names = {
        str(choice["value"]): pick(choice.get("ko", ""), choice.get("en", ""))
        for choice in question.options.get("choices", [])
    }
    return KeptPlaces(question.label, names.get(quota.value, quota.value), quota.places)
