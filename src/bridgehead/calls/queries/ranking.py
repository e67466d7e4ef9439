"""The proposal a call's scores make, what a what-if would change in it, and what still stands in the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.calls.levelling_rows import level
from bridgehead.calls.models import Application, Call, Decision, Review, Scenario
from bridgehead.calls.queries.rows import AS_IT_IS, Conditions, WhatIf, conditions_of, rows_of
from bridgehead.calls.queries.stages import reviews_missing, reviews_outstanding
from bridgehead.calls.ranking import Ranked, Row, Terms, rank

State = Application.State
SCORED = {Call.Selection.RANK, Call.Selection.THRESHOLD}
Reader = Callable[[Conditions, Terms], list[Row]]


@dataclass(frozen=True)
class Ranking:
    """`lines` in order, those nobody has reviewed yet left out and named by their key."""

    terms: Terms
    lines: list[Ranked]
    unreviewed: list[int]


def ranking_of(call: Call, trial: WhatIf = AS_IT_IS) -> Ranking:
    """The proposal: computed, never stored before the committee decides."""
    return ranked(conditions_of(call), trial)


def ranked(conditions: Conditions, trial: WhatIf = AS_IT_IS, read: Reader = rows_of) -> Ranking:
    terms = conditions.terms(trial)
    rows = read(conditions, terms)
    if trial.levelled:
        rows = level(rows)
    by_score = conditions.call.selection in SCORED
    unreviewed = [row.key for row in rows if by_score and not row.readings and row.stopped is None]
    missing = set(unreviewed)
    return Ranking(terms, rank((row for row in rows if row.key not in missing), terms), unreviewed)


def compared(base: Ranking, trial: Ranking) -> Mapping[int, Ranked]:
    """Each application's line without the what-if, to be shown beside the other."""
    return {} if base is trial else {line.key: line for line in base.lines}


def chosen_scenario(call: Call) -> Scenario | None:
    return call.scenarios.filter(chosen_at__isnull=False).first()


def ineligible(call: Call) -> list[Decision]:
    """Applications that never came to the reviewers, with the reason."""
    return list(
        Decision.objects.filter(application__call=call, rank__isnull=True)
        .select_related("application__firm")
        .order_by("application__number")
    )


def reviewer_names(call: Call) -> dict[int, str]:
    """R1, R2 … by who was assigned first: the same person has the same name throughout the call, and no other."""
    people = Review.objects.filter(application__call=call).order_by("pk").values_list("reviewer", flat=True)
    return {person: f"R{place}" for place, person in enumerate(dict.fromkeys(people), start=1)}


def obstacles(call: Call) -> list[str]:
    """What has to be done before the committee's decisions can be written; empty when nothing is in the way."""
    counts = call.applications.aggregate(
        unchecked=Count("pk", filter=Q(state=State.SUBMITTED)),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        listed=Count("pk", filter=Q(state=State.SHORTLISTED)),
    )
    texts = [
        (call.closes_at > timezone.now(), _("The call is still open.")),
        (not any(counts.values()), _("There is no application to decide about.")),
        (counts["unchecked"], _n(counts["unchecked"], "unchecked")),
        (counts["returned"], _n(counts["returned"], "returned")),
        *_reviewing(call),
        (
            call.selection == Call.Selection.LOTTERY and not call.lottery_seed,
            _("The seed of the lottery was not published. Extend the deadline, publish the seed, then draw."),
        ),
    ]
    return [text for applies, text in texts if applies]


def _reviewing(call: Call) -> list[tuple[object, str]]:
    """Reviews outstanding, and stages whose result has not been fixed."""
    if call.selection not in SCORED and not Review.objects.filter(application__call=call).exists():
        return []
    stages = list(call.stages.all())
    outstanding = Review.objects.filter(
        application__call=call, application__state=State.SHORTLISTED, state=Review.State.ASSIGNED
    ).count()
    done = Review.objects.filter(application__call=call, state=Review.State.DONE)
    unread = (
        call.applications.filter(state=State.SHORTLISTED)
        .exclude(pk__in=done.order_by().values("application"))
        .count()
    )
    unclosed = [stage for stage in stages[:-1] if stage.closed_at is None]
    still_open = _("Close the stage “%(stage)s” first: it fixes who goes on.")
    return [
        (outstanding, reviews_outstanding(outstanding)),
        (unread and not outstanding, reviews_missing(unread)),
        *((not outstanding, still_open % {"stage": stage.name}) for stage in unclosed[:1]),
    ]


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
    }
    return sentences[what] % {"count": count}
