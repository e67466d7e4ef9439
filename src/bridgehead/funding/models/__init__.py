"""What a programme may spend (budget), what each firm receives (support), every movement of money (ledger), and the
grants a host brings in."""

from bridgehead.funding.models.budget import (
    BudgetTransfer,
    Ceiling,
    CostItem,
    FundingSource,
    MoneyTerms,
    SupportRule,
    Terms,
)
from bridgehead.funding.models.grants import IncomingGrant
from bridgehead.funding.models.history import PastLine, PastSettlement
from bridgehead.funding.models.ledger import LedgerEntry
from bridgehead.funding.models.planning import PlannedSpending
from bridgehead.funding.models.providers import (
    ProviderApproval,
    ProviderPrice,
    Service,
    ServiceLanguage,
    ServiceProvider,
)
from bridgehead.funding.models.support import FirmAccount, FirmCheck, ReceiptPrint, SupportLine
from bridgehead.funding.models.vouchers import Booking, Quote, QuoteRequest, Voucher, VoucherTerms

__all__ = [
    "Booking",
    "BudgetTransfer",
    "Ceiling",
    "CostItem",
    "FirmAccount",
    "FirmCheck",
    "FundingSource",
    "IncomingGrant",
    "LedgerEntry",
    "MoneyTerms",
    "PastLine",
    "PastSettlement",
    "PlannedSpending",
    "ProviderApproval",
    "ProviderPrice",
    "Quote",
    "QuoteRequest",
    "ReceiptPrint",
    "Service",
    "ServiceLanguage",
    "ServiceProvider",
    "SupportLine",
    "SupportRule",
    "Terms",
    "Voucher",
    "VoucherTerms",
]
