"""How vouchers end, and how an end is taken back. What no booking has drawn is free in the budget again."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding.actions.accounts import Refused, hold
from bridgehead.funding.actions.support import ReasonMissing, move_line
from bridgehead.funding.actions.telling import tell_of_voucher
from bridgehead.funding.models import Quote, QuoteRequest, SupportLine, Voucher
from bridgehead.funding.rules import State
from bridgehead.kit.states import WrongMove

#: So many days before the last one a firm is reminded of what is left.
REMIND_BEFORE = (30, 7)
End = Voucher.End


class NotLater(Refused):
    """A last day that has passed, or that is not after the present one."""

    def __init__(self) -> None:
        super().__init__(_("Choose a day that is later than the present last day, and not in the past."))


def _lock(voucher: Voucher) -> None:
    """The voucher as it stands now, held until the end of the transaction."""
    hold(item=voucher.line.cost_item, firm=voucher.line.firm)
    voucher.refresh_from_db(fields=["ended", "end_reason", "expires_on", "reminded_at"])
    voucher.line.refresh_from_db(fields=["state", "committed", "paid", "drawn"])


def _record(voucher: Voucher, verb: str, by: Any, **data: Any) -> None:
    audit.record(
        by=by,
        verb=verb,
        target=voucher,
        chain=voucher.line.programme.host.slug,
        reason=voucher.end_reason,
        data=data,
    )


@transaction.atomic
def extend_voucher(*, voucher: Voucher, expires_on: date, by: Any) -> Voucher:
    """A later last day for a valid voucher. Raises WrongMove and NotLater."""
    _lock(voucher)
    if voucher.ended:
        raise WrongMove(old=voucher.get_ended_display(), new="valid")
    before = voucher.expires_on
    if expires_on <= before or expires_on < voucher.today:
        raise NotLater
    voucher.expires_on, voucher.reminded_at = expires_on, None
    voucher.save(update_fields=["expires_on", "reminded_at"])
    _record(voucher, "voucher.extend", by, **{"from": before.isoformat(), "to": expires_on.isoformat()})
    tell_of_voucher("extended", voucher)
    return voucher


@transaction.atomic
def cancel_voucher(*, voucher: Voucher, reason: str, by: Any) -> Voucher:
    """End a voucher before its last day. Bookings that were made go on. Raises WrongMove and ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    return _end(voucher, End.CANCELLED, reason.strip(), by)


@transaction.atomic
def _end(voucher: Voucher, how: Voucher.End, reason: str, by: Any) -> Voucher:
    _lock(voucher)
    if voucher.ended:
        raise WrongMove(old=voucher.get_ended_display(), new=str(how.label))
    given_back = voucher.remaining
    move_line(line=voucher.line, to=State.RELEASED, by=by, reason=reason)
    voucher.ended, voucher.end_reason = how, reason
    voucher.save(update_fields=["ended", "end_reason"])
    _close_requests(voucher)
    _record(voucher, "voucher.expire" if how == End.EXPIRED else "voucher.cancel", by, given_back=given_back)
    tell_of_voucher("ended", voucher)
    return voucher


def _close_requests(voucher: Voucher) -> None:
    """Nobody has to answer any more what cannot be booked."""
    requests = QuoteRequest.objects.filter(voucher=voucher, closed_at=None)
    waiting = Quote.objects.filter(request__in=requests, state__in=[Quote.State.ASKED, Quote.State.QUOTED])
    waiting.update(state=Quote.State.CLOSED)
    requests.update(closed_at=timezone.now())


@transaction.atomic
def reopen_voucher(*, voucher: Voucher, by: Any, expires_on: date | None = None) -> Voucher:
    """Take back an end. What bookings use stays theirs; the rest has to find room again. Raises WrongMove, NotLater,
    BudgetExceeded and CeilingExceeded."""
    _lock(voucher)
    if not voucher.ended:
        raise WrongMove(old=voucher.get_ended_display(), new="valid")
    last_day = expires_on or voucher.expires_on
    if last_day < voucher.today:
        raise NotLater
    used = SupportLine.objects.filter(drawn_from=voucher.line).aggregate(
        committed=Sum("committed"), paid=Sum("paid")
    )
    drawn = (used["committed"] or Decimal(0)) + (used["paid"] or Decimal(0))
    move_line(line=voucher.line, to=State.PROMISED, by=by, drawn=drawn)
    voucher.ended, voucher.end_reason = End.NOT, ""
    voucher.expires_on, voucher.reminded_at = last_day, None
    voucher.save(update_fields=["ended", "end_reason", "expires_on", "reminded_at"])
    _record(voucher, "voucher.reopen", by, to=last_day.isoformat())
    tell_of_voucher("reopened", voucher)
    return voucher


def _valid() -> Iterator[Voucher]:
    vouchers = Voucher.objects.filter(ended=End.NOT).select_related(
        "line__firm", "line__cost_item__programme", "line__programme__host"
    )
    # A day more, since it is another day elsewhere; `days_left` then asks the programme's own clock.
    soon = timezone.localdate() + timedelta(days=max(REMIND_BEFORE) + 1)
    yield from vouchers.filter(expires_on__lte=soon).order_by("pk")


def expire_vouchers() -> int:
    """For the clock of the machine: end every voucher whose last day is over."""
    over = [voucher for voucher in _valid() if voucher.days_left < 0]
    for voucher in over:
        day = date_format(voucher.expires_on, "Y-m-d")
        _end(voucher, End.EXPIRED, _("Valid until %(day)s") % {"day": day}, None)
    return len(over)


def remind_of_expiry() -> int:
    """Tell firms once 30 and once 7 days before, where something is left."""
    told = 0
    for voucher in _valid():
        mark = next((mark for mark in sorted(REMIND_BEFORE) if 0 <= voucher.days_left <= mark), None)
        if mark is None or not voucher.remaining:
            continue
        with transaction.atomic():
            fresh = Voucher.objects.filter(pk=voucher.pk).filter(
                Q(reminded_at=None) | Q(reminded_at__gt=mark)
            )
            if fresh.update(reminded_at=mark):
                tell_of_voucher("expires_soon", voucher, days=voucher.days_left)
                told += 1
    return told
