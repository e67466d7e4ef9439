"""What an award means for money: an account under the ceiling, a voucher where the programme issues them; both closed again when
the firm withdraws."""

from typing import Any

from django.utils.translation import gettext as _

from bridgehead.calls.models import Award
from bridgehead.funding import actions
from bridgehead.funding.actions import vouchers
from bridgehead.funding.models import Booking, Voucher


def open_account(*, award: Award, **_facts: Any) -> None:
    actions.open_account(programme=award.programme, firm=award.firm)


def release_promises(*, award: Award, by: Any = None, **_facts: Any) -> None:
    actions.release_promises(
        programme=award.programme, firm=award.firm, by=by, reason=_("The firm withdrew from the programme.")
    )


def issue_voucher(*, award: Award, by: Any = None, **_facts: Any) -> None:
    vouchers.issue_for_award(award=award, by=by)


def end_voucher(*, award: Award, by: Any = None, **_facts: Any) -> None:
    """What no provider has confirmed goes back; what one has begun is finished and paid."""
    reason = _("The firm withdrew from the programme.")
    own = Voucher.objects.filter(programme=award.programme, line__firm=award.firm, ended=Voucher.End.NOT)
    for voucher in own:
        for booking in voucher.bookings.filter(state=Booking.State.BOOKED):
            vouchers.cancel_booking(booking=booking, reason=reason, by=by)
        vouchers.cancel_voucher(voucher=voucher, reason=reason, by=by)
