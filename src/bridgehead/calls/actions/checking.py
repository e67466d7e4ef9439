"""The officer's first look at an application: complete, eligible, or not."""

from django.db import transaction

from bridgehead.accounts.models import User
from bridgehead.calls.actions.moving import move
from bridgehead.calls.actions.telling import tell
from bridgehead.calls.models import Application, Decision

State = Application.State


@transaction.atomic
def return_for_completion(*, application: Application, note: str, by: User | None) -> Application:
    """Back to the firm with what is missing, by mail as well."""
    move(application=application, to=State.RETURNED, by=by, reason=note)
    application.return_note = note
    application.save(update_fields=["return_note"])
    tell(application=application, kind="returned", context={"note": note})
    return application


@transaction.atomic
def shortlist(*, application: Application, by: User | None) -> Application:
    """Eligible and complete: it goes to the reviewers. The firm is told nothing yet."""
    return move(application=application, to=State.SHORTLISTED, by=by)


@transaction.atomic
def decline_ineligible(*, application: Application, reason: str, by: User | None) -> Application:
    """Not eligible: no review, no rank. The firm learns it, with the reason, when the decisions are released."""
    move(application=application, to=State.DECLINED, by=by, reason=reason)
    Decision.objects.update_or_create(
        application=application,
        defaults={
            "outcome": Decision.Outcome.DECLINED,
            "rank": None,
            "score": None,
            "reserve_rank": None,
            "reasons": [{"code": "not_eligible", "note": reason}],
            "decided_by": by,
        },
    )
    return application
