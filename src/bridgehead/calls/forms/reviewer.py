"""One reviewer's scores: a value and a reason for every criterion, and a comment."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.calls.models import Criterion, Review

VALUES = [
    (5, _("5 excellent")),
    (4, _("4 good")),
    (3, _("3 fair")),
    (2, _("2 weak")),
    (1, _("1 poor")),
]


class ScoresForm(forms.Form):
    """A draft may be incomplete, so nothing is required here; handing in checks that nothing is missing."""

    comment = forms.CharField(
        label=_("Comment for the committee"),
        help_text=_("Optional. The applicant does not see it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria: list[Criterion] = list(review.application.call.criteria.all())
        self.fields["comment"].initial = review.comment
        scores = {score.criterion_id: score for score in review.scores.all()}
        for criterion in self.criteria:
            score = scores.get(criterion.pk)
            self.fields[f"value_{criterion.pk}"] = forms.TypedChoiceField(
                label=_("Score"),
                choices=VALUES,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=score.value if score else None,
            )
            self.fields[f"reason_{criterion.pk}"] = forms.CharField(
                label=_("Reason"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=score.reason if score else "",
            )

    def rows(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        return [(c, self[f"value_{c.pk}"], self[f"reason_{c.pk}"]) for c in self.criteria]

    def scores(self) -> dict[int, dict[str, Any]]:
        cleaned = self.cleaned_data
        return {
            c.pk: {"value": cleaned.get(f"value_{c.pk}"), "reason": cleaned.get(f"reason_{c.pk}", "")}
            for c in self.criteria
        }

    def add_missing(self, missing: Mapping[int, list[str]]) -> None:
        texts = {"value": _("Choose a score from 1 to 5."), "reason": _("Write the reason of this score.")}
        for pk, parts in missing.items():
            for part in parts:
                self.add_error(f"{part}_{pk}", texts[part])


class ConflictForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind of conflict"), choices=Review.Conflict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("In your words"), required=False, max_length=300)
