"""What is typed in the selection room: a what-if, a scenario's name, reasons, letters, objections and their answers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.calls.forms.officer.moments import moment
from bridgehead.calls.models import Decision, Letter, Objection, Scenario
from bridgehead.calls.queries.rows import Conditions, WhatIf


class WhatIfForm(forms.Form):
    """The line, the weights, the levelling. What equals the call's own conditions is left out of the what-if."""

    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=100_000)
    threshold = forms.DecimalField(
        label=_("Lowest score"), min_value=0, max_value=100, decimal_places=2, max_digits=5
    )
    levelled = forms.BooleanField(label=_("Level scores by reviewer"), required=False)

    def __init__(self, data: Any, *, conditions: Conditions, start: WhatIf) -> None:
        self.conditions = conditions
        call = conditions.call
        initial = {
            "places": call.places if start.places is None else start.places,
            "threshold": call.threshold if start.threshold is None else start.threshold,
            "levelled": start.levelled,
        }
        super().__init__(data, initial=initial)
        for stage in self._several_stages():
            self._weight(f"stage-{stage.pk}", stage.name, start.stages.get(stage.pk, stage.weight), least=1)
        for one in conditions.criteria:
            self._weight(f"weight-{one.pk}", one.name, start.criteria.get(one.pk, one.weight), least=0)

    def _several_stages(self) -> list[Any]:
        return self.conditions.stages if len(self.conditions.stages) > 1 else []

    def _weight(self, name: str, label: str, value: int, *, least: int) -> None:
        self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=100, initial=value)

    @property
    def stage_weights(self) -> list[Any]:
        return [self[f"stage-{stage.pk}"] for stage in self._several_stages()]

    @property
    def weights(self) -> list[Any]:
        return [self[f"weight-{one.pk}"] for one in self.conditions.criteria]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for stage in self.conditions.stages:
            mine = [c for c in self.conditions.criteria if c.stage_id == stage.pk]
            given = [cleaned.get(f"weight-{c.pk}") for c in mine]
            if given and None not in given and not sum(weight or 0 for weight in given):
                self.add_error(f"weight-{mine[0].pk}", _("At least one criterion has to count."))
        return cleaned

    def trial(self) -> WhatIf:
        cleaned, call = self.cleaned_data, self.conditions.call
        places, threshold = cleaned["places"], cleaned["threshold"]
        return WhatIf(
            None if places == call.places else places,
            None if threshold == call.threshold else Decimal(threshold),
            self._changed("weight", self.conditions.criteria),
            self._changed("stage", self._several_stages()),
            cleaned["levelled"],
        )

    def _changed(self, prefix: str, things: list[Any]) -> dict[int, int]:
        given = {thing.pk: self.cleaned_data[f"{prefix}-{thing.pk}"] for thing in things}
        own = {thing.pk: thing.weight for thing in things}
        return given if given != own else {}


class ScenarioForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Scenario
        fields = ["name"]


class PlanForm(forms.Form):
    release_at = forms.DateTimeField(label=_("Release planned for"), widget=moment())


class SeedForm(forms.Form):
    seed = forms.CharField(
        label=_("Seed of the lottery"),
        max_length=80,
        help_text=_(
            "Something nobody can choose, such as the winning numbers of a public draw still to come"
        ),
    )


class ManyForm(forms.Form):
    """The same outcome for several; `chosen` are decisions."""

    chosen = forms.ModelMultipleChoiceField(
        queryset=Decision.objects.none(), widget=forms.MultipleHiddenInput
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Decision.Outcome.choices)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = decisions  # type: ignore[attr-defined]


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Letter
        fields = ["subject_ko", "body_ko", "subject_en", "body_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 10}) for name in ("body_ko", "body_en")}

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=_("Your objection"),
        help_text=_("What was overlooked or judged wrongly, and where in your application it stands"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=5000,
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("Answer"), choices=Objection.Answer.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Reasons"),
        help_text=_("The firm reads exactly this, by mail and on its page."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=5000,
    )
    outcome = forms.ChoiceField(
        label=_("New outcome, if it is upheld"),
        choices=[("", _("stays as it is")), *Decision.Outcome.choices[:2]],
        required=False,
    )
