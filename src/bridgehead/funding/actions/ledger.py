"""Writing the ledger. Balances follow by themselves (`funding.guards`)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bridgehead.funding import rules
from bridgehead.funding.actions.accounts import Held, Refused, make_room
from bridgehead.funding.models import BudgetTransfer, CostItem, FundingSource, LedgerEntry, SupportLine
from bridgehead.kit.clock import today
from bridgehead.kit.money import format_money
from bridgehead.programmes.models import Programme

Kind = LedgerEntry.Kind


class SourcesExhausted(Refused):
    """The funding sources together have less than is to be paid."""

    def __init__(self, *, left: Decimal) -> None:
        super().__init__(
            _("The funding sources have %(left)s left, which is less than this payment.")
            % {"left": format_money(left, rules.WON)}
        )
        self.left = left


class VoucherExceeded(Refused):
    """The voucher holds less than a booking takes; `left` is what it has."""

    def __init__(self, *, left: Decimal, asked: Decimal) -> None:
        super().__init__(
            _(
                "The voucher has %(left)s left; this takes %(asked)s. Ask for less, or pay more of it yourself."
            )
            % {"left": format_money(left, rules.WON), "asked": format_money(asked, rules.WON)}
        )
        self.left, self.asked = left, asked


def book_budget(
    *,
    item: CostItem,
    more: Decimal,
    by: Any,
    reason: str = "",
    transfer: BudgetTransfer | None = None,
) -> None:
    """Give a cost item more budget, or less. The item in hand says the new budget afterwards."""
    if more:
        LedgerEntry.objects.create(
            programme=item.programme,
            kind=Kind.TRANSFER if transfer else Kind.BUDGET,
            cost_item=item,
            transfer=transfer,
            budget=more,
            on=today(item.programme.zone),
            by=by,
            reason=reason,
        )
    item.refresh_from_db(fields=["budget", "committed", "spent"])


def book(
    *, line: SupportLine, held: Held, kind: str, by: Any, on: date | None = None, reason: str = ""
) -> None:
    """Enter what the line's new state changes: the difference between what it should weigh and what it weighs now.

    What a line drawn from a voucher gains or loses, the voucher's line loses or gains. Raises CeilingExceeded,
    BudgetExceeded, SourcesExhausted and VoucherExceeded.
    """
    wanted = rules.weight(line)
    committed, spent = wanted.committed - line.committed, wanted.spent - line.paid
    facts = {
        "programme": line.programme,
        "cost_item": held.item,
        "account": held.account,
        "line": line,
        "kind": kind,
        "on": on or today(line.programme.zone),
        "by": by,
        "reason": reason[:300],
    }
    if not (committed + spent > 0 and _draw(line, committed + spent, facts)):
        make_room(held, committed + spent)
    if spent > 0:
        for source, part in _drawn(line.programme, spent, split=held.item.drawn_in_proportion):
            LedgerEntry.objects.create(**facts, source=source, committed=-part, spent=part)
    elif spent < 0:
        for entry in line.entries.filter(spent__gt=0, reversed_by=None).order_by("pk"):
            LedgerEntry.objects.create(**facts, source=entry.source, reverses=entry, spent=-entry.spent)
    elif committed:
        LedgerEntry.objects.create(**facts, committed=committed)
    if committed + spent < 0:
        _draw(line, committed + spent, facts)
    line.refresh_from_db(fields=["committed", "paid"])


def _draw(line: SupportLine, more: Decimal, facts: dict[str, Any]) -> bool:
    """Move `more` from the voucher's line to a line drawn from it, or back where it is below zero. False where the line is
    drawn from none, or the voucher has ended: then the budget has to have room, and what is given back stays there."""
    if line.drawn_from_id is None:
        return False
    voucher = SupportLine.objects.select_for_update().get(pk=line.drawn_from_id)
    if voucher.state != rules.State.PROMISED:
        return False
    if more > voucher.committed:
        raise VoucherExceeded(left=voucher.committed, asked=more)
    LedgerEntry.objects.create(**{**facts, "line": voucher, "kind": Kind.DRAWN, "committed": -more})
    voucher.drawn += more
    voucher.save(update_fields=["drawn"])
    return True


def _drawn(
    programme: Programme, amount: Decimal, *, split: bool
) -> list[tuple[FundingSource | None, Decimal]]:
    """From which sources an amount is paid; without any source, from none. The firms' own share is not ours to pay."""
    sources = list(
        FundingSource.objects.select_for_update()
        .filter(programme=programme)
        .exclude(kind=FundingSource.Kind.OWN)
        .order_by("order", "pk")
    )
    if not sources:
        return [(None, amount)]
    left = [source.left for source in sources]
    if sum(left) < amount:
        raise SourcesExhausted(left=sum(left, Decimal(0)))
    parts = rules.in_proportion(amount, [source.amount for source in sources], left) if split else None
    parts = parts or rules.in_order(amount, left)
    return [(source, part) for source, part in zip(sources, parts, strict=True) if part]
