"""What people type about money. Won has no cents; a receipt may be in any currency of the rates we hold."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.accounts import roles
from bridgehead.funding.models import Ceiling, CostItem, FundingSource, IncomingGrant
from bridgehead.funding.queries import Overlap, firm_balances, firms_of
from bridgehead.funding.rules import WON
from bridgehead.kit.clock import today
from bridgehead.kit.money import format_money, quantize
from bridgehead.organisations.models import Organisation
from bridgehead.organisations.queries import Visitor, hosts_where
from bridgehead.programmes.models import Programme
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import CheckedFile, accept_attribute, check_file

CURRENCIES = ["KRW", "EUR", "USD", "JPY", "CNY", "GBP", "CHF", "HKD", "SGD", "THB"]
_RECEIPT = Question(kind=Question.Kind.FILE, options={"types": ["jpeg", "png", "pdf"], "max_mb": 10})


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class WonField(forms.DecimalField):
    """Whole won; "8,000,000" is read as typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 1)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_digits=15, decimal_places=0, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", "").strip() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{quantize(value, WON):,f}" if isinstance(value, Decimal) else value


class SourceForm(forms.ModelForm):
    amount = WonField(label=_("Amount in won"))

    class Meta:
        model = FundingSource
        fields = ["kind", "name_ko", "name_en", "amount"]


class ItemForm(forms.ModelForm):
    rate = forms.DecimalField(
        label=_("Share supported (%)"),
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    cap = WonField(label=_("Cap per firm in won"), required=False, help_text=_("Empty where there is none"))
    budget = WonField(label=_("Budget in won"), min_value=0)

    class Meta:
        model = CostItem
        fields = ["code", "name_ko", "name_en", "mode", "rate", "cap", "budget"]


class CeilingForm(forms.ModelForm):
    amount = WonField(label=_("Ceiling per firm in won"))

    class Meta:
        model = Ceiling
        fields = ["amount", "effective_from", "reason"]
        widgets = {"effective_from": DayInput()}


class PromiseForm(forms.Form):
    """One promise, to one firm or to several at once."""

    cost_item = forms.ModelChoiceField(label=_("Cost item"), queryset=CostItem.objects.none())
    mode = forms.ChoiceField(
        label=_("Kind of support"),
        required=False,
        choices=[("", _("as the cost item says")), *CostItem.Mode.choices],
    )
    amount = WonField(label=_("Amount per firm in won"))
    description = forms.CharField(label=_("For what"), required=False, max_length=200)
    firms = forms.ModelMultipleChoiceField(
        label=_("Firms"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each firm chosen is promised this amount; all of them, or none."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cost_item"].queryset = CostItem.objects.filter(programme=programme)  # type: ignore[attr-defined]
        firms = self.fields["firms"]
        firms.queryset = firms_of(programme)  # type: ignore[attr-defined]
        left = {row.firm.pk: row.left for row in firm_balances(programme)}
        firms.label_from_instance = lambda firm: _with_left(firm, left.get(firm.pk))  # type: ignore[attr-defined]


def _with_left(firm: Organisation, left: Decimal | None) -> str:
    if left is None:
        return str(firm)
    return str(_("%(firm)s (%(left)s left)") % {"firm": firm, "left": format_money(left, WON)})


class ClaimForm(forms.Form):
    """The receipt of a cost, photographed."""

    receipt = forms.FileField(
        label=_("Photo or scan of the receipt"), help_text=_("JPEG, PNG or PDF, up to 10 MB")
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipt"].widget.attrs["accept"] = accept_attribute(_RECEIPT)

    def clean_receipt(self) -> CheckedFile:
        upload: UploadedFile = self.cleaned_data["receipt"]
        return check_file(_RECEIPT, upload)

    def clean_receipt_on(self) -> Any:
        if self.cleaned_data["receipt_on"] > today():
            raise forms.ValidationError(_("The date of a receipt cannot be in the future."))
        return self.cleaned_data["receipt_on"]


class _OverlapForm(forms.Form):
    """Asks for the note only where another host supports the same cost."""

    overlap_note = forms.CharField(
        label=_("Why it is no double support"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, overlaps: Sequence[Overlap] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not overlaps:
            del self.fields["overlap_note"]


class ApproveForm(_OverlapForm):
    pass


class SettleForm(_OverlapForm):
    on = forms.DateField(label=_("Paid or given on"), widget=DayInput(), initial=today)
    field_order = ["on", "overlap_note"]


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why refused"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The firm reads this."),
    )


class GrantForm(forms.ModelForm):
    amount = WonField(
        label=_("Total budget in won"), required=False, help_text=_("Empty where no source states it")
    )

    class Meta:
        model = IncomingGrant
        fields = [
            "host",
            "year",
            "title_ko",
            "title_en",
            "granting_body_ko",
            "granting_body_en",
            "state",
            "amount",
            "programme",
            "source_words",
        ]

    def __init__(self, *args: Any, by: Visitor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = hosts_where(by, roles.MONEY_EDIT)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["programme"].queryset = Programme.objects.filter(host__in=hosts)  # type: ignore[attr-defined]
        if not self.instance.pk and len(hosts) == 1:
            self.initial["host"] = hosts[0].pk  # the instance's empty host would win over the field's initial


def forms_of(
    overlaps: Sequence[Overlap], bound: dict[str, forms.Form] | None = None
) -> dict[str, forms.Form]:
    """The forms of a line's page, the sent one with what was typed."""
    made = {
        "claim": ClaimForm(),
        "approve": ApproveForm(overlaps=overlaps),
        "settle": SettleForm(overlaps=overlaps),
        "refuse": RefuseForm(),
    }
    return {**made, **(bound or {})}
