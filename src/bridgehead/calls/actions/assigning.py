"""Handing applications out to the reviewers of the stage a call is in, and taking them back."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.reviewing import open_review, record_review
from bridgehead.calls.assignment import Assignment, assign
from bridgehead.calls.models import Application, Call, Review, Stage
from bridgehead.calls.queries.conflicts import conflicts_of
from bridgehead.calls.queries.reviewing import blocked_pairs, expertise_pairs, given_pairs, reviewers_for
from bridgehead.calls.queries.stages import applications_in, current_stage
from bridgehead.mailing import actions as mailing

Tell = Callable[[int, str], None]
#: Steps of a hand-out, for a page that shows how far it is.
STEPS = 4


class NotAReviewer(Exception):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This person may not review this application: no reviewer of the host, or a conflict of interest."
            )
        )


def _silent(_step: int, _words: str) -> None:
    """Nobody is watching."""


@transaction.atomic
def assign_reviewers(*, call: Call, by: User | None, tell: Tell = _silent) -> Assignment:
    """Hand out what is not handed out yet, evenly; what people have already is left with them."""
    call = _locked(call.pk)
    stage = current_stage(call)
    applications = list(applications_in(stage).order_by("number", "pk").values_list("pk", flat=True))
    people = {user.pk: user for user in reviewers_for(stage)}
    tell(1, _("Looking for conflicts of interest …"))
    blocked = blocked_pairs(stage, people.values())
    tell(2, _("Computing the most even hand-out …"))
    result = assign(
        applications,
        list(people),
        stage.reviews_wanted,
        blocked=blocked,
        given=given_pairs(stage),
        expertise=expertise_pairs(stage, people.values()),
    )
    tell(3, _("Writing the readings and telling the reviewers …"))
    Review.objects.bulk_create(
        (Review(application_id=app, stage=stage, reviewer_id=person) for app, person in result.pairs),
        batch_size=1000,
    )
    facts = {
        "stage": stage.name_ko,
        "new": len(result.pairs),
        "short": len(result.short),
        "matched": result.matched,
        "loads": sorted(result.loads.values()),
    }
    audit.record(by=by, verb="call.assign_reviewers", target=call, chain=call.programme.host.slug, data=facts)
    for pk in sorted({person for _app, person in result.pairs}):
        _tell_reviewer(stage, people[pk], sum(1 for pair in result.pairs if pair[1] == pk))
    return result


def _locked(call_id: int) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=call_id)


def _tell_reviewer(stage: Stage, reviewer: User, count: int) -> None:
    call = stage.call
    with translation.override(reviewer.language):
        url = settings.SITE_URL + reverse("calls:reviews")
    context: dict[str, Any] = {"call": call, "stage": stage, "count": count, "url": url}
    mailing.write(
        kind="calls.reviews_assigned",
        to=reviewer.email,
        language=reviewer.language,
        template="calls/mail/reviews_assigned.txt",
        context={**context, "host": call.programme.host},
        about=call,
        host_slug=call.programme.host.slug,
    )


@transaction.atomic
def assign_reviewer(*, application: Application, reviewer: User, by: User | None) -> Review:
    """One reading by hand; refused where there is a conflict of interest."""
    call = _locked(application.call_id)
    stage = current_stage(call)
    allowed = reviewers_for(stage).filter(pk=reviewer.pk).exists()
    is_behind = application.stage_id is not None and application.stage_id != stage.pk
    rows = Application.objects.filter(pk=application.pk)
    if not allowed or is_behind or conflicts_of(call, [reviewer], rows):
        raise NotAReviewer
    review, created = Review.objects.get_or_create(application=application, stage=stage, reviewer=reviewer)
    if created:
        record_review("review.assign", review, by)
        _tell_reviewer(stage, reviewer, 1)
    return review


@transaction.atomic
def unassign(*, review: Review, by: User | None) -> None:
    """Take a reading away that has not been handed in; its draft goes with it."""
    locked = open_review(review)
    record_review("review.unassign", locked, by)
    locked.delete()
