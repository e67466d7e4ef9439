"""What is typed about a programme's budget: sources, cost items and their terms, ceilings, transfers, grants."""

from decimal import Decimal
from itertools import pairwise
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
    Terms,
)
from bridgehead.funding.queries import items_with_balances, terms_on
from bridgehead.kit.clock import today
from bridgehead.organisations.queries import Visitor, hosts_where
from bridgehead.programmes.models import Programme
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import CheckedFile, check_file

_GRANT_DOCUMENT = Question(
    kind=Question.Kind.FILE, options={"types": ["pdf", "hwpx", "xlsx", "jpeg", "png"], "max_mb": 20}
)
TERMS = [
    "rate",
    "cap",
    "unit",
    "unit_price",
    "metres_per_unit",
    "kilograms_per_unit",
    "required_documents",
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
    required_documents = forms.MultipleChoiceField(
        label=_("Documents required"),
        choices=Terms.Document.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Beside the receipt or invoice, of which one is always enough."),
    )
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
            "unchecked_firms",
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

    applied = WonField(label=_("Amount applied for in won"), required=False)
    received = WonField(label=_("Amount received in won"), required=False)

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
            "applied_on",
            "applied",
            "decided_on",
            "amount",
            "received_on",
            "received",
            "programme",
            "source",
            "source_words",
        ]
        widgets = {name: DayInput() for name in ("applied_on", "decided_on", "received_on")}

    def __init__(self, *args: Any, by: Visitor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = hosts_where(by, roles.MONEY_EDIT)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["programme"].queryset = Programme.objects.filter(host__in=hosts)  # type: ignore[attr-defined]
        sources = FundingSource.objects.filter(programme__host__in=hosts).select_related("programme")
        self.fields["source"].queryset = sources.order_by("-programme__starts_on", "order", "pk")  # type: ignore[attr-defined]
        self.fields["source"].label_from_instance = lambda source: f"{source} · {source.programme}"  # type: ignore[attr-defined]
        if not self.instance.pk and len(hosts) == 1:
            self.initial["host"] = hosts[0].pk  # the instance's empty host would win over the field's initial

    def clean(self) -> dict[str, Any]:
        """The days follow each other, and what was not selected was not received."""
        data = super().clean() or {}
        names = ("applied_on", "decided_on", "received_on")
        days = [(name, data[name]) for name in names if data.get(name)]
        for (_name, before), (name, after) in pairwise(days):
            if after < before:
                self.add_error(name, _("This is before the day above."))
        if data.get("state") != IncomingGrant.State.SELECTED:
            for name in ("received", "received_on", "source"):
                if data.get(name):
                    self.add_error(name, _("Only a selected application is received and becomes a source."))
        source, host = data.get("source"), data.get("host")
        if source and host and source.programme.host_id != host.pk:
            self.add_error("source", _("This source belongs to another host."))
        return data


class GrantDocumentForm(forms.Form):
    """The application, the decision, the agreement: what belongs to one year of a grant."""

    document = forms.FileField(label=_("Document"), help_text=_("PDF, HWPX, XLSX, JPEG or PNG, up to 20 MB"))

    def clean_document(self) -> CheckedFile:
        return check_file(_GRANT_DOCUMENT, self.cleaned_data["document"])
