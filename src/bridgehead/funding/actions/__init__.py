"""Every change of money: what a programme may spend (budget), what a firm receives (support), what a host is granted."""

from bridgehead.funding.actions.accounts import (
    BelowBalance,
    BudgetExceeded,
    CeilingExceeded,
    Refused,
    open_account,
)
from bridgehead.funding.actions.approving import DoubleSupport, approve, settle
from bridgehead.funding.actions.budget import (
    StillUsed,
    add_grant_document,
    remove_ceiling,
    remove_item,
    remove_rule,
    remove_source,
    save_grant,
    save_item,
    save_rule,
    save_source,
    save_terms,
    set_ceiling,
)
from bridgehead.funding.actions.checking import CHECKS, ChecksMissing, UncheckedFirm, record_checks
from bridgehead.funding.actions.claiming import (
    NothingSupported,
    OutsideTerms,
    PapersMissing,
    claim,
    claim_without_promise,
)
from bridgehead.funding.actions.correcting import reverse, send_back
from bridgehead.funding.actions.importing import NotImported, import_settlement
from bridgehead.funding.actions.ledger import SourcesExhausted
from bridgehead.funding.actions.overruling import NothingToOverrule, ask_overruling, confirm_overruling
from bridgehead.funding.actions.planning import plan_spending
from bridgehead.funding.actions.support import (
    CapExceeded,
    FourEyes,
    MoreThanClaimed,
    ReasonMissing,
    ReceiptUsed,
    move_line,
    promise,
    promise_to,
    refuse,
    release_promises,
)
from bridgehead.funding.actions.transfers import SamePerson, ask_transfer, decide_transfer

__all__ = [
    "CHECKS",
    "BelowBalance",
    "BudgetExceeded",
    "CapExceeded",
    "CeilingExceeded",
    "ChecksMissing",
    "DoubleSupport",
    "FourEyes",
    "MoreThanClaimed",
    "NotImported",
    "NothingSupported",
    "NothingToOverrule",
    "OutsideTerms",
    "PapersMissing",
    "ReasonMissing",
    "ReceiptUsed",
    "Refused",
    "SamePerson",
    "SourcesExhausted",
    "StillUsed",
    "UncheckedFirm",
    "add_grant_document",
    "approve",
    "ask_overruling",
    "ask_transfer",
    "claim",
    "claim_without_promise",
    "confirm_overruling",
    "decide_transfer",
    "import_settlement",
    "move_line",
    "open_account",
    "plan_spending",
    "promise",
    "promise_to",
    "record_checks",
    "refuse",
    "release_promises",
    "remove_ceiling",
    "remove_item",
    "remove_rule",
    "remove_source",
    "reverse",
    "save_grant",
    "save_item",
    "save_rule",
    "save_source",
    "save_terms",
    "send_back",
    "set_ceiling",
    "settle",
]
