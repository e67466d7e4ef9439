"""What people type: an entry at the stand, a stage of a deal, an answer to a follow-up, a filter."""

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bridgehead.floor.actions.stages import check_reached
from bridgehead.floor.models import WINS, Consultation, Stage, Temperature, WithoutSupport
from bridgehead.floor.rules import CURRENCIES, LONGEST_FOLLOW_UP, TALK, stages_above, today_at
from bridgehead.kit.countries import country_choices, country_name
from bridgehead.kit.money import places
from bridgehead.organisations.models import Organisation

USUAL_COUNTRIES = ["US", "CN", "JP", "IT", "FR", "DE", "ES", "GB", "AE", "HK"]


def currency_choices(first: str) -> list[tuple[str, str]]:
    return [(code, code) for code in dict.fromkeys([first, *CURRENCIES])]


class PlainAmount(forms.DecimalField):
    """An amount as people type it, with or without thousands separators."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 17)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("min_value", Decimal(0))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Shown with separators and without needless zeros."""
        if not isinstance(value, Decimal):
            return value
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def check_places(form: forms.Form, amount_field: str, currency: str) -> None:
    """Cents of a currency that has none are a slip of the finger, not to be rounded away silently."""
    amount = form.cleaned_data.get(amount_field)
    if amount is not None and currency and places(currency) == 0 and amount != amount.to_integral_value():
        form.add_error(amount_field, _("%(currency)s has no decimals.") % {"currency": currency})


class ConsultationForm(forms.Form):
    """One consultation. The fields stand in the order in which one types them at the stand."""

    buyer_name = forms.CharField(
        label=gettext_lazy("Buyer"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "known-buyers", "autocomplete": "off", "enterkeyhint": "next"}),
    )
    buyer_country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    product = forms.CharField(label=gettext_lazy("Product"), max_length=500, required=False)
    temperature = forms.ChoiceField(
        label=gettext_lazy("Interest"),
        choices=[("", gettext_lazy("not said")), *Temperature.choices],
        required=False,
    )
    amount = PlainAmount(label=gettext_lazy("Amount talked about"), required=False)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    reached = forms.ChoiceField(
        label=gettext_lazy("How far it went"),
        choices=[(TALK, gettext_lazy("talk only")), (Stage.PURSUED, gettext_lazy("contract pursued"))],
        initial=TALK,
        widget=forms.RadioSelect,
    )
    pursued_amount = PlainAmount(
        label=gettext_lazy("Amount pursued"),
        required=False,
        help_text=gettext_lazy(
            "What the contract being pursued is worth; it is stated apart from the amount talked about."
        ),
    )
    held_on = forms.DateField(label=gettext_lazy("Date"), widget=DayInput())
    buyer_contact = forms.CharField(
        label=gettext_lazy("Contact of the buyer"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Name, email address or phone number"),
    )
    next_step = forms.CharField(label=gettext_lazy("Next step"), max_length=200, required=False)
    next_step_on = forms.DateField(label=gettext_lazy("Next step by"), required=False, widget=DayInput())
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, currency: str, countries: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = currency_choices(self.initial.get("currency") or currency)  # type: ignore[attr-defined]
        self.fields["currency"].initial = currency
        self.fields["buyer_country"].choices = country_choices([*countries, *USUAL_COUNTRIES][:12])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        currency = data.get("currency", "")
        check_places(self, "amount", currency)
        check_places(self, "pursued_amount", currency)
        if data.get("reached") == Stage.PURSUED:
            if not data.get("pursued_amount") and "pursued_amount" not in self.errors:
                self.add_error("pursued_amount", _("Write the amount pursued, or choose “talk only”."))
        else:
            data["pursued_amount"] = None
        data["amount"] = data.get("amount") or Decimal(0)
        return data

    def content(self) -> dict[str, Any]:
        """The arguments of the actions."""
        left_out = {"reached", "id", "firm", "version"}
        return {key: value for key, value in self.cleaned_data.items() if key not in left_out}


class FirmChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class LogForm(ConsultationForm):
    """A new entry, under an id made before it is sent, so that it can be sent again and again."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    firm = FirmChoice(label=gettext_lazy("Firm"), queryset=Organisation.objects.none())

    field_order = ["firm"]

    def __init__(self, *args: Any, firms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["firm"].queryset = firms  # type: ignore[attr-defined]
        self.only_firm = firms[0] if len(firms) == 1 else None
        if self.only_firm:
            self.fields["firm"].widget = forms.HiddenInput()
            self.fields["firm"].initial = self.only_firm.pk
        self.fields["id"].initial = uuid.uuid4


class EditForm(ConsultationForm):
    """An entry to be changed, as it was when the page was made."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, talk: Consultation, data: Any = None, **kwargs: Any) -> "EditForm":
        pursued = next((record for record in talk.rungs if record.stage == Stage.PURSUED), None)
        names = [name for name in ConsultationForm.base_fields if hasattr(talk, name)]
        initial = {name: getattr(talk, name) for name in names}
        initial["amount"] = talk.amount or None
        initial["version"] = talk.version
        initial["reached"] = Stage.PURSUED if pursued else TALK
        initial["pursued_amount"] = pursued.amount if pursued else None
        form = cls(data, initial=initial, currency=talk.programme.result_currency, **kwargs)
        if any(record.stage in WINS for record in talk.rungs):
            form.fields["reached"].help_text = _("This deal went further; its stages are changed below.")
        return form


class StageForm(forms.Form):
    """A rung reached, or corrected."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage reached"))
    reached_on = forms.DateField(label=gettext_lazy("Reached on"), widget=DayInput())
    amount = PlainAmount(label=gettext_lazy("Amount"))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    evidence_note = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Such as the contract number, the export declaration or the remittance, and where it is kept"
        ),
    )

    def __init__(self, data: Any = None, *, talk: Consultation) -> None:
        highest = talk.highest
        reached = [record.stage for record in talk.rungs]
        following = stages_above(reached)
        initial = {
            "stage": following[0] if following else reached[-1],
            "amount": highest.amount if highest else talk.amount or None,
            "currency": highest.currency if highest else talk.currency,
        }
        super().__init__(data, initial=initial)
        self.fields["stage"].choices = Stage.choices  # type: ignore[attr-defined]
        self.fields["currency"].choices = currency_choices(str(initial["currency"]))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        check_places(self, "amount", self.cleaned_data.get("currency", ""))
        return self.cleaned_data


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class ConfirmForm(forms.Form):
    confirmed_by = forms.CharField(label=gettext_lazy("Your name"), max_length=120)
    without_support = forms.ChoiceField(
        label=gettext_lazy("Without the support, would you have won this?"),
        choices=WithoutSupport.choices,
        widget=forms.RadioSelect,
    )


class AnswerForm(forms.Form):
    """What became of one consultation. Nothing needs to be touched where nothing changed."""

    stage = forms.ChoiceField(label=gettext_lazy("How far did it get?"), required=False)
    reached_on = forms.DateField(label=gettext_lazy("When"), required=False, widget=DayInput())
    amount = PlainAmount(label=gettext_lazy("Amount"), required=False)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    evidence_note = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Such as a contract or invoice number"),
    )
    confirm = forms.BooleanField(label=gettext_lazy("We confirm this result"), required=False)
    without_support = forms.ChoiceField(
        label=gettext_lazy("Without the support, would you have won this?"),
        choices=[("", "–"), *WithoutSupport.choices],
        required=False,
    )

    def __init__(
        self, data: Any = None, *, talk: Consultation, draft: Mapping[str, str] | None = None
    ) -> None:
        self.talk = talk
        self.reached = [record.stage for record in talk.rungs]
        highest = talk.highest
        initial = {
            "amount": highest.amount if highest else talk.amount or None,
            "currency": highest.currency if highest else talk.currency,
        }
        begun = {
            name: draft[f"{talk.pk}-{name}"]
            for name in self.base_fields
            if draft and f"{talk.pk}-{name}" in draft
        }
        self.begun = bool(begun.get("stage") or begun.get("confirm"))
        super().__init__(data, prefix=str(talk.pk), initial=initial | begun)
        named = [
            (stage, _("%(stage)s (recorded)") % {"stage": label} if stage in self.reached else label)
            for stage, label in Stage.choices
        ]
        self.fields["stage"].choices = [("", _("nothing new")), *named]  # type: ignore[attr-defined]
        self.fields["currency"].choices = currency_choices(str(initial["currency"]))  # type: ignore[attr-defined]

    @property
    def unconfirmed(self) -> bool:
        return any(record.awaits_confirmation for record in self.talk.rungs)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        stage = data.get("stage")
        if stage:
            for name in ("reached_on", "amount"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed with the stage."))
            check_places(self, "amount", data.get("currency", ""))
            self._check_possible(data)
        if data.get("confirm"):
            if stage not in WINS and not any(reached in WINS for reached in self.reached):
                self.add_error(
                    "confirm",
                    _("Only what is signed, shipped or paid can be confirmed. Choose the stage first."),
                )
            if not data.get("without_support"):
                self.add_error("without_support", _("Say what you would have achieved without the support."))
        return data

    def _check_possible(self, data: dict[str, Any]) -> None:
        """The action's own objections, beside the field of the consultation that they are about."""
        if self.errors:
            return
        today = today_at(self.talk.programme, timezone.now())
        try:
            check_reached(
                self.talk,
                stage=data["stage"],
                reached_on=data["reached_on"],
                amount=data["amount"],
                today=today,
            )
        except ValidationError as error:
            for name, said in error.message_dict.items():
                self.add_error(name, said)


class SignatureForm(forms.Form):
    answered_by = forms.CharField(label=gettext_lazy("Your name"), max_length=120)
    comment = forms.CharField(
        label=gettext_lazy("Anything else we should know"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FilterForm(forms.Form):
    """The list at the desk, narrowed down."""

    q = forms.CharField(label=gettext_lazy("Firm, buyer, product or note"), required=False)
    firm = forms.ChoiceField(label=gettext_lazy("Firm"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    day = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        required=False,
        choices=[("", gettext_lazy("all")), (TALK, gettext_lazy("talk only")), *Stage.choices],
    )
    withdrawn = forms.BooleanField(label=gettext_lazy("withdrawn ones instead"), required=False)

    def __init__(self, data: Any, *, firms: Any, countries: Sequence[str], days: Sequence[Any]) -> None:
        super().__init__(data)
        everything = ("", _("all"))
        named = sorted((str(firm), firm.slug) for firm in firms)
        self.fields["firm"].choices = [everything, *((slug, name) for name, slug in named)]  # type: ignore[attr-defined]
        self.fields["country"].choices = [everything, *((code, country_name(code)) for code in countries)]  # type: ignore[attr-defined]
        self.fields["day"].choices = [everything, *((day.isoformat(), day.isoformat()) for day in days)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What could be read; a filter that makes no sense filters nothing."""
        self.is_valid()
        return self.cleaned_data


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Workbook or CSV file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 10 * 1024 * 1024:
            raise ValidationError(_("The file is larger than 10 MB. Divide it into several files."))
        return file


class PlanForm(forms.Form):
    """The months after which firms are asked."""

    months = forms.CharField(
        label=gettext_lazy("Months after the last day"),
        max_length=60,
        help_text=gettext_lazy("Numbers with commas between them, such as 1, 3, 6, 12"),
    )

    def clean_months(self) -> list[int]:
        try:
            months = sorted({int(part) for part in self.cleaned_data["months"].replace("，", ",").split(",")})
        except ValueError:
            raise ValidationError(_("Write numbers with commas between them, such as 1, 3, 6, 12.")) from None
        if not all(1 <= count <= LONGEST_FOLLOW_UP for count in months):
            raise ValidationError(_("Rounds may be from 1 to 60 months after the last day."))
        return months


class CallForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("What was said on the phone"), max_length=300)
