"""Vouchers, quotes, bookings and providers, each as its reader may see them: fetching is the permission."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Sum

from bridgehead.accounts import roles
from bridgehead.funding.models import (
    Booking,
    ProviderPrice,
    Quote,
    QuoteRequest,
    Service,
    ServiceProvider,
    SupportLine,
    Voucher,
    VoucherTerms,
)
from bridgehead.organisations.models import Host, Organisation
from bridgehead.organisations.queries import Visitor, hosts_where, organisations_of
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.questions.models import Attachment
from bridgehead.questions.queries import Access

_UNCLAIMED = [SupportLine.State.PROMISED, SupportLine.State.RELEASED]
#: What a booking may be looked for by: its own states, then those of its money.
STAGES: list[tuple[str, Any]] = [
    *((state.value, state.label) for state in Booking.State),
    *(
        (state.value, state.label)
        for state in SupportLine.State
        if state not in {*_UNCLAIMED, SupportLine.State.GIVEN}
    ),
]
VOUCHER_STATES = {
    "valid": Q(ended="") & ~Q(line__committed=0),
    "used": Q(ended="", line__committed=0),
    "expired": Q(ended="expired"),
    "cancelled": Q(ended="cancelled"),
}


def _vouchers() -> QuerySet[Voucher]:
    return Voucher.objects.select_related(
        "line__firm", "line__cost_item", "line__cost_item__programme", "line__programme__host"
    )


def vouchers_of_maker(user: Visitor) -> QuerySet[Voucher]:
    own = _vouchers().filter(line__firm__in=organisations_of(user))
    return own.order_by("ended", "expires_on", "pk")


def vouchers_visible_to(user: Visitor, permission: str = roles.MONEY_VIEW) -> QuerySet[Voucher]:
    return _vouchers().filter(programme__in=programmes_visible_to(user, permission))


def _bookings() -> QuerySet[Booking]:
    return Booking.objects.select_related(
        "line__firm",
        "line__cost_item__programme",
        "line__programme__host",
        "line__receipt",
        "provider__organisation",
        "voucher",
        "quote__request",
    )


def bookings_of_maker(user: Visitor) -> QuerySet[Booking]:
    return _bookings().filter(line__firm__in=organisations_of(user))


def bookings_of_provider(user: Visitor) -> QuerySet[Booking]:
    return _bookings().filter(provider__organisation__in=organisations_of(user))


def bookings_visible_to(user: Visitor, permission: str = roles.MONEY_VIEW) -> QuerySet[Booking]:
    return _bookings().filter(line__programme__in=programmes_visible_to(user, permission))


def at_stage(stage: str) -> Q:
    """Bookings whose `stage` says this."""
    if stage in Booking.State.values:
        return Q(state=stage, line__state__in=_UNCLAIMED)
    return Q(line__state=stage)


def requests_of_maker(user: Visitor) -> QuerySet[QuoteRequest]:
    quotes = Quote.objects.select_related("provider__organisation").order_by(
        F("amount").asc(nulls_last=True), "pk"
    )
    return (
        QuoteRequest.objects.filter(voucher__line__firm__in=organisations_of(user))
        .select_related(
            "voucher__line__firm", "voucher__line__cost_item__programme", "voucher__line__programme__host"
        )
        .prefetch_related(Prefetch("quotes", quotes))
    )


def quotes_of_provider(user: Visitor) -> QuerySet[Quote]:
    """Requests for quotes, of this person's organisations only."""
    return Quote.objects.filter(provider__organisation__in=organisations_of(user)).select_related(
        "request__voucher__line__firm",
        "request__voucher__line__cost_item",
        "request__voucher__line__programme__host",
        "provider__organisation",
    )


def providers_of(user: Visitor) -> QuerySet[ServiceProvider]:
    """The providers for which a person signs in."""
    return ServiceProvider.objects.filter(organisation__in=organisations_of(user)).select_related(
        "organisation"
    )


def directory(user: Visitor) -> QuerySet[ServiceProvider]:
    """Every provider, for those who see the money of some host; the directory is shared."""
    if not hosts_where(user, roles.MONEY_VIEW).exists():
        return ServiceProvider.objects.none()
    return (
        ServiceProvider.objects.select_related("organisation")
        .prefetch_related("prices", "approvals__host", "approvals__decided_by")
        .order_by("organisation__name_ko", "pk")
    )


def find_providers(host: Host, *, service: str, language: str = "") -> QuerySet[ServiceProvider]:
    """Who may do this for the host's firms, with the prices of that service."""
    approved = ServiceProvider.objects.filter(approvals__host=host, approvals__state="approved")
    found = approved.filter(prices__service=service)
    if language:
        found = found.filter(languages__contains=language)
    prices = Prefetch("prices", to_attr="priced", queryset=_prices(service))
    return found.distinct().select_related("organisation").prefetch_related(prices).order_by("pk")


def _prices(service: str) -> QuerySet[ProviderPrice]:
    return ProviderPrice.objects.filter(service=service)


def offered_services(host: Host) -> list[tuple[str, str, int]]:
    """Each service with how many approved providers offer it."""
    counts: dict[str, set[int]] = {}
    rows = ServiceProvider.objects.filter(approvals__host=host, approvals__state="approved").values_list(
        "prices__service", "pk"
    )
    for service, pk in rows:
        counts.setdefault(service or "", set()).add(pk)
    return [(service.value, str(service.label), len(counts.get(service.value, ()))) for service in Service]


def terms_of(programme: Programme) -> VoucherTerms | None:
    return VoucherTerms.objects.filter(programme=programme).select_related("cost_item").first()


def firms_without_voucher(programme: Programme) -> QuerySet[Organisation]:
    """Firms with an account that hold no valid voucher: those an officer may issue one to."""
    held = Voucher.objects.filter(programme=programme, ended="").values("line__firm")
    return Organisation.objects.filter(firm_accounts__programme=programme).exclude(pk__in=held)


@dataclass
class Bundle:
    """Bookings of one service, provider or stage."""

    value: str
    label: str
    count: int = 0
    covered: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)

    def add(self, row: dict[str, Any]) -> None:
        self.count += 1
        self.covered += row["line__committed"] + row["line__paid"]
        self.paid += row["line__paid"]


@dataclass
class Overview:
    """A programme's vouchers at a glance; every figure has its rows."""

    issued: Decimal = Decimal(0)
    left: Decimal = Decimal(0)
    by_state: dict[str, int] = field(default_factory=dict)
    all: Bundle = field(default_factory=lambda: Bundle("", ""))
    services: list[Bundle] = field(default_factory=list)
    providers: list[Bundle] = field(default_factory=list)
    stages: list[Bundle] = field(default_factory=list)

    @property
    def booked(self) -> Decimal:
        return self.all.covered - self.all.paid


def overview(programme: Programme) -> Overview:
    """In three queries, however many bookings there are."""
    vouchers = Voucher.objects.filter(programme=programme)
    sums = vouchers.aggregate(issued=Sum("line__amount"), left=Sum("line__committed"))
    found = Overview(sums["issued"] or Decimal(0), sums["left"] or Decimal(0))
    for ended, committed in vouchers.values_list("ended", "line__committed"):
        state = ended or ("valid" if committed else "used")
        found.by_state[state] = found.by_state.get(state, 0) + 1
    rows = [_row(booking) for booking in _bookings().filter(line__programme=programme)]
    for row in rows:
        found.all.add(row)
    services = dict(Service.choices)
    found.services = _grouped(rows, "service", lambda row: str(services[row["service"]]))
    found.providers = _grouped(rows, "provider", lambda row: row["name"])
    stages = dict(STAGES)
    order = list(stages)
    found.stages = sorted(
        _grouped(rows, "stage", lambda row: str(stages[row["stage"]])), key=lambda one: order.index(one.value)
    )
    return found


def _row(booking: Booking) -> dict[str, Any]:
    return {
        "service": booking.service,
        "provider": booking.provider.organisation.slug,
        "name": booking.provider.organisation.name,
        "stage": booking.stage,
        "line__committed": booking.line.committed,
        "line__paid": booking.line.paid,
    }


def _grouped(
    rows: Iterable[dict[str, Any]], key: str, label: Callable[[dict[str, Any]], str]
) -> list[Bundle]:
    groups: dict[str, Bundle] = {}
    for row in rows:
        groups.setdefault(row[key], Bundle(row[key], label(row))).add(row)
    return sorted(groups.values(), key=lambda one: one.label)


def proofs_of(booking: Booking) -> QuerySet[Attachment]:
    """The files by which the provider proves its service."""
    return Attachment.objects.filter(owner_kind=Booking._meta.label_lower, owner_id=str(booking.pk)).order_by(
        "uploaded_at", "pk"
    )


def may_read_proof(user: Visitor, attachment: Attachment) -> Access:
    """Read by both sides of the booking, and by those who see the money of its programme."""
    booking = Booking.objects.filter(pk=attachment.owner_id)
    own = organisations_of(user)
    sides = booking.filter(Q(line__firm__in=own) | Q(provider__organisation__in=own))
    seen = booking.filter(line__programme__in=programmes_visible_to(user, roles.MONEY_VIEW))
    return Access.FULL if sides.exists() or seen.exists() else Access.NONE
