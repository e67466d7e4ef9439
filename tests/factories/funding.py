from datetime import date
from decimal import Decimal
from typing import Any

from bridgehead.funding import actions
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.models import Ceiling, CostItem, FundingSource, SupportLine
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme

from .organisations import a_firm, a_user, number
from .programmes import a_programme


def a_source(programme: Programme | None = None, **fields: Any) -> FundingSource:
    fields.setdefault("kind", FundingSource.Kind.CITY)
    fields.setdefault("name_ko", "시비")
    fields.setdefault("name_en", "City")
    fields.setdefault("amount", Decimal(50_000_000))
    return FundingSource.objects.create(programme=programme or a_programme(), **fields)


def a_cost_item(programme: Programme | None = None, **fields: Any) -> CostItem:
    """Reimbursed in cash, in full, without a cap."""
    fields.setdefault("code", f"item-{number()}")
    fields.setdefault("name_ko", "부스 임차료")
    fields.setdefault("name_en", "Booth rent")
    fields.setdefault("budget", Decimal(20_000_000))
    return actions.save_item(item=CostItem(programme=programme or a_programme(), **fields), by=None)


def a_ceiling(programme: Programme, amount: int = 8_000_000, **fields: Any) -> Ceiling:
    fields.setdefault("effective_from", date(2025, 1, 1))
    ceiling = Ceiling(programme=programme, amount=Decimal(amount), **fields)
    return actions.set_ceiling(ceiling=ceiling, by=None)


def a_promise(
    item: CostItem | None = None, firm: Organisation | None = None, amount: int = 1_000_000, **fields: Any
) -> SupportLine:
    item = item or a_cost_item()
    fields.setdefault("by", a_user())
    return actions.promise(
        programme=item.programme, firm=firm or a_firm(), cost_item=item, amount=Decimal(amount), **fields
    )


def a_claim(line: SupportLine | None = None, **fields: Any) -> SupportLine:
    """A claim in won with a receipt of its own."""
    line = line or a_promise()
    fields.setdefault("by", a_user())
    fields.setdefault("receipt_number", f"R-{number()}")
    fields.setdefault("receipt_issuer", "Italian Exhibition Group")
    fields.setdefault("receipt_on", date(2025, 1, 20))
    fields.setdefault("receipt_amount", line.amount)
    return actions.claim(line=line, **fields)


def a_paid_line(
    item: CostItem | None = None, firm: Organisation | None = None, amount: int = 1_000_000, **receipt: Any
) -> SupportLine:
    """Promised, claimed, approved by another and paid."""
    line = actions.approve(line=a_claim(a_promise(item, firm, amount), **receipt), by=a_user())
    return actions.settle(line=line, by=a_user(), on=date(2025, 4, 1), checks=CHECKS)
