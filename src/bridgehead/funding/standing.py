"""Where each funding source stands: what it paid, what of the commitments it will bear, what is left.

A commitment has no source before it is paid. It is shown with the source that would pay it today, by the same draw-down
as a payment: in proportion where the cost item says so, else in the order of the sources, item by item.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from bridgehead.funding import rules
from bridgehead.funding.models import CostItem, FundingSource, LedgerEntry
from bridgehead.programmes.models import Programme


@dataclass
class SourceBalance:
    """One source; `committed_of` says of which cost items its commitments are, `spent_of` the same of payments."""

    source: FundingSource
    committed_of: dict[CostItem, Decimal] = field(default_factory=dict)
    spent_of: dict[int, Decimal] = field(default_factory=dict)

    @property
    def committed(self) -> Decimal:
        return sum(self.committed_of.values(), Decimal(0))

    @property
    def spent(self) -> Decimal:
        return self.source.spent

    @property
    def left(self) -> Decimal:
        return self.source.amount - self.spent - self.committed


@dataclass(frozen=True)
class Sources:
    """All sources of a programme, and what is committed beyond what they have."""

    balances: list[SourceBalance]
    uncovered: Decimal


def pays(source: FundingSource) -> bool:
    """The firms' own share is not ours to pay."""
    return source.kind != FundingSource.Kind.OWN


def draw(
    item: CostItem, amount: Decimal, sources: Sequence[FundingSource], left: list[Decimal]
) -> list[Decimal]:
    """What each source would pay of an amount now; takes it from `left`. As much as they have, if that is less."""
    parts = None
    if item.drawn_in_proportion and sum(source.amount for source in sources) > 0:
        shares = [source.amount for source in sources]
        parts = rules.in_proportion(amount, shares, left)
    parts = parts or rules.in_order(amount, left)
    left[:] = [has - part for has, part in zip(left, parts, strict=True)]
    return parts


def sources_of(sources: Iterable[FundingSource], items: Iterable[CostItem]) -> Sources:
    """Without a query: the rows are in hand."""
    balances = [SourceBalance(source) for source in sources]
    payers = [balance for balance in balances if pays(balance.source)]
    left, uncovered = [balance.source.left for balance in payers], Decimal(0)
    for item in items:
        if not item.committed:
            continue
        parts = draw(item, item.committed, [balance.source for balance in payers], left)
        for balance, part in zip(payers, parts, strict=True):
            if part:
                balance.committed_of[item] = part
        uncovered += item.committed - sum(parts)
    return Sources(balances, uncovered)


def source_balance(programme: Programme, source: FundingSource) -> SourceBalance:
    """One source with what it paid for each cost item."""
    found = sources_of(programme.funding_sources.all(), programme.cost_items.order_by("pk"))
    balance = next(one for one in found.balances if one.source.pk == source.pk)
    paid = LedgerEntry.objects.filter(source=source).values("cost_item").annotate(sum=Sum("spent")).order_by()
    balance.spent_of = {row["cost_item"]: row["sum"] for row in paid if row["sum"]}
    return balance
