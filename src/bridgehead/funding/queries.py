"""Balances of programmes, cost items and firms, and the search for double support."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from bridgehead.accounts import roles
from bridgehead.funding.models import (
    BudgetTransfer,
    Ceiling,
    CostItem,
    FirmAccount,
    FirmCheck,
    FundingSource,
    IncomingGrant,
    LedgerEntry,
    MoneyTerms,
    SupportLine,
    SupportRule,
    Terms,
)
from bridgehead.funding.rules import UNSETTLED, State, longest_run
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Host, Organisation
from bridgehead.organisations.queries import Visitor, hosts_where, organisations_of
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.questions.models import Attachment
from bridgehead.questions.queries import Access

_ZERO = Value(Decimal(0), output_field=DecimalField(max_digits=18, decimal_places=2))


@dataclass(frozen=True)
class Balance:
    """Money of a programme or of one of its cost items, in won."""

    total: Decimal
    committed: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        return self.total - self.committed - self.spent


@dataclass(frozen=True)
class FirmBalance:
    """Where a firm stands; `ceiling` and `left` are None where the programme sets no ceiling."""

    firm: Organisation
    ceiling: Decimal | None
    committed: Decimal
    spent: Decimal

    @property
    def used(self) -> Decimal:
        return self.committed + self.spent

    @property
    def left(self) -> Decimal | None:
        return None if self.ceiling is None else max(self.ceiling - self.used, Decimal(0))


@dataclass(frozen=True)
class GrantHistory:
    """A host's incoming grants, and the longest row of years in which it was selected."""

    host: Host
    grants: list[IncomingGrant]
    in_a_row: tuple[int, ...]
    total: Decimal


def programme_balance(programme: Programme) -> Balance:
    total = FundingSource.objects.filter(programme=programme).aggregate(total=Coalesce(Sum("amount"), _ZERO))
    used = CostItem.objects.filter(programme=programme).aggregate(
        committed=Coalesce(Sum("committed"), _ZERO), spent=Coalesce(Sum("spent"), _ZERO)
    )
    return Balance(total["total"], used["committed"], used["spent"])


def items_with_balances(programme: Programme) -> QuerySet[CostItem]:
    """The cost items of a programme; each knows what is committed, spent and left of its budget."""
    items = CostItem.objects.filter(programme=programme, retired=False).select_related("programme")
    return items.prefetch_related("rules").order_by("pk")


def terms_on(item: CostItem, day: date) -> Terms:
    """The terms of a cost item on a day: the latest rule in force, else the item's own."""
    rules = SupportRule.objects.filter(cost_item=item, effective_from__lte=day)
    return rules.order_by("-effective_from").first() or item


def money_terms(programme: Programme) -> MoneyTerms:
    """How the programme handles claims; the defaults where nobody has set anything."""
    return MoneyTerms.objects.filter(programme=programme).first() or MoneyTerms(programme=programme)


def transfers_of(programme: Programme) -> QuerySet[BudgetTransfer]:
    return BudgetTransfer.objects.filter(programme=programme).select_related(
        "from_item", "to_item", "asked_by", "decided_by"
    )


def ledger_of(programme: Programme) -> QuerySet[LedgerEntry]:
    """Every movement of the programme's money, latest first."""
    return (
        LedgerEntry.objects.filter(programme=programme)
        .select_related("cost_item", "account__firm", "line", "source", "by", "programme")
        .order_by("-on", "-pk")
    )


def ledger_sums(entries: QuerySet[LedgerEntry]) -> dict[str, Decimal]:
    """What the entries add up to: budget, committed, spent."""
    return entries.aggregate(
        **{name: Coalesce(Sum(name), _ZERO) for name in ("budget", "committed", "spent")}
    )


def items_open_to_claims(programmes: Iterable[int]) -> dict[int, list[CostItem]]:
    """Programme id → the cash items a firm may claim although nobody promised them."""
    items = CostItem.objects.filter(
        programme__in=set(programmes),
        programme__money_terms__claims_without_promise=True,
        mode=CostItem.Mode.CASH,
        retired=False,
    )
    found: dict[int, list[CostItem]] = {}
    for item in items.order_by("pk"):
        found.setdefault(item.programme_id, []).append(item)
    return found


def ceiling_on(programme: Programme, day: date) -> Ceiling | None:
    """The ceiling in force on a day; None where the programme sets none."""
    return (
        Ceiling.objects.filter(programme=programme, effective_from__lte=day)
        .order_by("-effective_from")
        .first()
    )


def ceiling_today(programme: Programme) -> Decimal | None:
    ceiling = ceiling_on(programme, today(programme.zone))
    return ceiling.amount if ceiling else None


def firm_balances(programme: Programme) -> list[FirmBalance]:
    """Every firm with an account, in two queries. The ceiling is today's, also on the day a new one takes effect."""
    ceiling = ceiling_today(programme)
    accounts = (
        FirmAccount.objects.filter(programme=programme).select_related("firm").order_by("firm__slug", "pk")
    )
    return [_balance(account, ceiling) for account in accounts]


def _balance(account: FirmAccount, ceiling: Decimal | None) -> FirmBalance:
    return FirmBalance(account.firm, ceiling, account.committed, account.spent)


def firm_balance(programme: Programme, firm: Organisation) -> FirmBalance:
    account = FirmAccount.objects.filter(programme=programme, firm=firm).select_related("firm").first()
    blank = FirmAccount(programme=programme, firm=firm)
    return _balance(account or blank, ceiling_today(programme))


def firms_of(programme: Programme) -> QuerySet[Organisation]:
    """The firms that may receive support: those with an account."""
    return Organisation.objects.filter(firm_accounts__programme=programme)


def cap_left(
    item: CostItem, firm: Organisation, *, beside: SupportLine | None = None, on: date | None = None
) -> Decimal | None:
    """What the cap in force leaves to a firm, not counting the line `beside`; None without a cap."""
    cap = terms_on(item, on or today()).cap
    if cap is None:
        return None
    lines = SupportLine.objects.filter(cost_item=item, firm=firm)
    if beside is not None:
        lines = lines.exclude(pk=beside.pk)
    used = lines.aggregate(used=Coalesce(Sum(F("committed") + F("paid")), _ZERO))
    return cap - used["used"]


def _with_all(lines: QuerySet[SupportLine]) -> QuerySet[SupportLine]:
    return lines.select_related(
        "programme__host",
        "programme__edition",
        "firm",
        "cost_item",
        "receipt",
        "payee",
        "recorded_by",
        "claimed_by",
        "approved_by",
        "endorsed_by",
        "overlap_asked_by",
        "overlap_confirmed_by",
    )


def lines_visible_to(user: Visitor, permission: str = roles.MONEY_VIEW) -> QuerySet[SupportLine]:
    return _with_all(SupportLine.objects.filter(programme__in=programmes_visible_to(user, permission)))


def selection_checks(programme: Programme, firm: Organisation) -> QuerySet[FirmCheck]:
    """What was looked up about the firm when it was selected."""
    checks = FirmCheck.objects.filter(account__programme=programme, account__firm=firm)
    return checks.filter(stage=FirmCheck.Stage.SELECTION).select_related("checked_by")


def lines_of(programme: Programme, firm: Organisation) -> QuerySet[SupportLine]:
    return _with_all(SupportLine.objects.filter(programme=programme, firm=firm)).order_by("pk")


def lines_of_maker(user: Visitor) -> QuerySet[SupportLine]:
    """The lines of the firms a person acts for."""
    return _with_all(SupportLine.objects.filter(firm__in=organisations_of(user))).order_by("pk")


def accounts_of_maker(user: Visitor) -> QuerySet[FirmAccount]:
    return (
        FirmAccount.objects.filter(firm__in=organisations_of(user))
        .select_related("firm", "programme__host")
        .order_by("-programme__starts_on", "programme__slug", "pk")
    )


def ceilings_of(programmes: Iterable[Programme]) -> dict[int, Decimal]:
    """Programme id → the ceiling in force today, for a list of programmes in one query."""
    days = {programme.pk: today(programme.zone) for programme in programmes}
    ceilings = Ceiling.objects.filter(programme__in=days).order_by("effective_from")
    return {
        ceiling.programme_id: ceiling.amount
        for ceiling in ceilings
        if ceiling.effective_from <= days[ceiling.programme_id]
    }


def claims_due(programme: Programme, *, within: int) -> QuerySet[SupportLine]:
    """Claims that are overdue, or to be settled within so many days; the oldest first."""
    lines = SupportLine.objects.filter(programme=programme, state__in=UNSETTLED, due_on__isnull=False)
    lines = lines.filter(due_on__lte=today(programme.zone) + timedelta(days=within))
    return lines.select_related("firm", "cost_item").order_by("due_on", "pk")


def claims_waiting(user: Visitor) -> QuerySet[SupportLine]:
    """Claims, and promises in kind, that this person may approve: not those they recorded themselves."""
    waiting = Q(state=State.CLAIMED) | Q(state=State.PROMISED, mode=CostItem.Mode.IN_KIND)
    lines = lines_visible_to(user, roles.MONEY_APPROVE).filter(waiting)
    return lines.exclude(Q(recorded_by=user.pk) | Q(claimed_by=user.pk) | Q(endorsed_by=user.pk)).order_by(
        "due_on", "claimed_at", "pk"
    )


def grants_visible_to(user: Visitor, permission: str = roles.MONEY_VIEW) -> QuerySet[IncomingGrant]:
    return IncomingGrant.objects.filter(host__in=hosts_where(user, permission)).select_related(
        "host", "programme", "source__programme"
    )


def grant_documents(grants: Iterable[IncomingGrant]) -> dict[str, list[Attachment]]:
    """Key of the grant as text → its documents, oldest first, in one query."""
    keys = [str(grant.pk) for grant in grants]
    found: dict[str, list[Attachment]] = {}
    kept = Attachment.objects.filter(owner_kind="funding.incominggrant", owner_id__in=keys)
    for attachment in kept.order_by("uploaded_at", "pk"):
        found.setdefault(attachment.owner_id, []).append(attachment)
    return found


def may_read_grant_document(user: Visitor, attachment: Attachment) -> Access:
    grants = grants_visible_to(user).filter(pk=attachment.owner_id)
    return Access.FULL if grants.exists() else Access.NONE


def grant_histories(grants: QuerySet[IncomingGrant]) -> list[GrantHistory]:
    """The grants host by host, latest year first. Only amounts a source states are added up."""
    by_host: dict[Host, list[IncomingGrant]] = {}
    for grant in grants.order_by("host__slug", "-year", "pk"):
        by_host.setdefault(grant.host, []).append(grant)
    return [_history(host, rows) for host, rows in by_host.items()]


def _history(host: Host, grants: list[IncomingGrant]) -> GrantHistory:
    won = [grant for grant in grants if grant.state == IncomingGrant.State.SELECTED]
    total = sum((grant.amount for grant in won if grant.amount), Decimal(0))
    return GrantHistory(host, grants, longest_run(grant.year for grant in won), total)


def may_read_receipt(user: Visitor, attachment: Attachment) -> Access:
    """A receipt is read by those who see the money of its programme, by the firm that claimed it, and by the provider whom a
    voucher pays."""
    line = SupportLine.objects.filter(pk=attachment.owner_id)
    seen = line.filter(programme__in=programmes_visible_to(user, roles.MONEY_VIEW)).exists()
    own = line.filter(Q(firm__in=organisations_of(user)) | Q(payee__in=organisations_of(user)))
    return Access.FULL if seen or own.exists() else Access.NONE
