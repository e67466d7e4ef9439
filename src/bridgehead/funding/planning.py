"""Plan against actual, month by month: of the whole programme, of one cost item, of one source."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from bridgehead.funding.models import CostItem, FundingSource, LedgerEntry, PlannedSpending
from bridgehead.funding.standing import draw, pays
from bridgehead.kit.clock import today
from bridgehead.programmes.models import Programme

Months = dict[date, Decimal]


@dataclass(frozen=True)
class Point:
    """The end of a month: what was to be spent by then, what was spent, and what was bound (spent or committed).

    `spent` and `bound` are None for months to come; `bound` also for a source, which commitments do not name.
    """

    month: date
    planned: Decimal
    spent: Decimal | None
    bound: Decimal | None

    @property
    def until(self) -> str:
        """The last day of the month, as the ledger's page takes it."""
        following = (self.month + timedelta(days=31)).replace(day=1)
        return (following - timedelta(days=1)).isoformat()

    @property
    def behind(self) -> Decimal | None:
        """How much less was spent than planned; below zero where it is more."""
        return None if self.spent is None else self.planned - self.spent


def plan_and_actual(
    programme: Programme, *, item: CostItem | None = None, source: FundingSource | None = None
) -> list[Point]:
    """Four queries at most, however many entries."""
    planned = _planned_of_source(programme, source) if source else _planned(programme, item)
    entries = LedgerEntry.objects.filter(programme=programme, line__isnull=False)
    entries = entries.filter(cost_item=item) if item else entries
    entries = entries.filter(source=source) if source else entries
    spent, committed = _by_month(entries)
    return _points(programme, planned, spent, committed, bound=source is None)


def _planned(programme: Programme, item: CostItem | None) -> Months:
    rows = PlannedSpending.objects.filter(cost_item__programme=programme)
    rows = rows.filter(cost_item=item) if item else rows
    return dict(rows.values_list("month").annotate(sum=Sum("amount")).order_by())


def _planned_of_source(programme: Programme, source: FundingSource) -> Months:
    """What the plan would draw from the source, month by month, by the draw-down of payments."""
    payers = [one for one in programme.funding_sources.order_by("order", "pk") if pays(one)]
    left = [payer.amount for payer in payers]
    planned: Months = defaultdict(Decimal)
    rows = PlannedSpending.objects.filter(cost_item__programme=programme).select_related("cost_item")
    for row in rows.order_by("month", "cost_item"):
        for payer, part in zip(payers, draw(row.cost_item, row.amount, payers, left), strict=True):
            if payer.pk == source.pk:
                planned[row.month] += part
    return dict(planned)


def _by_month(entries: QuerySet[LedgerEntry]) -> tuple[Months, Months]:
    rows = entries.annotate(month=TruncMonth("on")).values("month").order_by("month")
    sums = list(rows.annotate(sum_spent=Sum("spent"), sum_committed=Sum("committed")))
    spent = {row["month"]: row["sum_spent"] for row in sums}
    return spent, {row["month"]: row["sum_committed"] for row in sums}


def _points(
    programme: Programme, planned: Months, spent: Months, committed: Months, *, bound: bool
) -> list[Point]:
    months = _span([*planned, *spent])
    now = today(programme.zone).replace(day=1)

    def grown(of: Months) -> list[Decimal]:
        return list(accumulate(of.get(month, Decimal(0)) for month in months))

    rows = zip(months, grown(planned), grown(spent), grown(committed), strict=True)
    return [
        Point(month, wanted, paid if month <= now else None, paid + held if bound and month <= now else None)
        for month, wanted, paid, held in rows
    ]


def _span(months: list[date]) -> list[date]:
    """Every month from the first to the last."""
    if not months:
        return []
    first, last = min(months), max(months)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        for n in range(count)
    ]
