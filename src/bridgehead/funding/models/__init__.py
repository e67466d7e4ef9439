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
from bridgehead.funding.models.support import FirmAccount, FirmCheck, ReceiptPrint, SupportLine

__all__ = [
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
    "ReceiptPrint",
    "SupportLine",
    "SupportRule",
    "Terms",
]
