"""A claim, or a promise in kind, is approved by people who did not record it, and then settled."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding import queries, rules
from bridgehead.funding.actions.accounts import Refused, hold
from bridgehead.funding.actions.checking import check_before_payment, see_that_firm_was_checked
from bridgehead.funding.actions.support import (
    CapExceeded,
    FourEyes,
    MoreThanClaimed,
    ReasonMissing,
    move_line,
)
from bridgehead.funding.models import CostItem, SupportLine
from bridgehead.funding.overlaps import Overlap, unruled
from bridgehead.funding.rules import State
from bridgehead.kit.states import check_move


class DoubleSupport(Refused):
    """The same cost or receipt stands elsewhere; a reason that a second person confirmed has to say why it may."""

    def __init__(self, *, overlaps: list[Overlap]) -> None:
        super().__init__(
            _(
                "Possible double support with %(hosts)s. Call them; then one person writes why it is none, and another"
                " confirms it."
            )
            % {"hosts": ", ".join(sorted({overlap.host for overlap in overlaps}))}
        )
        self.overlaps = overlaps


@transaction.atomic
def approve(*, line: SupportLine, by: Any, amount: Decimal | None = None, reason: str = "") -> SupportLine:
    """Let a claim, or a promise in kind, be settled: all of it, or a smaller amount with the reason the firm reads.

    From the programme's threshold on, the first person only endorses it; the state changes when another approves. Raises
    FourEyes, DoubleSupport, MoreThanClaimed, ReasonMissing, CapExceeded, and what `move_line` raises.
    """
    held = hold(item=line.cost_item, firm=line.firm)
    line.refresh_from_db()
    check_move(rules.MOVES[line.mode], line.state, State.APPROVED)
    if by.pk in {line.recorded_by_id, line.claimed_by_id, line.endorsed_by_id}:
        raise FourEyes
    claimed = line.amount
    amount = claimed if amount is None else amount
    if not 0 < amount <= claimed:
        raise MoreThanClaimed(claimed=claimed)
    if amount < claimed and not reason.strip():
        raise ReasonMissing
    left = queries.cap_left(held.item, line.firm, beside=line)
    if amount > line.committed and left is not None and amount > left:
        raise CapExceeded(item=held.item, left=max(left, Decimal(0)))
    _see_that_nobody_else_pays(line)
    if line.mode == CostItem.Mode.CASH:
        see_that_firm_was_checked(line)
    threshold = queries.money_terms(line.programme).two_approvals_from
    if threshold is not None and amount >= threshold and line.endorsed_by_id is None:
        return _endorse(line, by=by, amount=amount)
    return move_line(
        line=line,
        to=State.APPROVED,
        by=by,
        reason=reason.strip(),
        data={"claimed": claimed},
        amount=amount,
        approved=amount,
        reduction_reason=reason.strip() if amount < claimed else "",
        approved_by=by,
        approved_at=timezone.now(),
    )


def _endorse(line: SupportLine, *, by: Any, amount: Decimal) -> SupportLine:
    line.endorsed_by, line.endorsed_at = by, timezone.now()
    line.save(update_fields=["endorsed_by", "endorsed_at"])
    chain = line.programme.host.slug
    audit.record(by=by, verb="support.endorse", target=line, chain=chain, data={"amount": amount})
    return line


@transaction.atomic
def settle(*, line: SupportLine, by: Any, on: date, checks: Iterable[str] = ()) -> SupportLine:
    """Pay an approved line after its checks, or mark it given in kind.

    Raises DoubleSupport for what was found since the approval, ChecksMissing for a payment, and what `move_line` raises.
    """
    hold(item=line.cost_item, firm=line.firm)
    line.refresh_from_db()
    to = rules.settled(line.mode)
    check_move(rules.MOVES[line.mode], line.state, to)
    _see_that_nobody_else_pays(line)
    if line.mode != CostItem.Mode.IN_KIND:
        check_before_payment(line=line, kinds=checks, by=by)
    return move_line(line=line, to=to, by=by, data={"on": on}, on=on, settled_on=on)


def _see_that_nobody_else_pays(line: SupportLine) -> None:
    if found := unruled(line):
        raise DoubleSupport(overlaps=found)
