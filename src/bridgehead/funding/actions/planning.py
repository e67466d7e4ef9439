"""When a cost item's budget is meant to be spent."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from bridgehead.audit import actions as audit
from bridgehead.funding.actions.accounts import hold_items
from bridgehead.funding.models import CostItem, PlannedSpending


@transaction.atomic
def plan_spending(*, item: CostItem, months: Mapping[date, Decimal], by: Any) -> None:
    """Replace the plan of a cost item: month (its first day) → amount. The trail keeps the plan before."""
    hold_items([item.pk])
    before = {f"{row.month:%Y-%m}": row.amount for row in item.planned.all()}
    item.planned.all().delete()
    rows = [
        PlannedSpending(cost_item=item, month=month, amount=amount)
        for month, amount in sorted(months.items())
    ]
    for row in rows:
        row.full_clean(validate_constraints=False)
    PlannedSpending.objects.bulk_create(rows)
    after = {f"{row.month:%Y-%m}": row.amount for row in rows}
    data = {"before": before, "after": after}
    audit.record(by=by, verb="cost_item.plan", target=item, chain=item.programme.host.slug, data=data)
