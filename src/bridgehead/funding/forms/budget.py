"""What is typed about a programme's budget: sources, cost items and their terms, ceilings, transfers, grants."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.funding.forms.fields import DayInput, WonField, with_left
from bridgehead.funding.models import (
    Ceiling,
    CostItem,
    FundingSource,
    IncomingGrant,
    MoneyTerms,
    SupportRule,
)
from bridgehead.funding.queries import items_with_balances, terms_on
from bridgehead.kit.clock import today
from bridgehead.organisations.queries import Visitor, hosts_where
from bridgehead.programmes.models import Programme

TERMS = [
    "rate",
    "cap",
    "unit",
    "unit_price",
    "metres_per_unit",
    "kilograms_per_unit",
    "documents",
    "rest_borne_by",
]


class SourceForm(forms.ModelForm):
    amount = WonField(label=_("Amount in won"))
    order = forms.IntegerField(
        label=_("Drawn in this order"),
        min_value=1,
        max_value=99,
        required=False,
        initial=1,
        help_text=_("Payments take from the lowest number first."),
    )

    class Meta:
        model = FundingSource
        fields = ["kind", "name_ko", "name_en", "amount", "order"]

    def clean_order(self) -> int:
        return self.cleaned_data["order"] or 1


class _TermsFields(forms.ModelForm):
    """The terms of a cost item, of the beginning or of a later day."""

    rate = forms.DecimalField(
        label=_("Share supported (%)"),
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    cap = WonField(label=_("Cap per firm in won"), required=False, help_text=_("Empty where there is none"))
    unit_price = WonField(
        label=_("At most per unit in won"), required=False, help_text=_("Empty where there is none")
    )


class ItemForm(_TermsFields):
    budget = WonField(label=_("Budget in won"), min_value=0)

    class Meta:
        model = CostItem
        fields = ["code", "name_ko", "name_en", "mode", "budget", *TERMS, "drawn_in_proportion"]


class CeilingForm(forms.ModelForm):
    amount = WonField(label=_("Ceiling per firm in won"))

    class Meta:
        model = Ceiling
        fields = ["amount", "effective_from", "reason"]
        widgets = {"effective_from": DayInput()}


class RuleForm(_TermsFields):
    """Terms from a day on; a new one begins with what is in force today."""

    class Meta:
        model = SupportRule
        fields = ["effective_from", *TERMS, "reason"]
        widgets = {"effective_from": DayInput()}

    def __init__(self, *args: Any, item: CostItem, **kwargs: Any) -> None:
        if not kwargs["instance"].pk:
            now = terms_on(item, today(item.programme.zone))
            kwargs["initial"] = {name: getattr(now, name) for name in TERMS}
        super().__init__(*args, **kwargs)


class TermsForm(forms.ModelForm):
    two_approvals_from = WonField(
        label=_("Two approvals from this amount in won"), required=False, help_text=_("Empty: one is enough")
    )

    class Meta:
        model = MoneyTerms
        fields = [
            "two_approvals_from",
            "settle_within",
            "costs_from",
            "costs_until",
            "claims_close_on",
            "claims_without_promise",
        ]
        widgets = {name: DayInput() for name in ("costs_from", "costs_until", "claims_close_on")}


class TransferForm(forms.Form):
    """Budget from one cost item to another."""

    from_item = forms.ModelChoiceField(label=_("From the cost item"), queryset=CostItem.objects.none())
    to_item = forms.ModelChoiceField(label=_("To the cost item"), queryset=CostItem.objects.none())
    amount = WonField(label=_("Amount in won"))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_item", "to_item"):
            field = self.fields[name]
            field.queryset = items_with_balances(programme)  # type: ignore[attr-defined]
            field.label_from_instance = lambda item: with_left(item, item.left)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("from_item") and data.get("from_item") == data.get("to_item"):
            self.add_error("to_item", _("Choose two different cost items."))
        return data


class DecideTransferForm(forms.Form):
    decision = forms.ChoiceField(choices=[("approve", "approve"), ("decline", "decline")])
    reason = forms.CharField(required=False, max_length=300)


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
