"""What is typed about vouchers: by officers, by firms, by providers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.funding.forms.fields import DayInput, WonField, with_left
from bridgehead.funding.forms.support import _RECEIPT
from bridgehead.funding.models import (
    CostItem,
    ProviderPrice,
    Service,
    ServiceLanguage,
    ServiceProvider,
    SupportLine,
    VoucherTerms,
)
from bridgehead.funding.queries import firm_balances, items_with_balances
from bridgehead.funding.rules import vat_adds_up
from bridgehead.funding.voucher_queries import firms_without_voucher
from bridgehead.kit.clock import today
from bridgehead.kit.validators import clean_business_number
from bridgehead.organisations.models import Host, Organisation
from bridgehead.programmes.models import Programme
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import CheckedFile, accept_attribute, check_file

_PROOF = Question(
    kind=Question.Kind.FILE, options={"types": ["pdf", "jpeg", "png", "hwpx", "xlsx", "zip"], "max_mb": 20}
)
MOST_PROOFS = 5
#: Rows of an empty price list that are offered at once; saving offers new ones.
EMPTY_ROWS = 3


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once, each looked at by its content."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=ManyFilesInput(attrs={"multiple": True, "accept": accept_attribute(_PROOF)}), **kwargs
        )

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            super().clean(None, initial)
        if len(files) > MOST_PROOFS:
            raise ValidationError(_("At most %(n)s files."), params={"n": MOST_PROOFS})
        return [check_file(_PROOF, super(ManyFilesField, self).clean(file, initial)) for file in files]


def _voucher_items(programme: Programme) -> Any:
    return items_with_balances(programme).filter(mode=CostItem.Mode.VOUCHER)


class TermsOfVouchersForm(forms.ModelForm):
    value = WonField(label=_("Value of one voucher in won"))

    class Meta:
        model = VoucherTerms
        fields = ["cost_item", "value", "valid_days", "ask_at_most", "value_question"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cost_item"].queryset = _voucher_items(self.instance.programme)  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    """The same voucher to the firms that are ticked."""

    cost_item = forms.ModelChoiceField(
        label=_("Cost item of the vouchers"), queryset=CostItem.objects.none(), empty_label=None
    )
    value = WonField(label=_("Value of one voucher in won"))
    expires_on = forms.DateField(label=_("Last day"), widget=DayInput())
    firms = forms.ModelMultipleChoiceField(
        label=_("Firms"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Awarded firms without a valid voucher. You see count and names before anything is issued."
        ),
    )

    def __init__(self, *args: Any, programme: Programme, terms: VoucherTerms | None, **kwargs: Any) -> None:
        if terms is not None:
            until = today(programme.zone) + timedelta(days=terms.valid_days)
            facts = {"cost_item": terms.cost_item, "value": terms.value, "expires_on": until}
            kwargs["initial"] = {**facts, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["cost_item"].queryset = _voucher_items(programme)  # type: ignore[attr-defined]
        firms = self.fields["firms"]
        firms.queryset = firms_without_voucher(programme)  # type: ignore[attr-defined]
        left = {row.firm.pk: row.left for row in firm_balances(programme)}
        firms.label_from_instance = lambda firm: with_left(firm, left.get(firm.pk))  # type: ignore[attr-defined]
        self.day = today(programme.zone)

    def clean_expires_on(self) -> Any:
        if self.cleaned_data["expires_on"] < self.day:
            raise ValidationError(_("The last day cannot be in the past."))
        return self.cleaned_data["expires_on"]


class LastDayForm(forms.Form):
    """A later last day; also of a voucher that is made valid again."""

    expires_on = forms.DateField(label=_("New last day"), widget=DayInput())


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The other side reads this."),
    )


class NothingForm(forms.Form):
    """For acts that need no words."""


class AskForm(forms.Form):
    """What is to be done, and who is asked."""

    providers = forms.ModelMultipleChoiceField(
        label=_("Providers"), queryset=ServiceProvider.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    description = forms.CharField(
        label=_("What is to be done"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "So that every provider quotes for the same: how much, from where to where, in which language."
        ),
    )
    needed_on = forms.DateField(label=_("Needed by"), required=False, widget=DayInput())

    def __init__(self, *args: Any, providers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["providers"].queryset = providers  # type: ignore[attr-defined]

    def clean_needed_on(self) -> Any:
        day = self.cleaned_data["needed_on"]
        if day and day < today():
            raise ValidationError(_("Choose a day that is still to come."))
        return day


class BookForm(forms.Form):
    """The part that the page had shown as paid by the voucher."""

    covered = forms.DecimalField(min_value=Decimal(0), widget=forms.HiddenInput)


class QuoteForm(forms.Form):
    amount = WonField(label=_("Price in won, VAT included"))
    valid_until = forms.DateField(label=_("Quote valid until"), widget=DayInput())
    note = forms.CharField(
        label=_("What the price includes"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_valid_until(self) -> Any:
        if self.cleaned_data["valid_until"] < today():
            raise ValidationError(_("Choose a day that is still to come."))
        return self.cleaned_data["valid_until"]


class DeliveryForm(forms.Form):
    delivered_on = forms.DateField(label=_("Delivered on"), widget=DayInput(), initial=today)
    note = forms.CharField(
        label=_("What was delivered"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    proof = ManyFilesField(
        label=_("Proof of the service"),
        help_text=_(
            "The translated text, the waybill, photos of the talk … PDF, photo, HWPX, XLSX or ZIP, up to five."
        ),
    )

    def clean_delivered_on(self) -> Any:
        if self.cleaned_data["delivered_on"] > today():
            raise ValidationError(_("The day cannot be in the future."))
        return self.cleaned_data["delivered_on"]


class InvoiceForm(forms.Form):
    """The provider's invoice, or the mended one."""

    receipt = forms.FileField(label=_("Invoice"), help_text=_("PDF, JPEG or PNG, up to 10 MB"))
    receipt_number = forms.CharField(label=_("Invoice number"), max_length=60)
    receipt_on = forms.DateField(label=_("Date of the invoice"), widget=DayInput(), initial=today)
    receipt_amount = WonField(label=_("Total in won, VAT included"))
    receipt_vat = WonField(label=_("Of which VAT"), required=False, min_value=0)

    def __init__(self, *args: Any, line: SupportLine, **kwargs: Any) -> None:
        names = ("receipt_number", "receipt_on", "receipt_amount", "receipt_vat")
        if line.receipt_number:
            kwargs["initial"] = {name: getattr(line, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["receipt"].widget.attrs["accept"] = accept_attribute(_RECEIPT)
        self.fields["receipt"].required = not line.receipt_id or "receipt" in line.returned_fields
        for name in line.returned_fields:
            if name in self.fields:
                self.fields[name].help_text = _("Please mend this.")

    def clean_receipt(self) -> CheckedFile | None:
        upload = self.cleaned_data["receipt"]
        return check_file(_RECEIPT, upload) if upload else None

    def clean_receipt_on(self) -> Any:
        if self.cleaned_data["receipt_on"] > today():
            raise ValidationError(_("The date of a receipt cannot be in the future."))
        return self.cleaned_data["receipt_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        total, vat = data.get("receipt_amount"), data.get("receipt_vat")
        if total and vat and not vat_adds_up(total, vat):
            self.add_error(
                "receipt_vat", _("The VAT does not add up: it is at most a tenth of the amount without it.")
            )
        return data


class ProviderForm(forms.ModelForm):
    """What a provider says about itself."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=ServiceLanguage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ServiceProvider
        fields = ["contact", "email", "phone", "languages", "districts", "about"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = (self.instance.languages or "").split(",")

    def clean_languages(self) -> str:
        return ",".join(self.cleaned_data["languages"])


class NewProviderForm(ProviderForm):
    """A provider that an officer enters; the person of the address signs in for it."""

    host = forms.ModelChoiceField(label=_("Approved by"), queryset=Host.objects.none(), empty_label=None)
    business_number = forms.CharField(label=_("Business registration number"), max_length=12)
    name_ko = forms.CharField(label=pgettext_lazy("provider", "Name in Korean"), max_length=120)
    name_en = forms.CharField(
        label=pgettext_lazy("provider", "Name in English"), max_length=120, required=False
    )
    field_order = ["host", "business_number", "name_ko", "name_en"]

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["email"].help_text = _(
            "This person signs in for the provider, with a code sent to this address."
        )

    def clean_business_number(self) -> str:
        return clean_business_number(self.cleaned_data["business_number"])


class PriceForm(forms.ModelForm):
    price = WonField(label=_("Price in won, VAT included"), required=False, help_text=_("Empty: on request"))

    class Meta:
        model = ProviderPrice
        fields = ["service", "what", "unit", "price"]


PriceFormSet = forms.modelformset_factory(
    ProviderPrice, PriceForm, extra=EMPTY_ROWS, can_delete=True, max_num=40, validate_max=True
)


class SuspendForm(forms.Form):
    host = forms.ModelChoiceField(label=_("Host"), queryset=Host.objects.none(), empty_label=None)
    reason = forms.CharField(
        label=_("Why suspended"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]


LANGUAGES = [("", _("any language")), *ServiceLanguage.choices]
SERVICES = [("", pgettext_lazy("filter", "all services")), *Service.choices]
