"""What may happen to a quote and to a booking, and how a price is shared between voucher and firm."""

from decimal import Decimal
from typing import NamedTuple

from bridgehead.funding.models import Booking, Quote
from bridgehead.funding.rules import WON
from bridgehead.kit.money import quantize
from bridgehead.kit.states import Moves

_Q, _B = Quote.State, Booking.State

QUOTE_MOVES: Moves = {
    _Q.ASKED: frozenset({_Q.QUOTED, _Q.DECLINED, _Q.CLOSED}),
    _Q.QUOTED: frozenset({_Q.QUOTED, _Q.DECLINED, _Q.BOOKED, _Q.CLOSED}),
    _Q.DECLINED: frozenset({_Q.QUOTED}),
}
#: After the delivery is accepted the money moves on: `rules.MOVES` of the booking's support line.
BOOKING_MOVES: Moves = {
    _B.BOOKED: frozenset({_B.CONFIRMED, _B.DECLINED, _B.CANCELLED}),
    _B.CONFIRMED: frozenset({_B.DELIVERED, _B.DECLINED, _B.CANCELLED}),
    _B.DELIVERED: frozenset({_B.ACCEPTED, _B.CONFIRMED, _B.CANCELLED}),
}
#: A firm cancels by itself until the provider says that the work is done.
MAKER_MAY_CANCEL = frozenset({_B.BOOKED, _B.CONFIRMED})


class Shared(NamedTuple):
    """A price, part by part."""

    voucher: Decimal
    own: Decimal


def shared(price: Decimal, *, percent: Decimal, left: Decimal) -> Shared:
    """The voucher pays its share of a price, at most what it has left; the firm pays the rest."""
    covered = min(quantize(price * percent / 100, WON), left)
    return Shared(covered, price - covered)
