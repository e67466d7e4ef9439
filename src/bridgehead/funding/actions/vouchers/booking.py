"""A booking: made by the firm, confirmed and delivered by the provider, accepted by the firm, then claimed by the provider.

What it costs is drawn from the voucher when it is made, so that two bookings at the same moment never spend the same won.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding import queries
from bridgehead.funding.actions.accounts import Refused, hold
from bridgehead.funding.actions.claiming import claim
from bridgehead.funding.actions.ledger import VoucherExceeded, book
from bridgehead.funding.actions.support import ReasonMissing, move_line
from bridgehead.funding.actions.telling import tell_of_booking
from bridgehead.funding.actions.vouchers.asking import (
    NotApproved,
    NotUsable,
    provider_may,
    still_valid,
    take_quote,
)
from bridgehead.funding.models import Booking, CostItem, LedgerEntry, Quote, SupportLine, Voucher
from bridgehead.funding.rules import State as Money
from bridgehead.funding.voucher_rules import BOOKING_MOVES, shared
from bridgehead.kit.clock import today
from bridgehead.kit.states import WrongMove, check_move
from bridgehead.questions.actions import attach
from bridgehead.questions.rules.files import CheckedFile

State = Booking.State


class QuoteOver(Refused):
    def __init__(self) -> None:
        super().__init__(_("This quote is no longer valid. Ask the provider for a new one."))


class ShareChanged(Refused):
    """The voucher pays another part now than the page had shown."""

    def __init__(self) -> None:
        super().__init__(
            _("What your voucher pays has changed meanwhile. Look at the new share below, then book again.")
        )


@transaction.atomic
def book_quote(*, quote: Quote, by: Any, covered: Decimal | None = None) -> Booking:
    """Book a provider at its quoted price. `covered` is the part that the firm was shown as paid by the voucher.

    Raises NotUsable, NotApproved, QuoteOver, ShareChanged, VoucherExceeded and WrongMove.
    """
    voucher = quote.request.voucher
    held = hold(item=voucher.line.cost_item, firm=voucher.line.firm)
    voucher.refresh_from_db(fields=["ended", "expires_on"])
    voucher.line.refresh_from_db(fields=["state", "committed", "drawn"])
    quote.refresh_from_db(fields=["state", "amount", "valid_until"])
    _see_that_it_may(quote, voucher)
    rate = queries.terms_on(voucher.line.cost_item, today(voucher.line.programme.zone)).rate
    price = quote.amount or Decimal(0)
    part = shared(price, percent=rate, left=voucher.remaining).voucher
    if covered is not None and covered != part:
        raise VoucherExceeded(left=part, asked=covered) if part < covered else ShareChanged
    line = _drawn_line(quote, voucher, part, by)
    book(line=line, held=held, kind=LedgerEntry.Kind.PROMISE, by=by, reason=voucher.number)
    take_quote(quote, by=by)
    booking = Booking.objects.create(
        voucher=voucher,
        provider=quote.provider,
        quote=quote,
        line=line,
        service=quote.request.service,
        price=price,
        booked_by=by,
    )
    _record(booking, "booking.book", by, data={"price": price, "covered": part, "voucher": voucher.number})
    tell_of_booking("booked", booking, provider=True)
    return booking


def _see_that_it_may(quote: Quote, voucher: Voucher) -> None:
    if not voucher.usable:
        raise NotUsable
    if quote.state != Quote.State.QUOTED:
        raise WrongMove(old=quote.get_state_display(), new=Quote.State.BOOKED)
    if not still_valid(quote):
        raise QuoteOver
    if not provider_may(quote.provider, voucher.line.programme.host_id, quote.request.service):
        raise NotApproved


def _drawn_line(quote: Quote, voucher: Voucher, part: Decimal, by: Any) -> SupportLine:
    """The support line by which the provider will be paid."""
    line = SupportLine(
        programme=voucher.line.programme,
        firm=voucher.line.firm,
        cost_item=voucher.line.cost_item,
        mode=CostItem.Mode.VOUCHER,
        amount=part,
        promised=part,
        description=f"{voucher.number} · {quote.request.get_service_display()}"[:200],
        drawn_from=voucher.line,
        payee=quote.provider.organisation,
        cost_code=quote.request.service,
        recorded_by=by,
    )
    line.full_clean(validate_constraints=False)
    line.save(force_insert=True)
    return line


def _move(
    booking: Booking, to: Booking.State, *, verb: str, by: Any, reason: str = "", **changes: Any
) -> Booking:
    """The one writer of a booking's state."""
    hold(item=booking.line.cost_item, firm=booking.line.firm)
    booking.refresh_from_db(fields=["state", "delivered_by"])
    check_move(BOOKING_MOVES, booking.state, to)
    data = {"from": booking.state, "to": to}
    for name, value in {**changes, "state": to, "reason": reason}.items():
        setattr(booking, name, value)
    booking.full_clean(validate_constraints=False)
    booking.save(update_fields=["state", "reason", *changes])
    _record(booking, verb, by, reason=reason, data=data)
    return booking


def _record(booking: Booking, verb: str, by: Any, *, data: dict[str, Any], reason: str = "") -> None:
    host = booking.line.programme.host
    audit.record(by=by, verb=verb, target=booking, chain=host.slug, reason=reason, data=data)


def _give_back(booking: Booking, *, by: Any, reason: str) -> None:
    """The voucher has the amount again, or the budget has it where the voucher has ended."""
    move_line(line=booking.line, to=Money.RELEASED, by=by, reason=reason)


@transaction.atomic
def confirm_booking(*, booking: Booking, by: Any) -> Booking:
    """The provider will do it."""
    _move(booking, State.CONFIRMED, verb="booking.confirm", by=by, confirmed_at=timezone.now())
    tell_of_booking("confirmed", booking, firm=True)
    return booking


@transaction.atomic
def decline_booking(*, booking: Booking, reason: str, by: Any) -> Booking:
    """The provider cannot do it, before or after it confirmed. Raises ReasonMissing and WrongMove."""
    if not reason.strip():
        raise ReasonMissing
    _move(booking, State.DECLINED, verb="booking.decline", by=by, reason=reason.strip())
    _give_back(booking, by=by, reason=reason.strip())
    tell_of_booking("declined", booking, firm=True)
    return booking


@transaction.atomic
def cancel_booking(*, booking: Booking, reason: str, by: Any) -> Booking:
    """By the firm, or by an officer. Both sides are told. Raises ReasonMissing and WrongMove."""
    if not reason.strip():
        raise ReasonMissing
    _move(booking, State.CANCELLED, verb="booking.cancel", by=by, reason=reason.strip())
    _give_back(booking, by=by, reason=reason.strip())
    tell_of_booking("cancelled", booking, provider=True, firm=True)
    return booking


@transaction.atomic
def report_delivery(
    *, booking: Booking, delivered_on: date, by: Any, note: str = "", proof: Sequence[CheckedFile] = ()
) -> Booking:
    """The provider says that the work is done, with proof of it. The firm is asked to confirm."""
    facts = {"delivered_on": delivered_on, "delivered_by": by, "delivery_note": note}
    _move(booking, State.DELIVERED, verb="booking.deliver", by=by, **facts)
    attach(files={str(number): file for number, file in enumerate(proof)}, owner=booking, by=by)
    tell_of_booking("delivered", booking, firm=True)
    return booking


@transaction.atomic
def dispute_delivery(*, booking: Booking, reason: str, by: Any) -> Booking:
    """The firm says what is missing; the provider goes on. Raises ReasonMissing and WrongMove."""
    if not reason.strip():
        raise ReasonMissing
    if booking.state != State.DELIVERED:
        raise WrongMove(old=booking.get_state_display(), new=State.CONFIRMED)
    _move(booking, State.CONFIRMED, verb="booking.dispute", by=by, reason=reason.strip())
    tell_of_booking("disputed", booking, provider=True)
    return booking


@transaction.atomic
def accept_delivery(*, booking: Booking, by: Any) -> Booking:
    """The firm confirms; now the provider may claim. Raises WrongMove."""
    _move(booking, State.ACCEPTED, verb="booking.accept", by=by, accepted_by=by, accepted_at=timezone.now())
    tell_of_booking("accepted", booking, provider=True)
    return booking


@transaction.atomic
def file_claim(*, booking: Booking, by: Any, receipt: CheckedFile | None = None, **facts: Any) -> SupportLine:
    """The provider's invoice, also the mended one: a claim like any other, with the provider as the one who is paid.

    Raises WrongMove before both sides have confirmed the delivery, and what `claim` raises.
    """
    booking.refresh_from_db(fields=["state"])
    if booking.state != State.ACCEPTED:
        raise WrongMove(old=booking.get_state_display(), new=Money.CLAIMED)
    issuer = booking.provider.organisation.name
    return claim(line=booking.line, by=by, receipt=receipt, receipt_issuer=issuer, **facts)
