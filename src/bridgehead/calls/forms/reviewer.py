"""What a reviewer types: scores with reasons, a conflict of interest, and the declaration before the first reading."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.calls.models import Criterion, Review, ReviewerProfile
from bridgehead.kit.validators import clean_business_number

FIVE = {5: _("5 excellent"), 4: _("4 good"), 3: _("3 fair"), 2: _("2 weak"), 1: _("1 poor")}
#: Above this the scale is typed instead of chosen.
MOST_BUTTONS = 10
EMPLOYERS = 3


def _value_field(best: int, initial: int | None) -> forms.Field:
    common: dict[str, Any] = {"label": _("Score"), "required": False, "initial": initial}
    if best > MOST_BUTTONS:
        text = _("A whole number from 1 to %(best)s") % {"best": best}
        return forms.IntegerField(min_value=1, max_value=best, help_text=text, **common)
    words = FIVE if best == 5 else {value: str(value) for value in range(best, 0, -1)}
    return forms.TypedChoiceField(
        choices=list(words.items()), coerce=int, empty_value=None, widget=forms.RadioSelect, **common
    )


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
        self.best = review.application.call.scale_max
        self.criteria: list[Criterion] = list(review.stage.criteria.all())
        self.fields["comment"].initial = review.comment
        scores = {score.criterion_id: score for score in review.scores.all()}
        for criterion in self.criteria:
            score = scores.get(criterion.pk)
            self.fields[f"value_{criterion.pk}"] = _value_field(self.best, score.value if score else None)
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
        choose = _("Choose a score from 1 to %(best)s.") % {"best": self.best}
        texts = {"value": choose, "reason": _("Write the reason of this score.")}
        for pk, parts in missing.items():
            for part in parts:
                self.add_error(f"{part}_{pk}", str(texts[part]))


class ConflictForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind of conflict"), choices=Review.Conflict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("In your words"), required=False, max_length=300)


class DeclarationForm(forms.Form):
    """Where conflicts of interest may lie. Employers are a few rows rather than a table that grows."""

    expertise = forms.CharField(
        label=_("Fields you know well"),
        help_text=_("Words separated by commas, such as: ceramics, jewelry, software"),
        required=False,
        max_length=300,
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=30)
    address = forms.CharField(
        label=pgettext_lazy("postal", "Address"),
        help_text=_("Where you live or work. Compared with the applicants’ addresses by the computer."),
        required=False,
        max_length=200,
    )
    pledge = forms.BooleanField(
        label=_(
            "I will judge impartially, declare every conflict of interest I notice, and keep what I read to myself."
        )
    )

    def __init__(self, *args: Any, profile: ReviewerProfile | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if profile:
            self.initial = {
                "expertise": ", ".join(profile.expertise),
                "phone": profile.phone,
                "address": profile.address,
            }
        known = list(profile.employers) if profile else []
        for row in range(max(EMPLOYERS, len(known) + 1)):
            values = known[row] if row < len(known) else {}
            self._add_employer(row, values)
        self.rows_count = max(EMPLOYERS, len(known) + 1)

    def _add_employer(self, row: int, values: Mapping[str, str]) -> None:
        labels: list[tuple[str, Any, type[forms.Field], dict[str, Any]]] = [
            ("name", _("Organisation or firm"), forms.CharField, {"max_length": 120}),
            ("number", _("Business registration number, if you know it"), forms.CharField, {"max_length": 12}),
            ("until", _("Until (empty: still there)"), forms.DateField, {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}),
        ]  # fmt: skip
        for name, label, field, options in labels:
            self.fields[f"employer_{name}_{row}"] = field(
                label=label, required=False, initial=values.get(name, ""), **options
            )

    def employer_rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        names = ("name", "number", "until")
        return [
            (row + 1, [self[f"employer_{name}_{row}"] for name in names]) for row in range(self.rows_count)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in range(self.rows_count):
            number = cleaned.get(f"employer_number_{row}")
            if number:
                try:
                    cleaned[f"employer_number_{row}"] = clean_business_number(number)
                except ValidationError as error:
                    self.add_error(f"employer_number_{row}", error)
            if not cleaned.get(f"employer_name_{row}") and (number or cleaned.get(f"employer_until_{row}")):
                self.add_error(f"employer_name_{row}", _("Write the name of the organisation."))
        return cleaned

    def declared(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        words = [word.strip() for word in cleaned["expertise"].replace("·", ",").split(",")]
        return {
            "expertise": [word for word in words if word],
            "phone": cleaned["phone"],
            "address": cleaned["address"],
            "employers": [
                {
                    "name": cleaned[f"employer_name_{row}"],
                    "number": cleaned[f"employer_number_{row}"],
                    "until": until.isoformat() if (until := cleaned[f"employer_until_{row}"]) else "",
                }
                for row in range(self.rows_count)
                if cleaned[f"employer_name_{row}"]
            ],
        }
