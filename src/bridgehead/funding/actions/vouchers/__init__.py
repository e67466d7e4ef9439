"""Vouchers: issued by the host, spent by the firm, worked for by providers."""

from bridgehead.funding.actions.vouchers.asking import ask, close_request, decline_quote, give_quote
from bridgehead.funding.actions.vouchers.booking import (
    accept_delivery,
    book_quote,
    cancel_booking,
    confirm_booking,
    decline_booking,
    dispute_delivery,
    file_claim,
    report_delivery,
)
from bridgehead.funding.actions.vouchers.ending import (
    cancel_voucher,
    expire_vouchers,
    extend_voucher,
    remind_of_expiry,
    reopen_voucher,
)
from bridgehead.funding.actions.vouchers.issuing import (
    issue_for_award,
    issue_to,
    issue_voucher,
    save_voucher_terms,
)
from bridgehead.funding.actions.vouchers.providing import (
    add_provider,
    approve_provider,
    save_prices,
    save_provider,
    suspend_provider,
)

__all__ = [
    "accept_delivery",
    "add_provider",
    "approve_provider",
    "ask",
    "book_quote",
    "cancel_booking",
    "cancel_voucher",
    "close_request",
    "confirm_booking",
    "decline_booking",
    "decline_quote",
    "dispute_delivery",
    "expire_vouchers",
    "extend_voucher",
    "file_claim",
    "give_quote",
    "issue_for_award",
    "issue_to",
    "issue_voucher",
    "remind_of_expiry",
    "reopen_voucher",
    "report_delivery",
    "save_prices",
    "save_provider",
    "save_voucher_terms",
    "suspend_provider",
]
