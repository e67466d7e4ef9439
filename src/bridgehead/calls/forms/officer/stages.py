"""Fifth step: the readings of the applications, each with its criteria and its people."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bridgehead.calls.forms.officer.day import DAY_FIELDS, day_problem
from bridgehead.calls.forms.officer.moments import moment
from bridgehead.calls.forms.officer.rows import kept, rows_of
from bridgehead.calls.models import Criterion, Stage
from bridgehead.calls.queries.reviewing import reviewers_of


class StageForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Stage
        fields = [
            "kind",
            "name_ko",
            "name_en",
            "reviews_wanted",
            "reviews_due_at",
            "reviewers",
            "passing",
            "threshold",
            *DAY_FIELDS,
        ]
        widgets = {
            "reviews_due_at": moment(),
            "held_at": moment(),
            "reviewers": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewers"].queryset = reviewers_of(self.instance.call)  # type: ignore[attr-defined]
        for name in ("reviews_due_at", "held_at"):
            self.fields[name].help_text = _("Time in %(zone)s") % {"zone": self.instance.call.zone}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        due, closes = cleaned.get("reviews_due_at"), self.instance.call.closes_at
        if due and due <= closes:
            self.add_error("reviews_due_at", _("Reviews are due before the call closes."))
        if problem := day_problem(cleaned.get("held_at"), self.instance):
            self.add_error("held_at", problem)
        threshold = cleaned.get("threshold")
        if threshold is not None and not 0 <= threshold <= 100:
            self.add_error("threshold", _("The lowest score is between 0 and 100, whatever the scale."))
        people, wanted = cleaned.get("reviewers"), cleaned.get("reviews_wanted")
        if people and wanted and len(people) < wanted:
            self.add_error(
                "reviewers", _("Choose at least as many people as readings are wanted, or nobody.")
            )
        return cleaned


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Criterion
        fields = ["name_ko", "name_en", "weight", "help_ko", "help_en"]


class StageAndCriteria:
    """The page of one stage as one form."""

    def __init__(self, stage: Stage, data: Any = None) -> None:
        self.form = StageForm(data, instance=stage)
        initial = stage.criteria.values("pk", "name_ko", "name_en", "help_ko", "help_en", "weight")
        self.criteria = rows_of(CriterionForm, "criteria", data, list(initial), 2)

    def is_valid(self) -> bool:
        valid = [self.form.is_valid(), self.criteria.is_valid()]  # both, so that all errors show
        return all(valid) and self._weights_add_up()

    def _weights_add_up(self) -> bool:
        rows = kept(self.criteria)
        total = sum(row.cleaned_data["weight"] for row in rows)
        if not rows or total == 100:
            return True
        message = _("The weights add up to %(total)s; they have to add up to 100.") % {"total": total}
        rows[-1].add_error("weight", message)
        return False

    def cleaned(self) -> dict[str, Any]:
        """What `edit_stage` takes."""
        criteria = [
            {name: value for name, value in row.cleaned_data.items() if name != "DELETE"}
            for row in kept(self.criteria)
        ]
        return {**self.form.cleaned_data, "criteria": criteria}


class WeightsForm(forms.Form):
    """The share of each stage in the total; a single stage has all of it, and nothing is asked."""

    def __init__(self, *args: Any, stages: list[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stages = stages
        for stage in stages if len(stages) > 1 else []:
            self.fields[f"stage-{stage.pk}"] = forms.IntegerField(
                label=gettext_lazy("Weight of “%(stage)s”") % {"stage": stage.name},
                initial=stage.weight,
                min_value=1,
                max_value=100,
                # The cards of the stages hold forms of their own, so the page's form lies outside them.
                widget=forms.NumberInput(attrs={"form": "weights"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.fields and not self.errors and (total := sum(cleaned.values())) != 100:
            message = _("The weights add up to %(total)s; they have to add up to 100.") % {"total": total}
            self.add_error(f"stage-{self.stages[-1].pk}", message)
        return cleaned

    def with_fields(self) -> list[tuple[Stage, forms.BoundField | None]]:
        names = [(stage, f"stage-{stage.pk}") for stage in self.stages]
        return [(stage, self[name] if name in self.fields else None) for stage, name in names]

    def weights(self) -> dict[int, int]:
        return {stage.pk: self.cleaned_data.get(f"stage-{stage.pk}", 100) for stage in self.stages}
