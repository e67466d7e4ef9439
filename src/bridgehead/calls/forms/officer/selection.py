"""Sixth step: places, who gets one, bonus points, and what is told to whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bridgehead.calls.forms.officer.moments import moment
from bridgehead.calls.forms.officer.rows import kept, rows_of
from bridgehead.calls.models import Bonus, Call, Quota
from bridgehead.calls.queries.officer import answer_choices, number_questions


class SelectionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Call
        fields = [
            "selection",
            "lottery_seed",
            "places",
            "reserves",
            "threshold",
            "scale_max",
            "blind",
            "reviewers_shown",
            "results_shown",
            "objection_days",
            "release_at",
        ]
        widgets = {"release_at": moment()}
        help_texts = {
            "blind": gettext_lazy("Firm names and answers marked as identifying are hidden from reviewers.")
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        threshold = cleaned.get("threshold")
        if threshold is not None and not 0 <= threshold <= 100:
            self.add_error("threshold", _("The lowest score is between 0 and 100, whatever the scale."))
        rule = cleaned.get("selection")
        if rule == Call.Selection.LOTTERY and not cleaned.get("lottery_seed"):
            self.add_error("lottery_seed", _("Write the seed, so that anybody can repeat the draw."))
        if rule == Call.Selection.THRESHOLD and not threshold and "threshold" not in self.errors:
            self.add_error("threshold", _("Say which score is needed: this call selects by threshold."))
        release = cleaned.get("release_at")
        if release and release <= self.instance.closes_at:
            self.add_error("release_at", _("The release is planned before the call closes."))
        return cleaned


class QuotaForm(forms.ModelForm):  # type: ignore[type-arg]
    """Places kept for one answer; `key=value` in one choice."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"))

    class Meta:
        model = Quota
        fields = ["places"]

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [("", "–"), *answer_choices(call)]  # type: ignore[attr-defined]

    def row(self) -> dict[str, Any]:
        """The columns as the action takes them."""
        key, _equals, value = self.cleaned_data["answer"].partition("=")
        return {"key": key, "value": value, "places": self.cleaned_data["places"]}


class BonusForm(forms.ModelForm):  # type: ignore[type-arg]
    """Points for an answer, or for a number that is large or small enough."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"))
    value = forms.DecimalField(
        label=gettext_lazy("Number"), required=False, help_text=gettext_lazy("Only with at least and at most")
    )

    class Meta:
        model = Bonus
        fields = ["name_ko", "name_en", "rule", "points"]

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *answer_choices(call),
            *number_questions(call),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answer, rule = cleaned.get("answer"), cleaned.get("rule")
        if not answer or not rule:
            return cleaned
        if "=" in answer and rule != "is":
            self.add_error("rule", _("At least and at most are for questions that ask for a number."))
        if "=" not in answer and rule == "is":
            self.add_error("rule", _("Choose at least or at most for a number."))
        if "=" not in answer and cleaned.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Write the number from which or up to which the points are given."))
        return cleaned

    def row(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        key, equals, value = cleaned["answer"].partition("=")
        columns = {name: cleaned[name] for name in self.Meta.fields}
        return {**columns, "key": key, "value": value if equals else f"{cleaned['value'].normalize():f}"}


class Selection:
    """The sixth step as one form: the rule with its places, quotas, bonuses."""

    def __init__(self, call: Call, data: Any = None) -> None:
        self.form = SelectionForm(data, instance=call)
        more = {"call": call}
        quotas = [{"answer": f"{q.key}={q.value}", "places": q.places} for q in call.quotas.all()]
        self.quotas = rows_of(QuotaForm, "quotas", data, quotas, 2, more)
        self.bonuses = rows_of(BonusForm, "bonuses", data, [_stored(b) for b in call.bonuses.all()], 1, more)

    def is_valid(self) -> bool:
        parts = [self.form, self.quotas, self.bonuses]
        valid = [part.is_valid() for part in parts]  # every part, so that all errors show
        return self._quotas_fit() and all(valid)

    def _quotas_fit(self) -> bool:
        places = self.form.cleaned_data.get("places")
        if places is None or not self.quotas.is_valid():
            return True
        rows = kept(self.quotas)
        total = sum(row.cleaned_data["places"] for row in rows)
        if total <= places:
            return True
        message = _("The quotas keep %(kept)s places, but there are only %(places)s.")
        rows[-1].add_error("places", message % {"kept": total, "places": places})
        return False

    def cleaned(self) -> dict[str, Any]:
        """What `set_selection` takes."""
        return {
            **self.form.cleaned_data,
            "quotas": [form.row() for form in kept(self.quotas)],
            "bonuses": [form.row() for form in kept(self.bonuses)],
        }


def _stored(bonus: Bonus) -> dict[str, Any]:
    row = {"name_ko": bonus.name_ko, "name_en": bonus.name_en, "rule": bonus.rule, "points": bonus.points}
    if bonus.rule == "is":
        return {**row, "answer": f"{bonus.key}={bonus.value}"}
    return {**row, "answer": bonus.key, "value": bonus.value}
