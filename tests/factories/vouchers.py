from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bridgehead.funding.actions import vouchers
from bridgehead.funding.models import (
    Booking,
    CostItem,
    ProviderPrice,
    Quote,
    ServiceProvider,
    SupportLine,
    Voucher,
)
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Host, Organisation
from bridgehead.programmes.models import Programme

from .funding import a_cost_item
from .organisations import a_business_number, a_firm, a_user, maker_of, number


def a_voucher_item(programme: Programme | None = None, **fields: Any) -> CostItem:
    """The budget line from which vouchers are issued: the whole of a price is paid."""
    fields = {"code": "voucher", "name_ko": "수출 바우처", "name_en": "Export voucher", **fields}
    return a_cost_item(programme, mode=CostItem.Mode.VOUCHER, **fields)


def a_voucher(
    item: CostItem | None = None, firm: Organisation | None = None, value: int = 2_000_000, **fields: Any
) -> Voucher:
    fields.setdefault("expires_on", today() + timedelta(days=90))
    fields.setdefault("by", a_user())
    return vouchers.issue_voucher(
        cost_item=item or a_voucher_item(), firm=firm or a_firm(), value=Decimal(value), **fields
    )


def a_provider(host: Host, *services: str, approve: bool = True, **fields: Any) -> ServiceProvider:
    """Approved by the host, for translation unless said otherwise."""
    n = number()
    organisation = fields.pop("organisation", None) or a_firm(
        kind=Organisation.Kind.PARTNER, name_ko=f"수행기관 {n}", name_en=f"Provider {n}",
        business_number=a_business_number(),
    )  # fmt: skip
    fields = {"contact": "Kim", "email": f"provider{n}@example.org", "languages": "ko,en", **fields}
    provider = ServiceProvider.objects.create(organisation=organisation, **fields)
    rows = [ProviderPrice(service=service, price=Decimal(50_000)) for service in services or ("translation",)]
    vouchers.save_prices(provider=provider, prices=rows, by=None)
    if approve:
        vouchers.approve_provider(provider=provider, host=host, by=None)
    return provider


def a_quote(
    voucher: Voucher, provider: ServiceProvider | None = None, amount: int | None = 500_000, **fields: Any
) -> Quote:
    """Asked of one provider, and answered unless the amount is None."""
    provider = provider or a_provider(voucher.line.programme.host)
    fields.setdefault("by", a_user())
    fields.setdefault("service", "translation")
    request = vouchers.ask(voucher=voucher, providers=[provider], description="Catalogue, 20 pages", **fields)
    quote = request.quotes.get()
    if amount is not None:
        until = today() + timedelta(days=30)
        vouchers.give_quote(quote=quote, amount=Decimal(amount), valid_until=until, by=a_user())
    return quote


def a_booking(voucher: Voucher | None = None, amount: int = 500_000, **fields: Any) -> Booking:
    quote = a_quote(voucher or a_voucher(), amount=amount, **fields)
    return vouchers.book_quote(quote=quote, by=a_user())


def an_accepted_booking(voucher: Voucher | None = None, amount: int = 500_000) -> Booking:
    """Confirmed, delivered, and the delivery confirmed by the firm."""
    booking = a_booking(voucher, amount)
    vouchers.confirm_booking(booking=booking, by=a_user())
    vouchers.report_delivery(booking=booking, delivered_on=date(2025, 1, 20), by=a_user())
    return vouchers.accept_delivery(booking=booking, by=a_user())


def an_invoice(booking: Booking, **facts: Any) -> SupportLine:
    """The provider's claim, with an invoice of its own over the price."""
    facts = {"receipt_number": f"I-{number()}", "receipt_on": date(2025, 1, 20), **facts}
    facts.setdefault("receipt_amount", booking.price)
    facts.setdefault("by", maker_of(booking.provider.organisation))
    return vouchers.file_claim(booking=booking, **facts)
