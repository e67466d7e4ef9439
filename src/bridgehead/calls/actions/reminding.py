"""Reminding reviewers of what they have not handed in, once a day at most."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.models import Call, Stage
from bridgehead.calls.queries.reviewing import Load, loads_of
from bridgehead.mailing import actions as mailing
from bridgehead.mailing.models import Mail

KIND = "calls.reviews_reminder"
AT_MOST_EVERY = timedelta(days=1)
#: Without anybody pressing a button: so long before the reviews are due.
BEFORE_DUE = timedelta(days=3)


@transaction.atomic
def remind(*, stage: Stage, by: User | None, reviewer: User | None = None) -> list[User]:
    """Those who were told: everybody of the stage with something to do, or the one named. Nobody twice in a day."""
    Call.objects.select_for_update(of=("self",)).get(pk=stage.call_id)
    waiting = [load for load in loads_of(stage) if load.todo and reviewer in {None, load.reviewer}]
    recent = reminded_since(stage.call, timezone.now() - AT_MOST_EVERY)
    told = [load for load in waiting if load.reviewer.email not in recent]
    for load in told:
        _write(stage, load)
    if told:
        audit.record(
            by=by,
            verb="stage.remind",
            target=stage,
            chain=stage.call.programme.host.slug,
            data={"reminded": len(told)},
        )
    return [load.reviewer for load in told]


def reminded_since(call: Call, moment: datetime) -> set[str]:
    """Addresses that were reminded about this call after a moment."""
    mails = Mail.objects.filter(
        kind=KIND, about_kind="calls.call", about_id=str(call.pk), created_at__gt=moment
    )
    return set(mails.values_list("to", flat=True))


def _write(stage: Stage, load: Load) -> None:
    call, person = stage.call, load.reviewer
    with translation.override(person.language):
        url = f"{settings.SITE_URL}{reverse('calls:reviews')}?desk={stage.pk}"
    mailing.write(
        kind=KIND,
        to=person.email,
        language=person.language,
        template="calls/mail/reviews_reminder.txt",
        context={"call": call, "stage": stage, "count": load.todo, "url": url, "host": call.programme.host},
        about=call,
        host_slug=call.programme.host.slug,
    )


def remind_before_due() -> int:
    """For the clock of the machine: `bridgehead daily`. Every open stage that is due within three days."""
    now = timezone.now()
    due = Stage.objects.filter(
        closed_at=None,
        call__released_at=None,
        call__published_at__isnull=False,
        reviews_due_at__gt=now,
        reviews_due_at__lte=now + BEFORE_DUE,
    ).select_related("call__programme__host")
    return sum(len(remind(stage=stage, by=None)) for stage in due)
