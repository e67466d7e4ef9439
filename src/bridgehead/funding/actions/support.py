"""Support lines: promise, claim, approve, settle, refuse. `move_line` is the only writer of their state."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding import queries, rules
from bridgehead.funding.actions.accounts import Refused, hold, hold_items
from bridgehead.funding.actions.ledger import book
from bridgehead.funding.actions.telling import tell_of_money
from bridgehead.funding.models import CostItem, LedgerEntry, SupportLine
from bridgehead.funding.rules import State
from bridgehead.kit.money import format_money
from bridgehead.kit.states import check_move
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme


class CapExceeded(Refused):
    """More than the cost item's cap leaves to the firm."""

    def __init__(self, *, item: CostItem, left: Decimal) -> None:
        super().__init__(
            _("The cap of “%(item)s” leaves this firm %(left)s. Lower the amount.")
            % {"item": item, "left": format_money(left, rules.WON)}
        )
        self.item, self.left = item, left


class MoreThanClaimed(Refused):
    """Approval gives at most what was claimed, or promised in kind."""

    def __init__(self, *, claimed: Decimal) -> None:
        super().__init__(
            _("At most %(claimed)s can be approved.") % {"claimed": format_money(claimed, rules.WON)}
        )
        self.claimed = claimed


class ReasonMissing(Refused):
    """What takes something away from a firm says why."""

    def __init__(self) -> None:
        super().__init__(_("Write the reason; the firm reads it."))


class ReceiptUsed(Refused):
    """The same receipt stands on another line, of whichever host. Whose is not said."""

    def __init__(self) -> None:
        super().__init__(
            _("This receipt has already been used for a claim. Each receipt can be claimed once only.")
        )


class FourEyes(Refused):
    """Who promised or claimed a line may not approve it."""

    def __init__(self) -> None:
        super().__init__(_("You recorded this yourself. Another person has to approve it."))


@transaction.atomic
def promise(
    *,
    programme: Programme,
    firm: Organisation,
    cost_item: CostItem,
    amount: Decimal,
    by: Any,
    mode: str = "",
    description: str = "",
    area: Decimal | None = None,
) -> SupportLine:
    """Commit an amount to a firm. Raises CeilingExceeded or CapExceeded, each saying how much is left.

    `mode` is the cost item's unless given; `area` is the firm's stand in m², where the terms count by it.
    """
    held = hold(item=cost_item, firm=firm)
    left = queries.cap_left(cost_item, firm)
    if left is not None and amount > left:
        raise CapExceeded(item=cost_item, left=max(left, Decimal(0)))
    line = SupportLine(
        programme=programme,
        firm=firm,
        cost_item=cost_item,
        amount=amount,
        promised=amount,
        mode=mode or cost_item.mode,
        description=description,
        area=area,
        recorded_by=by,
    )
    line.full_clean(validate_constraints=False)
    line.save(force_insert=True)
    book(line=line, held=held, kind=LedgerEntry.Kind.PROMISE, by=by)
    data = {"amount": amount, "cost_item": cost_item.code, "mode": line.mode}
    audit.record(by=by, verb="support.promise", target=line, chain=programme.host.slug, data=data)
    return line


@transaction.atomic
def promise_to(
    *,
    firms: Sequence[Organisation],
    cost_item: CostItem,
    amount: Decimal,
    by: Any,
    **facts: Any,
) -> list[SupportLine]:
    """The same promise to several firms: all of them or, when one has no room, none. Locks in a fixed order."""
    return [
        promise(programme=cost_item.programme, firm=firm, cost_item=cost_item, amount=amount, by=by, **facts)
        for firm in sorted(firms, key=lambda firm: firm.pk)
    ]


#: What the ledger calls a move into a state.
BOOKED = {
    State.CLAIMED: LedgerEntry.Kind.CHANGE,
    State.RETURNED: LedgerEntry.Kind.CHANGE,
    State.PROMISED: LedgerEntry.Kind.PROMISE,
    State.RELEASED: LedgerEntry.Kind.RELEASE,
    State.APPROVED: LedgerEntry.Kind.APPROVAL,
    State.PAID: LedgerEntry.Kind.PAYMENT,
    State.GIVEN: LedgerEntry.Kind.IN_KIND,
    State.REFUSED: LedgerEntry.Kind.RELEASE,
    State.REVERSED: LedgerEntry.Kind.REVERSAL,
}


@transaction.atomic
def move_line(
    *,
    line: SupportLine,
    to: SupportLine.State,
    by: Any,
    reason: str = "",
    data: dict[str, Any] | None = None,
    on: date | None = None,
    **changes: Any,
) -> SupportLine:
    """The one writer of a line's state: checks the move, writes the changes, enters them in the ledger, records it.

    Raises WrongMove, what `book` raises, and ReceiptUsed when the database finds the receipt on another line.
    """
    held = hold(item=line.cost_item, firm=line.firm)
    line.refresh_from_db(fields=["state", "amount", "promised", "approved", "committed", "paid", "drawn"])
    old = line.state
    check_move(rules.MOVES[line.mode], old, to)
    for name, value in {**changes, "state": to}.items():
        setattr(line, name, value)
    save_with_receipt(line, update_fields=["state", *changes])
    book(line=line, held=held, kind=BOOKED[to], by=by, on=on, reason=reason)
    facts = {"from": old, "to": to, "amount": line.amount, **(data or {})}
    audit.record(
        by=by,
        verb=f"support.{to}",
        target=line,
        chain=line.programme.host.slug,
        reason=reason,
        data=facts,
    )
    tell_of_money(line)
    return line


def save_with_receipt(line: SupportLine, **how: Any) -> None:
    """Raises ReceiptUsed when another line has this receipt."""
    try:
        with transaction.atomic():
            line.save(**how)
    except IntegrityError as error:
        if (
            SupportLine.objects.filter(receipt_key=line.receipt_key)
            .exclude(pk=line.pk)
            .exclude(receipt_key="")
        ):
            raise ReceiptUsed from error
        raise


@transaction.atomic
def refuse(*, line: SupportLine, by: Any, reason: str) -> SupportLine:
    """Give up a promise or turn down a claim; the amount is free again, and so is the receipt."""
    return move_line(line=line, to=State.REFUSED, by=by, reason=reason, refusal_reason=reason)


@transaction.atomic
def release_promises(*, programme: Programme, firm: Organisation, by: Any, reason: str) -> int:
    """A firm that withdrew claims nothing any more: what was only promised is free again. Vouchers end by themselves."""
    lines = SupportLine.objects.filter(programme=programme, firm=firm, state=State.PROMISED)
    lines = lines.exclude(mode=CostItem.Mode.VOUCHER)
    hold_items(lines.values_list("cost_item", flat=True))
    return len([refuse(line=line, by=by, reason=reason) for line in lines.order_by("pk")])
