"""Budget from one cost item to another: asked by one person, moved when another approves."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding.actions.accounts import BudgetExceeded, Refused, hold_items
from bridgehead.funding.actions.ledger import book_budget
from bridgehead.funding.models import BudgetTransfer, CostItem
from bridgehead.kit.states import WrongMove

State = BudgetTransfer.State


class SamePerson(Refused):
    """Who asked for a transfer does not decide it."""

    def __init__(self) -> None:
        super().__init__(_("You asked for this yourself. Another person has to decide it."))


def _record(transfer: BudgetTransfer, *, verb: str, by: Any, reason: str) -> None:
    data = {"from": transfer.from_item.code, "to": transfer.to_item.code, "amount": transfer.amount}
    host = transfer.programme.host
    audit.record(by=by, verb=verb, target=transfer, chain=host.slug, reason=reason, data=data)


@transaction.atomic
def ask_transfer(
    *, from_item: CostItem, to_item: CostItem, amount: Decimal, reason: str, by: Any
) -> BudgetTransfer:
    """Ask to move budget. Raises BudgetExceeded when the item has not that much left now."""
    if amount > from_item.left:
        raise BudgetExceeded(item=from_item, left=from_item.left, asked=amount)
    transfer = BudgetTransfer(
        programme=from_item.programme,
        from_item=from_item,
        to_item=to_item,
        amount=amount,
        reason=reason,
        asked_by=by,
    )
    transfer.full_clean()
    transfer.save(force_insert=True)
    _record(transfer, verb="budget_transfer.ask", by=by, reason=reason)
    return transfer


@transaction.atomic
def decide_transfer(*, transfer: BudgetTransfer, approve: bool, by: Any, reason: str = "") -> BudgetTransfer:
    """Move the budget, or decline with a reason. Raises SamePerson, WrongMove, and BudgetExceeded when it has been used."""
    items = {item.pk: item for item in hold_items([transfer.from_item_id, transfer.to_item_id])}
    transfer.refresh_from_db(fields=["state", "asked_by"])
    new = State.APPROVED if approve else State.DECLINED
    if transfer.state != State.ASKED:
        raise WrongMove(old=transfer.state, new=new)
    if by.pk == transfer.asked_by_id:
        raise SamePerson
    giver, taker = items[transfer.from_item_id], items[transfer.to_item_id]
    if approve and transfer.amount > giver.left:
        raise BudgetExceeded(item=giver, left=giver.left, asked=transfer.amount)
    transfer.state, transfer.decided_by, transfer.decided_at = new, by, timezone.now()
    transfer.decision = reason
    transfer.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    if approve:
        book_budget(item=giver, more=-transfer.amount, by=by, reason=transfer.reason, transfer=transfer)
        book_budget(item=taker, more=transfer.amount, by=by, reason=transfer.reason, transfer=transfer)
    verb = "budget_transfer.approve" if approve else "budget_transfer.decline"
    _record(transfer, verb=verb, by=by, reason=reason)
    return transfer
