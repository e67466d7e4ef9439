"""What people type about money. Won has no cents; a receipt may be in any currency of the rates we hold."""

from bridgehead.funding.forms.budget import (
    CeilingForm,
    DecideTransferForm,
    GrantDocumentForm,
    GrantForm,
    ItemForm,
    RuleForm,
    SourceForm,
    TermsForm,
    TransferForm,
)
from bridgehead.funding.forms.planning import PlanForm, as_lines
from bridgehead.funding.forms.support import (
    ApproveForm,
    ClaimForm,
    OverrulingForm,
    PromiseForm,
    RefuseForm,
    ReverseForm,
    SelectionChecksForm,
    SendBackForm,
    SettleForm,
    forms_of,
)

__all__ = [
    "ApproveForm",
    "CeilingForm",
    "ClaimForm",
    "DecideTransferForm",
    "GrantDocumentForm",
    "GrantForm",
    "ItemForm",
    "OverrulingForm",
    "PlanForm",
    "PromiseForm",
    "RefuseForm",
    "ReverseForm",
    "RuleForm",
    "SelectionChecksForm",
    "SendBackForm",
    "SettleForm",
    "SourceForm",
    "TermsForm",
    "TransferForm",
    "as_lines",
    "forms_of",
]
