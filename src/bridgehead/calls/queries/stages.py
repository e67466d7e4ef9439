"""Which stage a call is in, how its applications stand there, and who goes on by the stage's rule.

An application is in the stage it names; one that names none is in the first. Closing a stage moves those who go on to the
next; the others stay behind, shortlisted, until the committee's decision declines them with the reason given here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.audit.models import Entry
from bridgehead.calls.models import Application, Call, Review, Score, Stage
from bridgehead.calls.scoring import rounded, share

HELD_BACK, LET_THROUGH = "application.hold_back", "application.let_through"


def current_stage(call: Call) -> Stage:
    """The first that is not closed; the last one stays open until the decision."""
    stages = list(call.stages.all())
    return next((stage for stage in stages if stage.closed_at is None), stages[-1])


def stage_after(stage: Stage) -> Stage | None:
    return Stage.objects.filter(call=stage.call_id, order__gt=stage.order).order_by("order").first()


def stage_before(stage: Stage) -> Stage | None:
    return Stage.objects.filter(call=stage.call_id, order__lt=stage.order).order_by("-order").first()


def applications_in(stage: Stage) -> QuerySet[Application]:
    """Shortlisted and in this stage now, or left behind in it."""
    here = Q(stage=stage)
    if stage_before(stage) is None:
        here |= Q(stage=None)
    return Application.objects.filter(here, call=stage.call_id, state=Application.State.SHORTLISTED)


def points_in(stage: Stage, best: int) -> dict[int, Decimal]:
    """application → its points of 100 in this stage: the mean over the reviews handed in. One query."""
    weights = sum(stage.criteria.values_list("weight", flat=True))
    if not weights:
        return {}
    given = Score.objects.filter(review__stage=stage, review__state=Review.State.DONE, criterion__stage=stage)
    lines = (
        given.order_by()
        .values_list("review__application")
        .annotate(total=Sum(F("value") * F("criterion__weight")), readings=Count("review", distinct=True))
    )
    return {key: rounded(share(total, readings * weights, best)) for key, total, readings in lines}


def going_on(points: Mapping[int, Decimal], passing: int | None, threshold: Decimal) -> set[int]:
    """Who goes on: the best `passing` of those who reach the threshold, and everybody equal to the last of them.

    No tie is broken between stages: nobody is left behind by the moment of submission while points are still to come.
    """
    good = {key: value for key, value in points.items() if value >= threshold}
    if passing is None or len(good) <= passing:
        return set(good)
    line = sorted(good.values(), reverse=True)[passing - 1] if passing else None
    return {key for key, value in good.items() if line is not None and value >= line}


@dataclass(frozen=True)
class Standing:
    """One application in one stage. `goes_on` is the proposal while the stage is open, then what was fixed."""

    application: Application
    points: Decimal | None
    goes_on: bool
    reason: dict[str, Any] | None = None
    changed: str = ""


def standings(stage: Stage) -> list[Standing]:
    """Everybody who was in the stage, best first; `reason` says why an application stays behind."""
    points = points_in(stage, stage.call.scale_max)
    if stage.closed_at is None:
        there = list(applications_in(stage).select_related("firm"))
        on = going_on({a.pk: points[a.pk] for a in there if a.pk in points}, stage.passing, stage.threshold)
        changes: dict[int, str] = {}
    else:
        later = Q(stage__order__gt=stage.order)
        reached = Application.objects.filter(
            later | Q(pk__in=applications_in(stage)), call=stage.call_id, state=Application.State.SHORTLISTED
        )
        there = list(reached.select_related("firm", "stage"))
        on = {a.pk for a in there if a.stage is not None and a.stage.order > stage.order}
        changes = _changes(stage, [a.pk for a in there])
    found = [
        Standing(
            a,
            points.get(a.pk),
            a.pk in on,
            None if a.pk in on else _reason(stage, points.get(a.pk), changes.get(a.pk, "")),
            changes.get(a.pk, ""),
        )
        for a in there
    ]
    return sorted(found, key=lambda s: (-(s.points or 0), s.application.number, s.application.pk))


def standing(call: Call) -> dict[int, dict[str, Any]]:
    """application → the reason it was left behind in a closed stage; those still in the running are not named."""
    closed = call.stages.filter(closed_at__isnull=False).select_related("call")
    return {
        one.application.pk: one.reason
        for stage in closed
        for one in standings(stage)
        if not one.goes_on and one.reason
    }


def _changes(stage: Stage, applications: list[int]) -> dict[int, str]:
    """The reason of the latest change by hand in this stage, from the trail, which keeps it for good. Held back is who
    returns to this stage, let through who comes to the next one."""
    following = stage_after(stage)
    through = Q(verb=LET_THROUGH, data__stage=following.name_ko) if following else Q(pk=None)
    entries = Entry.objects.filter(
        Q(verb=HELD_BACK, data__stage=stage.name_ko) | through,
        target_kind="calls.application",
        target_id__in=[str(key) for key in applications],
    )
    return {
        int(key): reason
        for key, reason in entries.order_by("at", "position").values_list("target_id", "reason")
    }


def _reason(stage: Stage, points: Decimal | None, note: str) -> dict[str, Any]:
    return {
        "code": "stage_ended",
        "stage": {"ko": stage.name_ko, "en": stage.name_en or stage.name_ko},
        "score": None if points is None else str(points),
        "passing": stage.passing,
        "threshold": str(stage.threshold),
        "note": note,
    }


def obstacles_to_closing(stage: Stage) -> list[str]:
    """What has to be done before it can be fixed who goes on; empty when nothing is in the way."""
    here = applications_in(stage)
    unchecked = stage.call.applications.filter(
        state__in=[Application.State.SUBMITTED, Application.State.RETURNED]
    ).count()
    outstanding = Review.objects.filter(
        stage=stage, state=Review.State.ASSIGNED, application__in=here
    ).count()
    done = Review.objects.filter(stage=stage, state=Review.State.DONE).values("application")
    unread, listed = here.exclude(pk__in=done).count(), here.exists()
    texts = [
        (stage.closed_at is not None, _("This stage is closed already.")),
        (stage_after(stage) is None, _("No stage follows: the decision ends this one.")),
        (
            stage_before(stage) is not None and current_stage(stage.call) != stage,
            _("An earlier stage is still open."),
        ),
        (not listed, _("There is no application in this stage.")),
        (unchecked and stage_before(stage) is None, _unchecked(unchecked)),
        (outstanding, reviews_outstanding(outstanding)),
        (unread and not outstanding and listed, reviews_missing(unread)),
    ]
    return [text for applies, text in texts if applies]


def _unchecked(count: int) -> str:
    return ngettext(
        "%(count)s application still waits to be checked or completed.",
        "%(count)s applications still wait to be checked or completed.",
        count,
    ) % {"count": count}


def reviews_outstanding(count: int) -> str:
    return ngettext(
        "%(count)s review has not been handed in.", "%(count)s reviews have not been handed in.", count
    ) % {"count": count}


def reviews_missing(count: int) -> str:
    return ngettext(
        "%(count)s application has no finished review.",
        "%(count)s applications have no finished review.",
        count,
    ) % {"count": count}
