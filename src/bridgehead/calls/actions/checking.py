"""The officer's first look at an application: complete, eligible, or not."""

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.calls.actions.moving import move
from bridgehead.calls.actions.returning import return_for_completion
from bridgehead.calls.models import Application, Decision
from bridgehead.calls.queries.eligibility import checked, in_the_way

__all__ = ["RuleNotMet", "decline_ineligible", "return_for_completion", "shortlist"]
State = Application.State


class RuleNotMet(Exception):
    """A rule of eligibility fails, and no officer has taken responsibility for that yet."""

    def __init__(self, rules: list[str]) -> None:
        super().__init__(
            _("Overrule these rules with a reason first, or find the application not eligible: %(rules)s")
            % {"rules": "; ".join(rules)}
        )


@transaction.atomic
def shortlist(*, application: Application, by: User | None) -> Application:
    """Eligible and complete: it goes to the reviewers of the first stage. The firm is told nothing yet."""
    if failed := in_the_way(checked(application)):
        raise RuleNotMet([result.asks for result in failed])
    shortlisted = move(application=application, to=State.SHORTLISTED, by=by)
    shortlisted.stage = shortlisted.call.stages.first()
    shortlisted.save(update_fields=["stage"])
    return shortlisted


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
