"""What the public may read of a call's results: no more than the call allows, and nothing before the release."""

from dataclasses import dataclass
from decimal import Decimal

from bridgehead.calls.models import Application, Call, Decision

Shown = Call.Shown


@dataclass(frozen=True)
class Published:
    """One of those selected; what the call keeps to itself is empty."""

    number: str = ""
    firm: str = ""
    rank: int | None = None
    score: Decimal | None = None


def published_results(call: Call) -> list[Published]:
    """In the order of the receipt numbers, or by rank where ranks are shown. Places given up since are left out."""
    if call.released_at is None or call.results_shown == Shown.NOTHING:
        return []
    selected = Decision.objects.filter(
        application__call=call,
        outcome=Decision.Outcome.SELECTED,
        application__state=Application.State.SELECTED,
    ).select_related("application__firm")
    if call.results_shown == Shown.SCORES:
        return [_line(one, Shown.SCORES) for one in selected.order_by("rank", "pk")]
    return [_line(one, Shown(call.results_shown)) for one in selected.order_by("application__number")]


def _line(decision: Decision, shown: str) -> Published:
    application = decision.application
    if shown == Shown.NUMBERS:
        return Published(number=application.number)
    if shown == Shown.FIRMS:
        return Published(number=application.number, firm=application.firm.name)
    total = None if decision.score is None else decision.score + decision.bonus
    return Published(application.number, application.firm.name, decision.rank, total)
