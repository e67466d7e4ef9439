"""What people type about money. Won has no cents; a receipt may be in any currency of the rates we hold."""

from bridgehead.funding.forms.budget import (
    CeilingForm,
    DecideTransferForm,
    GrantForm,
    ItemForm,
    RuleForm,
    SourceForm,
    TermsForm,
    TransferForm,
)
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
    "GrantForm",
    "ItemForm",
    "OverrulingForm",
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
    "forms_of",
]
