"""A pavilion, its stands by their measures in metres, and who stands on which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.calls.models import Award
from bridgehead.fairs import queries
from bridgehead.fairs.models import Pavilion, Stand

SIDES = [("n", _("top")), ("e", _("right")), ("s", _("bottom")), ("w", _("left"))]


class MetresInput(forms.NumberInput):
    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "decimal", "step": "0.01", "min": "0"})


class PavilionForm(forms.ModelForm):
    open_sides = forms.MultipleChoiceField(
        label=_("Open sides"),
        choices=SIDES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sides without a wall, as seen on the plan"),
    )

    class Meta:
        model = Pavilion
        fields = ["name_ko", "name_en", "hall", "width", "depth", "open_sides"]
        widgets = {"width": MetresInput(), "depth": MetresInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["open_sides"] = list(self.instance.open_sides)

    def clean_open_sides(self) -> str:
        return "".join(self.cleaned_data["open_sides"])


class StandForm(forms.ModelForm):
    class Meta:
        model = Stand
        fields = ["code", "kind", "x", "y", "width", "depth"]
        widgets = {name: MetresInput() for name in ("x", "y", "width", "depth")}


class FillForm(forms.Form):
    number = forms.IntegerField(label=_("Number of stands"), min_value=1, max_value=200)
    rows = forms.IntegerField(label=_("Rows"), min_value=1, max_value=50, initial=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("rows", 0) > cleaned.get("number", 50):
            self.add_error("rows", _("There cannot be more rows than stands."))
        return cleaned


class ArrangeForm(forms.Form):
    """One choice a stand: the firm on it, or nobody."""

    def __init__(self, *args: Any, pavilion: Pavilion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands = [stand for stand in queries.stands_of(pavilion) if stand.kind == Stand.Kind.FIRM]
        self.awards = {str(award.pk): award for award in queries.awards_of(pavilion.programme)}
        choices = [("", _("nobody")), *((pk, str(award.firm)) for pk, award in self.awards.items())]
        for stand in self.stands:
            self.fields[f"stand_{stand.pk}"] = forms.ChoiceField(
                label=_("Stand %(code)s") % {"code": stand.code},
                choices=choices,
                required=False,
                initial=str(stand.award_id or ""),
            )

    def places(self) -> dict[Stand, Award | None]:
        return {stand: self.awards.get(self.cleaned_data[f"stand_{stand.pk}"]) for stand in self.stands}
