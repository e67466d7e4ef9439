"""Handing out applications to reviewers, and what a reviewer does with one."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.assignment import Assignment, assign
from bridgehead.calls.models import Application, Call, Review, Score
from bridgehead.calls.queries.reviewing import blocked_pairs, given_pairs, reviewers_of
from bridgehead.mailing import actions as mailing


class ReviewClosed(Exception):
    """It was handed in, a conflict was declared, or the committee has decided."""

    def __init__(self) -> None:
        super().__init__(_("This review can no longer be changed."))


class ReviewIncomplete(Exception):
    """`missing` maps a criterion's id to what it lacks: "value", "reason" or both."""

    def __init__(self, missing: dict[int, list[str]]) -> None:
        super().__init__(
            _("Give every criterion a score and a reason, then submit again. Your draft is saved.")
        )
        self.missing = missing


class NotAReviewer(Exception):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This person may not review this application: no reviewer of the host, or a conflict of interest."
            )
        )


def _record(verb: str, review: Review, by: User | None, **more: Any) -> None:
    """About the application, without the reviewer's name among the facts the application's page shows."""
    call = review.application.call
    audit.record(by=by, verb=verb, target=review, chain=call.programme.host.slug, **more)


@transaction.atomic
def assign_reviewers(*, call: Call, by: User | None) -> Assignment:
    """Hand out what is not handed out yet, evenly; what people have already is left with them."""
    call = Call.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=call.pk)
    applications = list(
        call.applications.filter(state=Application.State.SHORTLISTED)
        .order_by("number", "pk")
        .values_list("pk", flat=True)
    )
    people = {user.pk: user for user in reviewers_of(call)}
    result = assign(
        applications, list(people), call.reviews_wanted, blocked=blocked_pairs(call), given=given_pairs(call)
    )
    Review.objects.bulk_create(Review(application_id=app, reviewer_id=person) for app, person in result.pairs)
    audit.record(
        by=by,
        verb="call.assign_reviewers",
        target=call,
        chain=call.programme.host.slug,
        data={"new": len(result.pairs), "short": len(result.short)},
    )
    for pk in sorted({person for _app, person in result.pairs}):
        _tell_reviewer(call, people[pk], sum(1 for pair in result.pairs if pair[1] == pk))
    return result


def _tell_reviewer(call: Call, reviewer: User, count: int) -> None:
    with translation.override(reviewer.language):
        url = settings.SITE_URL + reverse("calls:reviews")
    mailing.write(
        kind="calls.reviews_assigned",
        to=reviewer.email,
        language=reviewer.language,
        template="calls/mail/reviews_assigned.txt",
        context={"call": call, "count": count, "url": url, "host": call.programme.host},
        about=call,
        host_slug=call.programme.host.slug,
    )


@transaction.atomic
def assign_reviewer(*, application: Application, reviewer: User, by: User | None) -> Review:
    """One reading by hand; refused where there is a conflict of interest."""
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("programme__host")
        .get(pk=application.call_id)
    )
    allowed = reviewers_of(call).filter(pk=reviewer.pk).exists()
    if not allowed or (application.pk, reviewer.pk) in blocked_pairs(call):
        raise NotAReviewer
    review, created = Review.objects.get_or_create(application=application, reviewer=reviewer)
    if created:
        _record("review.assign", review, by)
        _tell_reviewer(call, reviewer, 1)
    return review


@transaction.atomic
def unassign(*, review: Review, by: User | None) -> None:
    """Take a reading away that has not been handed in; its draft goes with it."""
    locked = _open(review)
    _record("review.unassign", locked, by)
    locked.delete()


def _open(review: Review) -> Review:
    """The review under a lock, if it may still change."""
    locked = (
        Review.objects.select_for_update(of=("self",))
        .select_related("application__call__programme__host", "application__firm")
        .get(pk=review.pk)
    )
    if locked.state != Review.State.ASSIGNED or locked.application.call.released_at:
        raise ReviewClosed
    return locked


def _write_scores(review: Review, scores: Mapping[int, Mapping[str, Any]], comment: str) -> None:
    for criterion in review.application.call.criteria.all():
        given = scores.get(criterion.pk, {})
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
    """Keep what was typed so far. `scores`: criterion id → {"value": 1–5 or None, "reason": text}. Not in the trail."""
    locked = _open(review)
    _write_scores(locked, scores, comment)
    return locked


@transaction.atomic
def submit_review(
    *, review: Review, scores: Mapping[int, Mapping[str, Any]], by: User | None, comment: str = ""
) -> Review:
    """Hand the scores in for good. Raises ReviewIncomplete; save a draft first, so that nothing typed is lost."""
    locked = _open(review)
    missing = {}
    for criterion in locked.application.call.criteria.all():
        given = scores.get(criterion.pk, {})
        lacking = [name for name in ("value", "reason") if not str(given.get(name) or "").strip()]
        if lacking:
            missing[criterion.pk] = lacking
    if missing:
        raise ReviewIncomplete(missing)
    _write_scores(locked, scores, comment)
    locked.state, locked.done_at = Review.State.DONE, timezone.now()
    locked.save(update_fields=["state", "done_at"])
    _record("review.submit", locked, by)
    return locked


@transaction.atomic
def declare_conflict(*, review: Review, kind: str, by: User | None, reason: str = "") -> Review:
    """Instead of scoring. Draft scores are destroyed, and this person is never asked about this firm again."""
    locked = _open(review)
    locked.scores.all().delete()
    locked.state, locked.conflict_kind, locked.conflict_reason = Review.State.CONFLICT, kind, reason
    locked.done_at, locked.comment = timezone.now(), ""
    locked.save(update_fields=["state", "conflict_kind", "conflict_reason", "done_at", "comment", "saved_at"])
    _record("review.declare_conflict", locked, by, reason=reason, data={"kind": kind})
    return locked
