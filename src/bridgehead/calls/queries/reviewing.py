"""Who may review, who must not, and what a reviewer sees: only what was assigned, blind where the call says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.accounts.roles import REVIEW, roles_with
from bridgehead.calls import rules
from bridgehead.calls.blinding import hide, pattern
from bridgehead.calls.models import Application, Call, Review, ReviewerProfile, Score, Stage
from bridgehead.calls.queries.conflicts import conflicts_of
from bridgehead.calls.queries.stages import applications_in
from bridgehead.organisations.models import HostMembership
from bridgehead.organisations.queries import Visitor
from bridgehead.questions.queries import Answer, answered

Pair = tuple[int, int]
TO_DO = Review.State.ASSIGNED


def reviewers_of(call: Call) -> QuerySet[User]:
    """The reviewers of the host, and of the agency it entrusted."""
    hosts = [call.programme.host_id, call.programme.operator_id]
    members = HostMembership.objects.filter(host__in=hosts, role__in=roles_with(REVIEW)).values("user")
    return User.objects.filter(pk__in=members, is_active=True).order_by("pk")


def reviewers_for(stage: Stage) -> QuerySet[User]:
    """Those chosen for the stage; nobody chosen means all of the call."""
    people = reviewers_of(stage.call)
    chosen = stage.reviewers.values("pk")
    return people.filter(pk__in=chosen) if stage.reviewers.exists() else people


def blocked_pairs(
    stage: Stage, people: Iterable[User], applications: QuerySet[Application] | None = None
) -> set[Pair]:
    """(application, reviewer) that must not meet, for whichever reason."""
    rows = applications_in(stage) if applications is None else applications
    return set(conflicts_of(stage.call, people, rows))


def given_pairs(stage: Stage) -> set[Pair]:
    """Readings of the stage that were handed out and not ended by a conflict."""
    reviews = Review.objects.filter(stage=stage).exclude(state=Review.State.CONFLICT).order_by()
    return set(reviews.values_list("application", "reviewer"))


def expertise_pairs(stage: Stage, people: Iterable[User]) -> dict[Pair, int]:
    """1 where a field of expertise is named in the firm's sector or among the application's choices."""
    profiles = ReviewerProfile.objects.filter(user__in=[person.pk for person in people]).exclude(expertise=[])
    fields = {
        one.user_id: [str(word).casefold() for word in one.expertise] for one in profiles.order_by("user")
    }
    if not fields:
        return {}
    rows = applications_in(stage).order_by("pk").values_list("pk", "firm__sector", "answers")
    texts = {pk: _fields(sector, answers) for pk, sector, answers in rows}
    return {
        (application, person): 1
        for application, text in texts.items()
        for person, words in fields.items()
        if any(word and word in text for word in words)
    }


def _fields(sector: str, answers: dict[str, object]) -> str:
    """Short answers and choices name a field; long texts mention too much."""
    given = [v for v in answers.values() if isinstance(v, str) and len(v) <= 40]
    chosen = [str(one) for v in answers.values() if isinstance(v, list) for one in v if isinstance(one, str)]
    return "\n".join([sector, *given, *chosen]).casefold()


def reviews_of(user: Visitor) -> QuerySet[Review]:
    """The person's own readings, of applications that are still in the running."""
    if not user.is_authenticated:
        return Review.objects.none()
    return (
        Review.objects.filter(reviewer=user)
        .exclude(application__state__in=[Application.State.WITHDRAWN, Application.State.DRAFT])
        .select_related(
            "application__call__programme__host",
            "application__question_set",
            "application__firm",
            "application__applicant",
            "stage",
        )
    )


@dataclass(frozen=True)
class Desk:
    """One stage of one call on a reviewer's desk."""

    stage: Stage
    total: int
    todo: int

    @property
    def call(self) -> Call:
        return self.stage.call

    @property
    def done(self) -> int:
        return self.total - self.todo

    @property
    def due_at(self) -> datetime | None:
        return self.stage.reviews_due_at if self.todo else None

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()


def desks_of(user: Visitor) -> list[Desk]:
    """Counted in one query; what is still to do comes first."""
    counted = (
        reviews_of(user)
        .order_by()
        .values("stage")
        .annotate(
            total=Count("pk"), todo=Count("pk", filter=Q(state=TO_DO, application__call__released_at=None))
        )
    )
    counts = {row["stage"]: row for row in counted}
    stages = Stage.objects.filter(pk__in=counts).select_related("call__programme__host")
    desks = [Desk(stage, counts[stage.pk]["total"], counts[stage.pk]["todo"]) for stage in stages]
    return sorted(desks, key=lambda desk: (not desk.todo, -desk.call.closes_at.timestamp(), desk.stage.order))


def readings_at(user: Visitor, desk: Desk) -> QuerySet[Review]:
    """With `scored` counted on each review: how many criteria have a value already."""
    mine = reviews_of(user).filter(stage=desk.stage)
    return mine.annotate(scored=Count("scores", filter=Q(scores__value__isnull=False))).order_by(
        "application__number", "pk"
    )


@dataclass(frozen=True)
class Bar:
    """How often a reviewer gave one value; `share` of the most frequent one, of 100."""

    value: int
    count: int
    share: int


def own_distribution(user: Visitor, stage: Stage) -> list[Bar]:
    """The values the person has given in this stage, drafts included; empty before the first."""
    given = Score.objects.filter(review__in=reviews_of(user).filter(stage=stage), value__isnull=False)
    counts = dict(given.order_by().values_list("value").annotate(Count("pk")))
    if not counts:
        return []
    top, best = max(counts.values()), stage.call.scale_max
    values = range(1, best + 1) if best <= 10 else sorted(counts)
    return [Bar(value, counts.get(value, 0), 100 * counts.get(value, 0) // top) for value in values]


def sheet_of(review: Review) -> list[Answer]:
    """The answers as this reviewer may read them. Blind: without identifying ones, and with the firm's names, numbers
    and addresses hidden in all others."""
    application, call = review.application, review.application.call
    rows = answered(application.question_set, application.answers, hide_identifying=call.blind)
    if not call.blind:
        return rows
    secret, mark = pattern(**_secrets(application)), _("[hidden]")
    return [
        Answer(row.question, row.label, row.section, row.shape, hide(row.value, secret, mark), row.head)
        for row in rows
    ]


def _secrets(application: Application) -> dict[str, list[str]]:
    firm, team = application.firm, list(application.team.all())
    people: list[User] = [one.user for one in firm.memberships.select_related("user")]
    if application.applicant:
        people.append(application.applicant)
    contacts = list(firm.contacts.all())
    known = [(one.name, one.email) for some in (people, contacts, team) for one in some]
    names = [firm.name_ko, firm.name_en, *(name for name, _email in known)]
    emails = [email for _name, email in known]
    site = firm.website.split("//")[-1].strip("/")
    return {
        "names": [name for name in names if name],
        "numbers": [firm.business_number],
        "phones": [firm.phone, *(one.phone for one in contacts)],
        "words": [*emails, site, site.removeprefix("www.")],
    }


@dataclass(frozen=True)
class Load:
    """What one reviewer has in one stage."""

    reviewer: User
    done: int
    todo: int
    declared: bool

    @property
    def total(self) -> int:
        return self.done + self.todo


def loads_of(stage: Stage) -> list[Load]:
    """How much every reviewer of the stage has, in one query; people without any are listed too."""

    def of_this(state: str) -> Count:
        here = Q(reviews__stage=stage, reviews__state=state)
        return Count("reviews", filter=here & ~Q(reviews__application__state=Application.State.WITHDRAWN))

    listed = Q(pk__in=reviewers_for(stage)) | Q(pk__in=Review.objects.filter(stage=stage).values("reviewer"))
    people = User.objects.filter(listed).annotate(
        done=of_this(Review.State.DONE),
        todo=of_this(TO_DO),
        declared_at=Min("reviewer_profile__declared_at"),
    )
    return [
        Load(p, p.done, p.todo, _finished(p) or rules.declaration_counts(p.declared_at))
        for p in people.order_by(F("todo").desc(), "pk")
    ]


def _finished(person: Any) -> bool:
    """Who read everything while the declaration stood needs no new one for it."""
    return bool(person.done and not person.todo)


def colleagues_on(review: Review) -> list[User]:
    """The other reviewers of the same application, where the call shows them and everybody has handed in."""
    call = review.application.call
    if call.reviewers_shown == Call.Reviewers.HIDDEN:
        return []
    others = Review.objects.filter(application=review.application, stage=review.stage)
    if others.filter(state=TO_DO).exists():
        return []
    done = others.filter(state=Review.State.DONE).exclude(reviewer=review.reviewer_id)
    return [one.reviewer for one in done.select_related("reviewer").order_by("reviewer__name", "pk")]


def reviewers_told(application: Application) -> list[User]:
    """Whom the applicant may know: nobody, unless the call says so, and never before the release."""
    call = application.call
    if call.reviewers_shown != Call.Reviewers.APPLICANTS or call.released_at is None:
        return []
    done = Review.objects.filter(application=application, state=Review.State.DONE).values("reviewer")
    return list(User.objects.filter(pk__in=done).order_by("name", "pk"))
