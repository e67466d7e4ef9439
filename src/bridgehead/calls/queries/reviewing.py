"""Who may review, who must not, and what a reviewer sees: only what was assigned."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from bridgehead.accounts.models import User
from bridgehead.accounts.roles import REVIEW, roles_with
from bridgehead.calls.models import Application, Call, Review
from bridgehead.organisations.models import HostMembership, OrganisationMembership
from bridgehead.organisations.queries import Visitor

Pair = tuple[int, int]


def reviewers_of(call: Call) -> QuerySet[User]:
    """The reviewers of the host, and of the agency it entrusted."""
    hosts = [call.programme.host_id, call.programme.operator_id]
    members = HostMembership.objects.filter(host__in=hosts, role__in=roles_with(REVIEW)).values("user")
    return User.objects.filter(pk__in=members, is_active=True).order_by("pk")


def blocked_pairs(call: Call) -> set[Pair]:
    """(application, reviewer) that must not meet: who acts for the firm, and who ever declared a conflict about it."""
    firms: dict[int, list[int]] = {}
    for application, firm in call.applications.values_list("pk", "firm_id"):
        firms.setdefault(firm, []).append(application)
    acting = OrganisationMembership.objects.filter(organisation__in=firms).values_list("organisation", "user")
    declared = Review.objects.filter(state=Review.State.CONFLICT, application__firm__in=firms).values_list(
        "application__firm", "reviewer"
    )
    return {(application, person) for firm, person in [*acting, *declared] for application in firms[firm]}


def given_pairs(call: Call) -> set[Pair]:
    """Readings that were handed out and not ended by a conflict."""
    reviews = Review.objects.filter(application__call=call).exclude(state=Review.State.CONFLICT)
    return set(reviews.values_list("application", "reviewer"))


def reviews_of(user: Visitor) -> QuerySet[Review]:
    """The person's own readings, of applications that are still in the running."""
    if not user.is_authenticated:
        return Review.objects.none()
    return (
        Review.objects.filter(reviewer=user)
        .exclude(application__state__in=[Application.State.WITHDRAWN, Application.State.DRAFT])
        .select_related(
            "application__call__programme__host", "application__call__question_set", "application__firm"
        )
    )


@dataclass(frozen=True)
class Desk:
    """One call on a reviewer's desk."""

    call: Call
    reviews: Sequence[Review]

    @property
    def done(self) -> int:
        return sum(1 for review in self.reviews if review.state != Review.State.ASSIGNED)


def desks_of(user: Visitor) -> list[Desk]:
    """With `scored` counted on each review: how many criteria have a value already."""
    reviews = reviews_of(user).annotate(scored=Count("scores", filter=Q(scores__value__isnull=False)))
    ordered = reviews.order_by(
        "-application__call__closes_at", "application__call", "application__number", "pk"
    )
    return [
        Desk(group[0].application.call, group)
        for _pk, rows in groupby(ordered, key=lambda review: review.application.call_id)
        for group in [list(rows)]
    ]


@dataclass(frozen=True)
class Load:
    reviewer: User
    done: int
    todo: int
    conflicts: int


def loads_of(call: Call) -> list[Load]:
    """How much every reviewer of the call has, in one query; people without any are listed too."""

    def of_this(state: str) -> Count:
        return Count("reviews", filter=Q(reviews__application__call=call, reviews__state=state))

    people = reviewers_of(call).annotate(
        done=of_this(Review.State.DONE),
        todo=of_this(Review.State.ASSIGNED),
        conflicts=of_this(Review.State.CONFLICT),
    )
    return [Load(person, person.done, person.todo, person.conflicts) for person in people]
