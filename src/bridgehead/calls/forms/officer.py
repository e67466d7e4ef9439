"""What the office types about calls, applications and decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts.models import User
from bridgehead.calls.models import Bonus, Call, Criterion, Decision, Quota
from bridgehead.calls.queries.officer import answer_choices
from bridgehead.questions.models import QuestionSet


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class BasicsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Call
        fields = ["title_ko", "title_en", "opens_at", "closes_at"]
        widgets = {"opens_at": _moment(), "closes_at": _moment()}

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opens_at", "closes_at"):
            self.fields[name].help_text = _("Time in %(zone)s") % {"zone": zone}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The call closes before it opens."))
        return cleaned


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Call
        fields = [
            "body_ko",
            "body_en",
            "benefits_ko",
            "benefits_en",
            "eligibility_ko",
            "eligibility_en",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 10 if name.startswith("body") else 5}) for name in fields
        }


class QuestionsForm(forms.Form):
    question_set = forms.ModelChoiceField[QuestionSet](
        label=_("Question set"), queryset=QuestionSet.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, question_sets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question_set"].queryset = question_sets  # type: ignore[attr-defined]


class ScoringForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Call
        fields = ["places", "reserves", "threshold", "reviews_wanted", "reviews_due_at", "blind"]
        widgets = {"reviews_due_at": _moment()}
        help_texts = {"blind": _("Firm names and answers marked as identifying are hidden from reviewers.")}


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Criterion
        fields = ["name_ko", "name_en", "weight", "help_ko", "help_en"]


class _AnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row about one answer of the question set; `key=value` in one choice."""

    answer = forms.ChoiceField(label=_("Answer"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def row(self) -> dict[str, Any]:
        """The columns as the action takes them."""
        fields = {
            name: value for name, value in self.cleaned_data.items() if name not in {"answer", "DELETE"}
        }
        key, _equals, value = self.cleaned_data["answer"].partition("=")
        return {**fields, "key": key, "value": value}


class QuotaForm(_AnswerForm):
    class Meta:
        model = Quota
        fields = ["places"]


class BonusForm(_AnswerForm):
    class Meta:
        model = Bonus
        fields = ["name_ko", "name_en", "points"]


class Scoring:
    """The four parts of the scoring step as one form: places and threshold, criteria, quotas, bonuses."""

    def __init__(self, call: Call, data: Any = None) -> None:
        self.form = ScoringForm(data, instance=call)
        choices = {"choices": answer_choices(call)}
        self.criteria = self._set(
            CriterionForm,
            "criteria",
            data,
            list(call.criteria.values("name_ko", "name_en", "help_ko", "help_en", "weight")),
            2,
        )
        quotas = [
            {"answer": f"{quota.key}={quota.value}", "places": quota.places} for quota in call.quotas.all()
        ]
        self.quotas = self._set(QuotaForm, "quotas", data, quotas, 2, choices)
        bonuses = [
            {"answer": f"{b.key}={b.value}", "name_ko": b.name_ko, "name_en": b.name_en, "points": b.points}
            for b in call.bonuses.all()
        ]
        self.bonuses = self._set(BonusForm, "bonuses", data, bonuses, 1, choices)

    @staticmethod
    def _set(
        form: type[forms.BaseForm], prefix: str, data: Any, initial: list[Any], extra: int, more: Any = None
    ) -> Any:
        factory = forms.formset_factory(form, extra=extra if initial else extra + 1, can_delete=True)
        return factory(data, prefix=prefix, initial=initial, form_kwargs=more or {})

    def is_valid(self) -> bool:
        parts = [self.form, self.criteria, self.quotas, self.bonuses]
        return False not in [part.is_valid() for part in parts]  # every part, so that all errors show

    @staticmethod
    def _kept(formset: Any) -> list[Any]:
        filled = [form for form in formset if form.cleaned_data and form not in formset.deleted_forms]
        return [form for form in filled if form.has_changed() or form.initial]

    def cleaned(self) -> dict[str, Any]:
        """What `set_scoring` takes."""
        criteria = [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self._kept(self.criteria)
        ]
        return {
            **self.form.cleaned_data,
            "criteria": criteria,
            "quotas": [form.row() for form in self._kept(self.quotas)],
            "bonuses": [form.row() for form in self._kept(self.bonuses)],
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ReturnForm(forms.Form):
    note = forms.CharField(
        label=_("What is missing"),
        help_text=_("The firm reads exactly this, by mail and on its page."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


class ExtendForm(forms.Form):
    closes_at = forms.DateTimeField(label=_("New deadline"), widget=_moment())
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ChangeForm(ReasonForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Decision.Outcome.choices)
    field_order = ["outcome", "reason"]


class AssignForm(forms.Form):
    reviewer = forms.ModelChoiceField[User](label=_("Reviewer"), queryset=User.objects.none())

    def __init__(self, *args: Any, reviewers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = reviewers  # type: ignore[attr-defined]
