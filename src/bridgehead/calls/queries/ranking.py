"""The rows of a call handed to the pure ranking, and what still stands in the way of a decision."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.calls.models import Application, Call, Decision, Review
from bridgehead.calls.queries.officer import answer_names, matches
from bridgehead.calls.ranking import Kept, Point, Ranked, Row, Terms, Weight, rank, review_score, rounded

State = Application.State
IN_THE_RUNNING = [State.SHORTLISTED, State.SELECTED, State.RESERVED, State.DECLINED]
#: Reviewers who differ by more than this are shown as differing; the committee then reads their reasons.
WIDE_SPREAD = Decimal(20)


@dataclass(frozen=True)
class Line:
    """One application in the ranking computed from the scores as they are now."""

    application: Application
    ranked: Ranked


@dataclass(frozen=True)
class Ranking:
    lines: list[Line]
    unreviewed: list[Application]


def terms_of(call: Call) -> Terms:
    names = answer_names(call)
    return Terms(
        criteria=[
            Weight(c.pk, c.weight, {"ko": c.name_ko, "en": c.name_en or c.name_ko})
            for c in call.criteria.all()
        ],
        places=call.places,
        reserves=call.reserves,
        threshold=call.threshold,
        quotas=[
            Kept((q.key, q.value), q.places, names.get((q.key, q.value), {"ko": q.value, "en": q.value}))
            for q in call.quotas.all()
        ],
    )


def _done_reviews() -> Prefetch:  # type: ignore[type-arg]
    done = Review.objects.filter(state=Review.State.DONE).order_by("pk").prefetch_related("scores")
    return Prefetch("reviews", queryset=done, to_attr="done_reviews")


def reviewed_applications(call: Call) -> list[Application]:
    """Applications in the running with `done_reviews`, each with its scores, and the decision where there is one."""
    return list(
        call.applications.filter(state__in=IN_THE_RUNNING)
        .exclude(decision__isnull=False, decision__rank__isnull=True)
        .select_related("firm", "decision")
        .prefetch_related(_done_reviews())
        .order_by("number", "pk")
    )


def _row(application: Application, call: Call) -> Row:
    answers = application.answers
    return Row(
        key=application.pk,
        submitted_at=application.submitted_at or application.created_at,
        scores=[
            {score.criterion_id: score.value for score in review.scores.all()}
            for review in application.done_reviews  # type: ignore[attr-defined]
        ],
        bonus=[
            Point(bonus.points, {"ko": bonus.name_ko, "en": bonus.name_en or bonus.name_ko})
            for bonus in call.bonuses.all()
            if matches(answers, bonus.key, bonus.value)
        ],
        groups=frozenset((q.key, q.value) for q in call.quotas.all() if matches(answers, q.key, q.value)),
    )


def ranking_of(call: Call) -> Ranking:
    """The proposal: computed, never stored before the committee decides."""
    call = (
        Call.objects.prefetch_related("criteria", "quotas", "bonuses")
        .select_related("question_set")
        .get(pk=call.pk)
    )
    applications = reviewed_applications(call)
    reviewed = {application.pk: application for application in applications if application.done_reviews}  # type: ignore[attr-defined]
    ranked = rank([_row(application, call) for application in reviewed.values()], terms_of(call))
    unreviewed = [application for application in applications if application.pk not in reviewed]
    return Ranking([Line(reviewed[line.key], line) for line in ranked], unreviewed)


def obstacles(call: Call) -> list[str]:
    """What has to be done before the committee's decisions can be written; empty when nothing is in the way."""
    counts = call.applications.aggregate(
        unchecked=Count("pk", filter=Q(state=State.SUBMITTED)),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        listed=Count("pk", filter=Q(state=State.SHORTLISTED)),
    )
    outstanding = Review.objects.filter(
        application__call=call, application__state=State.SHORTLISTED, state=Review.State.ASSIGNED
    ).count()
    unread = (
        call.applications.filter(state=State.SHORTLISTED)
        .exclude(reviews__in=Review.objects.filter(state=Review.State.DONE))
        .count()
    )
    texts = [
        (call.closes_at > timezone.now(), _("The call is still open.")),
        (not any(counts.values()), _("There is no application to decide about.")),
        (counts["unchecked"], _n(counts["unchecked"], "unchecked")),
        (counts["returned"], _n(counts["returned"], "returned")),
        (outstanding, _n(outstanding, "outstanding")),
        (unread and not outstanding, _n(unread, "unread")),
    ]
    return [text for applies, text in texts if applies]


def _n(count: int, what: str) -> str:
    sentences = {
        "unchecked": ngettext(
            "%(count)s application waits for the eligibility check.",
            "%(count)s applications wait for the eligibility check.",
            count,
        ),
        "returned": ngettext(
            "%(count)s application was returned for completion and has not come back.",
            "%(count)s applications were returned for completion and have not come back.",
            count,
        ),
        "outstanding": ngettext(
            "%(count)s review has not been handed in.", "%(count)s reviews have not been handed in.", count
        ),
        "unread": ngettext(
            "%(count)s application has no finished review.",
            "%(count)s applications have no finished review.",
            count,
        ),
    }
    return sentences[what] % {"count": count}


@dataclass(frozen=True)
class Seat:
    """One line of the selection page: the application, each reviewer's score under a neutral name, and the outcome."""

    application: Application
    outcome: str
    outcome_label: str
    rank: int | None
    reserve_rank: int | None
    score: Decimal | None
    bonus: Decimal
    reasons: list[dict[str, object]]
    reviewers: list[tuple[str, Decimal]]
    decision: Decision | None

    @property
    def total(self) -> Decimal | None:
        return None if self.score is None else self.score + self.bonus

    @property
    def spread(self) -> Decimal:
        scores = [score for _name, score in self.reviewers]
        return max(scores) - min(scores) if scores else Decimal(0)

    @property
    def is_wide(self) -> bool:
        return self.spread > WIDE_SPREAD


def reviewer_names(call: Call) -> dict[int, str]:
    """R1, R2 … by who was assigned first: the same person has the same name throughout the call, and no other."""
    people = Review.objects.filter(application__call=call).order_by("pk").values_list("reviewer", flat=True)
    return {person: f"R{place}" for place, person in enumerate(dict.fromkeys(people), start=1)}


def _reviewers(
    application: Application, criteria: list[Weight], names: dict[int, str]
) -> list[tuple[str, Decimal]]:
    found = [
        (
            names[review.reviewer_id],
            rounded(review_score({s.criterion_id: s.value or 0 for s in review.scores.all()}, criteria)),
        )
        for review in application.done_reviews  # type: ignore[attr-defined]
    ]
    return sorted(found, key=lambda pair: int(pair[0][1:]))


def seats_of(call: Call) -> list[Seat]:
    """The list the committee looks at: what was decided, or before that the proposal."""
    call = (
        Call.objects.prefetch_related("criteria", "quotas", "bonuses")
        .select_related("question_set")
        .get(pk=call.pk)
    )
    terms, names = terms_of(call), reviewer_names(call)
    decided = list(
        Decision.objects.filter(application__call=call, rank__isnull=False)
        .select_related("application__firm")
        .prefetch_related(
            Prefetch("application__reviews", queryset=_done_reviews().queryset, to_attr="done_reviews")
        )
        .order_by("rank")
    )
    if decided:
        return [_decided_seat(decision, list(terms.criteria), names) for decision in decided]
    return [
        Seat(
            line.application,
            line.ranked.outcome,
            str(Decision.Outcome(line.ranked.outcome).label),
            line.ranked.rank,
            line.ranked.reserve_rank,
            line.ranked.score,
            line.ranked.bonus,
            line.ranked.reasons,
            _reviewers(line.application, list(terms.criteria), names),
            None,
        )
        for line in ranking_of(call).lines
    ]


def _decided_seat(decision: Decision, criteria: list[Weight], names: dict[int, str]) -> Seat:
    return Seat(
        decision.application,
        decision.outcome,
        decision.get_outcome_display(),
        decision.rank,
        decision.reserve_rank,
        decision.score,
        decision.bonus,
        decision.reasons,
        _reviewers(decision.application, criteria, names),
        decision,
    )


def ineligible(call: Call) -> list[Decision]:
    """Applications that never came to the reviewers, with the reason."""
    return list(
        Decision.objects.filter(application__call=call, rank__isnull=True)
        .select_related("application__firm")
        .order_by("application__number")
    )
