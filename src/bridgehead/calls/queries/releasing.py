"""What stands in the way of a release, what is planned, and who has not been written to yet."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.calls.models import Application, Award, Call, Decision

State = Application.State


def release_obstacles(call: Call) -> list[str]:
    """Empty when every application has a decision that still holds."""
    decisions = Decision.objects.filter(application__call=call)
    waiting = call.applications.filter(
        state__in=[State.SUBMITTED, State.RETURNED, State.SHORTLISTED], decision__isnull=True
    )
    if not decisions.exists() or waiting.exists():
        return [_("There is no decision yet for every application. Write the decisions down first.")]
    gone = decisions.filter(application__state=State.WITHDRAWN).values_list("application__number", flat=True)
    if numbers := ", ".join(gone):
        return [
            _("Withdrawn since the decision: %(names)s. Write the decisions down again.") % {"names": numbers}
        ]
    chosen = decisions.filter(outcome=Decision.Outcome.SELECTED).values("application__firm")
    holding = Award.objects.filter(programme=call.programme_id, firm__in=chosen).select_related("firm")
    return [
        _("%(firm)s already holds a place in this programme. Change its decision.") % {"firm": award.firm}
        for award in holding
    ]


def calls_due() -> QuerySet[Call]:
    """Decided, and the planned moment has come."""
    decided = Decision.objects.filter(rank__isnull=False).order_by().values("application__call")
    return Call.objects.filter(pk__in=decided, released_at=None, release_at__lte=timezone.now())


def untold(call: Call) -> int:
    """Letters of a released call that are still to be written."""
    if call.released_at is None:
        return 0
    return Decision.objects.filter(application__call=call, told_at=None).count()
