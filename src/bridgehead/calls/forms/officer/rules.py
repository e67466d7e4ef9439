"""Third step: rules of eligibility. Each kind of rule asks for its own parameters, in a form of its own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bridgehead.calls.models import Call, EligibilityRule
from bridgehead.calls.queries.officer import answer_choices, number_questions

Kind = EligibilityRule.Kind


class NamesField(forms.CharField):
    """Lines `Korean | English` as [{"ko": …, "en": …}]."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{line['ko']} | {line['en']}" for line in value)

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = [line for line in str(super().clean(value)).splitlines() if line.strip(" |")]
        if not lines:
            raise ValidationError(_("Write at least one name."))
        parts = [[part.strip() for part in f"{line}|".split("|")] for line in lines]
        return [{"ko": korean or english, "en": english} for korean, english, *_more in parts]


class RuleForm(forms.Form):
    """No parameters: the rule is there or not."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call

    def parameters(self) -> dict[str, Any]:
        return {
            name: value for name, value in self.cleaned_data.items() if value not in (None, "", [], False)
        }


class NamesRuleForm(RuleForm):
    values = NamesField(
        label=gettext_lazy("Names that count"),
        help_text=gettext_lazy("One per line: Korean | English, such as 이천시 | Icheon"),
    )


def check_bounds(form: forms.Form, cleaned: dict[str, Any]) -> None:
    least, most = cleaned.get("minimum"), cleaned.get("maximum")
    if least is None and most is None:
        form.add_error("maximum", _("Write a smallest number, a largest one, or both."))
    elif least is not None and most is not None and most < least:
        form.add_error("maximum", _("The largest number is below the smallest one."))


class SizeRuleForm(RuleForm):
    minimum = forms.IntegerField(label=gettext_lazy("At least"), min_value=0, required=False)
    maximum = forms.IntegerField(label=gettext_lazy("At most"), min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            check_bounds(self, cleaned)
        return cleaned


class HistoryRuleForm(RuleForm):
    maximum = forms.IntegerField(
        label=gettext_lazy("At most"),
        min_value=0,
        max_value=99,
        help_text=gettext_lazy("0: not once. All offices together are counted."),
    )
    years = forms.IntegerField(
        label=gettext_lazy("In the last so many years"),
        min_value=1,
        max_value=30,
        required=False,
        help_text=gettext_lazy("Empty: ever. The year of this programme is the last of them."),
    )
    same_kind = forms.BooleanField(label=gettext_lazy("Count programmes of this kind only"), required=False)

    def parameters(self) -> dict[str, Any]:
        return {**super().parameters(), "maximum": self.cleaned_data["maximum"]}


class YearsRuleForm(HistoryRuleForm):
    years = None  # type: ignore[assignment]


class AnswersRuleForm(RuleForm):
    """Some of the choices of one question."""

    values = forms.MultipleChoiceField(
        label=gettext_lazy("Answers that count"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick answers of one question. Any of them will do."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key, values = self.initial.get("key", ""), self.initial.get("values", [])
        self.fields["values"].choices = answer_choices(self.call)  # type: ignore[attr-defined]
        self.initial = {**self.initial, "values": [f"{key}={value}" for value in values]}

    def clean_values(self) -> list[str]:
        given: list[str] = self.cleaned_data["values"]
        if len({one.partition("=")[0] for one in given}) > 1:
            raise ValidationError(_("These answers belong to different questions. Make one rule for each."))
        return given

    def parameters(self) -> dict[str, Any]:
        pairs = [one.partition("=") for one in self.cleaned_data["values"]]
        return {"key": pairs[0][0], "values": [value for _key, _equals, value in pairs]}


class AnswerRuleForm(AnswersRuleForm):
    """Some of the choices of a question, or a number within bounds."""

    number = forms.ChoiceField(label=gettext_lazy("Or a number: the answer to"), required=False)
    minimum = forms.DecimalField(label=gettext_lazy("At least"), required=False)
    maximum = forms.DecimalField(label=gettext_lazy("At most"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["values"].required = False
        self.fields["number"].choices = [("", "–"), *number_questions(self.call)]  # type: ignore[attr-defined]
        if not self.initial.get("values"):
            self.initial["number"] = self.initial.get("key", "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "values" in self.errors or cleaned.get("values"):
            return cleaned
        if not cleaned.get("number"):
            self.add_error("values", _("Tick an answer, or choose a question that asks for a number."))
        elif not self.errors:
            check_bounds(self, cleaned)
        return cleaned

    def parameters(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned["values"]:
            return super().parameters()
        bounds = {name: str(cleaned[name]) for name in ("minimum", "maximum") if cleaned[name] is not None}
        return {"key": cleaned["number"], **bounds}


FORMS: dict[str, type[RuleForm]] = {
    Kind.REGION: NamesRuleForm,
    Kind.SECTOR: NamesRuleForm,
    Kind.SIZE: SizeRuleForm,
    Kind.ARREARS: AnswersRuleForm,
    Kind.TIMES: HistoryRuleForm,
    Kind.YEARS: YearsRuleForm,
    Kind.WITHDRAWALS: HistoryRuleForm,
    Kind.SAME_FAIR: RuleForm,
    Kind.ANSWER: AnswerRuleForm,
}
