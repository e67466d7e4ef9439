"""Quotes: what a firm wants is asked of several providers, each answers with a price or declines."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.audit import actions as audit
from bridgehead.funding.actions.accounts import Refused
from bridgehead.funding.actions.support import ReasonMissing
from bridgehead.funding.actions.telling import tell_of_quote
from bridgehead.funding.models import Quote, QuoteRequest, ServiceProvider, Voucher, VoucherTerms
from bridgehead.funding.voucher_rules import QUOTE_MOVES
from bridgehead.kit.clock import today
from bridgehead.kit.states import check_move

State = Quote.State
#: Where a programme has no terms of its own.
ASK_AT_MOST = 3


class NotUsable(Refused):
    """The voucher has ended, or nothing of it is left."""

    def __init__(self) -> None:
        super().__init__(_("This voucher can no longer be spent: it has ended, or nothing is left of it."))


class TooManyAsked(Refused):
    def __init__(self, *, most: int) -> None:
        super().__init__(
            ngettext("Choose %(n)s provider.", "Choose at most %(n)s providers.", most) % {"n": most}
        )
        self.most = most


class NotApproved(Refused):
    """A provider that the host has not approved for this service, or has suspended."""

    def __init__(self) -> None:
        super().__init__(
            _("One of these providers may not work for this voucher at present. Choose another.")
        )


def most_asked(voucher: Voucher) -> int:
    terms = VoucherTerms.objects.filter(programme=voucher.programme_id).first()
    return terms.ask_at_most if terms else ASK_AT_MOST


@transaction.atomic
def ask(
    *,
    voucher: Voucher,
    providers: Sequence[ServiceProvider],
    service: str,
    description: str,
    by: Any,
    needed_on: date | None = None,
) -> QuoteRequest:
    """Ask for quotes. Raises NotUsable, TooManyAsked and NotApproved."""
    if not voucher.usable:
        raise NotUsable
    most = most_asked(voucher)
    if not 1 <= len(providers) <= most:
        raise TooManyAsked(most=most)
    host = voucher.line.programme.host
    if not all(provider_may(provider, host.pk, service) for provider in providers):
        raise NotApproved
    request = QuoteRequest(
        voucher=voucher, service=service, description=description, needed_on=needed_on, asked_by=by
    )
    request.full_clean()
    request.save(force_insert=True)
    data = {"service": service, "providers": [provider.organisation.slug for provider in providers]}
    audit.record(by=by, verb="quote.ask", target=request, chain=host.slug, data=data)
    for provider in providers:
        tell_of_quote("asked", Quote.objects.create(request=request, provider=provider))
    return request


def provider_may(provider: ServiceProvider, host_pk: int, service: str) -> bool:
    """Whether a provider offers the service and is approved by the host today."""
    return (
        provider.approvals.filter(host=host_pk, state="approved").exists()
        and provider.prices.filter(service=service).exists()
    )


def _move(quote: Quote, to: Quote.State, *, verb: str, by: Any, reason: str = "", **changes: Any) -> Quote:
    """The one writer of a quote's state."""
    held = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    check_move(QUOTE_MOVES, held.state, to)
    for name, value in {**changes, "state": to}.items():
        setattr(quote, name, value)
    quote.full_clean(validate_constraints=False)
    quote.save(update_fields=["state", *changes])
    host = quote.request.voucher.line.programme.host
    data = {"from": held.state, "to": to, "amount": quote.amount}
    audit.record(by=by, verb=verb, target=quote, chain=host.slug, reason=reason, data=data)
    return quote


@transaction.atomic
def give_quote(*, quote: Quote, amount: Decimal, valid_until: date, by: Any, note: str = "") -> Quote:
    """Answer with a price; until it is booked the price may be changed. Raises WrongMove."""
    facts: dict[str, Any] = {
        "amount": amount,
        "valid_until": valid_until,
        "note": note,
        "decline_reason": "",
    }
    _move(quote, State.QUOTED, verb="quote.give", by=by, **facts, **_answered(by))
    tell_of_quote("quoted", quote)
    return quote


@transaction.atomic
def decline_quote(*, quote: Quote, reason: str, by: Any) -> Quote:
    """Answer that it cannot be done. Raises WrongMove and ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    facts: dict[str, Any] = {"decline_reason": reason.strip()}
    _move(quote, State.DECLINED, verb="quote.decline", by=by, reason=reason, **facts, **_answered(by))
    tell_of_quote("quote_declined", quote)
    return quote


def _answered(by: Any) -> dict[str, Any]:
    return {"answered_by": by, "answered_at": timezone.now()}


def take_quote(quote: Quote, *, by: Any) -> None:
    """Part of booking: this one is chosen, the others are not, and the request is closed."""
    _move(quote, State.BOOKED, verb="quote.book", by=by)
    _close(quote.request)


@transaction.atomic
def close_request(*, request: QuoteRequest, by: Any) -> QuoteRequest:
    """Give up a request without booking; it costs nothing."""
    if request.closed_at is None:
        _close(request)
        host = request.voucher.line.programme.host
        audit.record(by=by, verb="quote.close", target=request, chain=host.slug)
    return request


def _close(request: QuoteRequest) -> None:
    waiting = request.quotes.filter(state__in=[State.ASKED, State.QUOTED])
    waiting.update(state=State.CLOSED)
    request.closed_at = timezone.now()
    request.save(update_fields=["closed_at"])


def still_valid(quote: Quote) -> bool:
    programme = quote.request.voucher.line.programme
    return quote.valid_until is not None and quote.valid_until >= today(programme.zone)
