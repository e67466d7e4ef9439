"""What is typed about a firm's support: promises, claims with receipts, approval, payment, corrections."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.funding.forms.fields import DayInput, WonField, with_left
from bridgehead.funding.models import CostItem, FirmCheck, SupportLine, Terms
from bridgehead.funding.papers import required
from bridgehead.funding.queries import firm_balances, firms_of, items_with_balances, terms_on
from bridgehead.funding.rules import units_by_weight, vat_adds_up
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import CheckedFile, accept_attribute, check_file

CURRENCIES = ["KRW", "EUR", "USD", "JPY", "CNY", "GBP", "CHF", "HKD", "SGD", "THB"]
_RECEIPT = Question(kind=Question.Kind.FILE, options={"types": ["jpeg", "png", "pdf"], "max_mb": 10})
_PICTURES = {"accept": accept_attribute(_RECEIPT)}


#: Vouchers are issued, with a number and a last day, not promised here.
PROMISED_AS = [(mode.value, mode.label) for mode in CostItem.Mode if mode != CostItem.Mode.VOUCHER]


class PromiseForm(forms.Form):
    """One promise, to one firm or to several at once."""

    cost_item = forms.ModelChoiceField(label=_("Cost item"), queryset=CostItem.objects.none())
    mode = forms.ChoiceField(
        label=_("Kind of support"),
        required=False,
        choices=[("", _("as the cost item says")), *PROMISED_AS],
    )
    amount = WonField(label=_("Amount per firm in won"))
    description = forms.CharField(label=_("For what"), required=False, max_length=200)
    area = forms.DecimalField(
        label=_("Stand of each firm in m²"),
        min_value=Decimal("0.1"),
        max_digits=7,
        decimal_places=2,
        required=False,
        help_text=_("Where the cost item counts by it, as freight does."),
    )
    firms = forms.ModelMultipleChoiceField(
        label=_("Firms"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each firm chosen is promised this amount; all of them, or none."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = items_with_balances(programme).exclude(mode=CostItem.Mode.VOUCHER)
        self.fields["cost_item"].queryset = items  # type: ignore[attr-defined]
        firms = self.fields["firms"]
        firms.queryset = firms_of(programme)  # type: ignore[attr-defined]
        left = {row.firm.pk: row.left for row in firm_balances(programme)}
        firms.label_from_instance = lambda firm: with_left(firm, left.get(firm.pk))  # type: ignore[attr-defined]


class ClaimForm(forms.Form):
    """The receipt of a cost, photographed."""

    receipt = forms.FileField(
        label=_("Photo or scan of the receipt or invoice"),
        help_text=_("One of the two is enough. JPEG, PNG or PDF, up to 10 MB"),
    )
    receipt_number = forms.CharField(label=pgettext_lazy("payment", "Receipt number"), max_length=60)
    receipt_issuer = forms.CharField(label=_("Issued by"), max_length=120)
    receipt_on = forms.DateField(label=_("Receipt date"), widget=DayInput())
    receipt_amount = forms.DecimalField(
        label=_("Amount on the receipt"),
        min_value=Decimal("0.01"),
        max_digits=15,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )
    receipt_currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    receipt_vat = forms.DecimalField(
        label=_("Of which VAT"),
        min_value=0,
        max_digits=15,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        help_text=_("Only on Korean receipts; empty where none is shown."),
    )
    quantity = forms.DecimalField(
        label=_("Units"), min_value=Decimal("0.001"), max_digits=9, decimal_places=3, required=False
    )
    weight = forms.DecimalField(
        label=_("Or weight by air in kg"),
        min_value=Decimal("0.1"),
        max_digits=9,
        decimal_places=2,
        required=False,
    )

    def __init__(self, *args: Any, line: SupportLine | None = None, **kwargs: Any) -> None:
        """`line` is a claim that was sent back: what it says is there, and what is to be mended is marked."""
        if line is not None and line.receipt_number:
            kwargs["initial"] = {name: getattr(line, name) for name, _label in CLAIM_FIELDS[1:]}
        super().__init__(*args, **kwargs)
        self.item = line.cost_item if line else None
        self.terms = terms_on(line.cost_item, today()) if line else CostItem()
        self._count_in(self.terms)
        self._ask_for_papers(set(line.papers) if line else set())
        self.fields["receipt"].widget.attrs["accept"] = accept_attribute(_RECEIPT)
        if line is not None and line.receipt_id:
            self.fields["receipt"].required = "receipt" in line.returned_fields
        for name in line.returned_fields if line else []:
            if name in self.fields:
                self.fields[name].help_text = _("Please mend this.")

    def _ask_for_papers(self, came: set[str]) -> None:
        """One file for each document the terms ask for; what came before need not come again."""
        for kind in required(self.terms):
            self.fields[f"paper_{kind}"] = forms.FileField(
                label=kind.label, required=kind not in came, widget=forms.ClearableFileInput(attrs=_PICTURES)
            )

    def _papers(self, data: dict[str, Any]) -> dict[str, CheckedFile]:
        """The files that came, checked; each error stands at its field."""
        papers = {}
        for kind in required(self.terms):
            upload = data.pop(f"paper_{kind}", None)
            try:
                if upload:
                    papers[str(kind)] = check_file(_RECEIPT, upload)
            except forms.ValidationError as error:
                self.add_error(f"paper_{kind}", error)
        return papers

    def _count_in(self, terms: Terms) -> None:
        """Asks for units, and for the weight, only where the terms of the cost item count by them."""
        if not terms.unit:
            del self.fields["quantity"]
        else:
            self.fields["quantity"].label = Terms.Unit(terms.unit).label
            self.fields["quantity"].required = not terms.kilograms_per_unit
        if not terms.unit or not terms.kilograms_per_unit:
            del self.fields["weight"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        total, vat = data.get("receipt_amount"), data.get("receipt_vat")
        if total and vat and not vat_adds_up(total, vat):
            self.add_error(
                "receipt_vat", _("The VAT does not add up: it is at most a tenth of the amount without it.")
            )
        weight = data.pop("weight", None)
        if weight and self.item and data.get("receipt_on"):
            data["quantity"] = units_by_weight(weight, terms_on(self.item, data["receipt_on"]))
        if "quantity" in self.fields and not data.get("quantity") and not self.errors:
            self.add_error("quantity", _("Say how much was sent."))
        data["papers"] = self._papers(data)
        return data

    def clean_receipt(self) -> CheckedFile | None:
        upload: UploadedFile | None = self.cleaned_data["receipt"]
        return check_file(_RECEIPT, upload) if upload else None

    def clean_receipt_on(self) -> Any:
        """Neither of tomorrow nor of another age; what the programme takes is checked where the claim is made."""
        if self.cleaned_data["receipt_on"] > today():
            raise forms.ValidationError(_("The date of a receipt cannot be in the future."))
        return self.cleaned_data["receipt_on"]


#: What an officer may mark in a claim that goes back to the maker: the fields of ClaimForm.
CLAIM_FIELDS = [
    ("receipt", _("Photo or scan of the receipt")),
    ("receipt_number", pgettext_lazy("payment", "Receipt number")),
    ("receipt_issuer", _("Issued by")),
    ("receipt_on", _("Receipt date")),
    ("receipt_amount", _("Amount on the receipt")),
    ("receipt_currency", _("Currency")),
]


class ApproveForm(forms.Form):
    """All of it, or less with a reason."""

    amount = WonField(label=_("Approved amount in won"), required=False)
    reason = forms.CharField(
        label=_("Why not all of it"),
        required=False,
        max_length=500,
        help_text=_("Only where less is approved than was claimed. The firm reads this."),
    )


class SettleForm(forms.Form):
    """The day, and for a payment what has been looked up once more."""

    on = forms.DateField(label=_("Paid or given on"), widget=DayInput(), initial=today)
    checks = forms.MultipleChoiceField(
        label=_("Looked up today"), choices=FirmCheck.Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, line: SupportLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if line.mode == CostItem.Mode.IN_KIND:
            del self.fields["checks"]

    def clean_checks(self) -> list[str]:
        """All of the list: money leaves the house."""
        ticked = self.cleaned_data["checks"]
        if len(ticked) < len(FirmCheck.Kind.values):
            raise forms.ValidationError(_("Look up and tick each of them before money leaves the house."))
        return ticked


class SelectionChecksForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=_("Looked up today"), choices=FirmCheck.Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    valid_until = forms.DateField(
        label=_("Tax certificates valid until"),
        widget=DayInput(),
        required=False,
        help_text=_("As it stands on the certificates; empty where none is stated."),
    )

    def clean_valid_until(self) -> Any:
        if self.cleaned_data["valid_until"] and self.cleaned_data["valid_until"] < today():
            raise forms.ValidationError(_("These certificates have run out. Ask the firm for new ones."))
        return self.cleaned_data["valid_until"]


class OverrulingForm(forms.Form):
    reason = forms.CharField(label=_("Why it is no double support"), widget=forms.Textarea(attrs={"rows": 3}))


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why refused"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The firm reads this."),
    )


class SendBackForm(forms.Form):
    """Back to the maker, with what is to be mended."""

    note = forms.CharField(
        label=_("What is to be mended"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The firm reads this."),
    )
    fields_marked = forms.MultipleChoiceField(
        label=_("Fields to be mended"),
        choices=CLAIM_FIELDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ReverseForm(forms.Form):
    on = forms.DateField(label=_("Taken back on"), widget=DayInput(), initial=today)
    reason = forms.CharField(label=_("Why reversed"), widget=forms.Textarea(attrs={"rows": 2}))


def forms_of(line: SupportLine, bound: dict[str, forms.Form] | None = None) -> dict[str, forms.Form]:
    """The forms of a line's page, the sent one with what was typed."""
    made = {
        "claim": ClaimForm(line=line),
        "approve": ApproveForm(initial={"amount": line.amount}),
        "settle": SettleForm(line=line),
        "send_back": SendBackForm(),
        "refuse": RefuseForm(),
        "reverse": ReverseForm(),
        "overrule": OverrulingForm(),
    }
    return {**made, **(bound or {})}
