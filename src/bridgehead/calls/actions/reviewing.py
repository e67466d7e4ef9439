"""What a reviewer does with an application: drafts, scores handed in for good, a conflict of interest."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.models import Review, Score


class ReviewClosed(Exception):
    """It was handed in, a conflict was declared, or the committee has decided."""

    def __init__(self) -> None:
        super().__init__(_("This review can no longer be changed."))


class OffScale(Exception):
    """Only a crafted request gets here: the form offers the scale and nothing else."""

    def __init__(self, best: int) -> None:
        super().__init__(_("Scores go from 1 to %(best)s.") % {"best": best})


class ReviewIncomplete(Exception):
    """`missing` maps a criterion's id to what it lacks: "value", "reason" or both."""

    def __init__(self, missing: dict[int, list[str]]) -> None:
        super().__init__(
            _("Give every criterion a score and a reason, then submit again. Your draft is saved.")
        )
        self.missing = missing


def record_review(verb: str, review: Review, by: User | None, **more: Any) -> None:
    """About the application, without the reviewer's name among the facts the application's page shows."""
    call = review.application.call
    audit.record(by=by, verb=verb, target=review, chain=call.programme.host.slug, **more)


def open_review(review: Review) -> Review:
    """The review under a lock, if it may still change."""
    locked = (
        Review.objects.select_for_update(of=("self",))
        .select_related("application__call__programme__host", "application__firm", "stage")
        .get(pk=review.pk)
    )
    over = locked.application.call.released_at or locked.stage.closed_at
    if locked.state != Review.State.ASSIGNED or over:
        raise ReviewClosed
    return locked


def _write_scores(review: Review, scores: Mapping[int, Mapping[str, Any]], comment: str) -> None:
    best = review.application.call.scale_max
    for criterion in review.stage.criteria.all():
        given = scores.get(criterion.pk, {})
        if given.get("value") is not None and not 1 <= given["value"] <= best:
            raise OffScale(best)
        Score.objects.update_or_create(
            review=review,
            criterion=criterion,
            defaults={"value": given.get("value"), "reason": (given.get("reason") or "").strip()},
        )
    review.comment = comment
    review.save(update_fields=["comment", "saved_at"])


@transaction.atomic
def save_draft(
    *, review: Review, scores: Mapping[int, Mapping[str, Any]], by: User | None, comment: str = ""
) -> Review:
    """Keep what was typed so far. `scores`: criterion id → {"value": a whole number of the call's scale or None, "reason": text}. Not in the trail."""
    locked = open_review(review)
    _write_scores(locked, scores, comment)
    return locked


@transaction.atomic
def submit_review(
    *, review: Review, scores: Mapping[int, Mapping[str, Any]], by: User | None, comment: str = ""
) -> Review:
    """Hand the scores in for good. Raises ReviewIncomplete; save a draft first, so that nothing typed is lost."""
    locked = open_review(review)
    missing = {}
    for criterion in locked.stage.criteria.all():
        given = scores.get(criterion.pk, {})
        lacking = [name for name in ("value", "reason") if not str(given.get(name) or "").strip()]
        if lacking:
            missing[criterion.pk] = lacking
    if missing:
        raise ReviewIncomplete(missing)
    _write_scores(locked, scores, comment)
    locked.state, locked.done_at = Review.State.DONE, timezone.now()
    locked.save(update_fields=["state", "done_at"])
    record_review("review.submit", locked, by)
    return locked


@transaction.atomic
def declare_conflict(*, review: Review, kind: str, by: User | None, reason: str = "") -> Review:
    """Instead of scoring. Draft scores are destroyed, and this person is never asked about this firm again."""
    locked = open_review(review)
    locked.scores.all().delete()
    locked.state, locked.conflict_kind, locked.conflict_reason = Review.State.CONFLICT, kind, reason
    locked.done_at, locked.comment = timezone.now(), ""
    locked.save(update_fields=["state", "conflict_kind", "conflict_reason", "done_at", "comment", "saved_at"])
    record_review("review.declare_conflict", locked, by, reason=reason, data={"kind": kind})
    return locked
