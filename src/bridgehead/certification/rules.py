"""How a case may move, when a value keeps a limit, and which markets count."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from operator import ge, le, lt

from bridgehead.certification.models import Case, Criterion, Decision, Limit
from bridgehead.kit.states import Moves

S = Case.State
MOVES: Moves = {
    S.DRAFT: frozenset({S.SUBMITTED, S.CANCELLED}),
    S.SUBMITTED: frozenset({S.RETURNED, S.EVALUATION, S.CANCELLED}),
    S.RETURNED: frozenset({S.SUBMITTED, S.CANCELLED}),
    S.EVALUATION: frozenset({S.CORRECTION, S.DECISION, S.CANCELLED}),
    S.CORRECTION: frozenset({S.EVALUATION, S.CANCELLED}),
    S.DECISION: frozenset({S.CERTIFIED, S.REFUSED}),
    S.CERTIFIED: frozenset({S.SUSPENDED, S.WITHDRAWN, S.EXPIRED, S.CERTIFIED}),
    S.SUSPENDED: frozenset({S.CERTIFIED, S.WITHDRAWN, S.EXPIRED}),
    S.REFUSED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.EXPIRED: frozenset(),
    S.CANCELLED: frozenset(),
}
#: While the maker may still change what was applied for.
OPEN_TO_MAKER = (S.DRAFT, S.RETURNED)
#: A certificate exists, whatever became of it.
ISSUED = (S.CERTIFIED, S.SUSPENDED, S.WITHDRAWN, S.EXPIRED)
AFTER = {
    Decision.Outcome.GRANT: S.CERTIFIED,
    Decision.Outcome.REFUSE: S.REFUSED,
    Decision.Outcome.SUSPEND: S.SUSPENDED,
    Decision.Outcome.RESTORE: S.CERTIFIED,
    Decision.Outcome.REDUCE: S.CERTIFIED,
    Decision.Outcome.WITHDRAW: S.WITHDRAWN,
    Decision.Outcome.EXPIRE: S.EXPIRED,
}


KEEPS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    Limit.Bound.AT_MOST: le,
    Limit.Bound.BELOW: lt,
    Limit.Bound.AT_LEAST: ge,
}


def keeps(limit: Limit, value: Decimal) -> bool:
    """Laws differ here: nickel may release 0.5, but lead of exactly 0.05 % is forbidden already."""
    return KEEPS[limit.bound](value, limit.value)


def broken_limits(limits: Iterable[Limit], value: Decimal | None, markets: Iterable[str]) -> list[Limit]:
    """The limits of these markets that a measured value does not keep. Nothing measured breaks none.

    A limit that applies only to some goods is for the evaluator to weigh: it is shown, but refuses nothing by itself.
    """
    wanted = {Limit.Market.ALL, *markets}
    binding = [limit for limit in limits if limit.market in wanted and not limit.applies_en]
    return [] if value is None else [limit for limit in binding if not keeps(limit, value)]


def confirmed_limits(criteria: Iterable[Criterion]) -> dict[str, int]:
    """How many limits were compared with their source, for the page to say before anybody relies on them."""
    limits = [limit for criterion in criteria for limit in criterion.limits.all()]
    done = sum(limit.checked_on is not None for limit in limits)
    return {"all": len(limits), "done": done, "open": len(limits) - done}


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)
