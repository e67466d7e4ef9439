"""When and where an interview is held. The same fields stand in the builder's form of the stage."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from bridgehead.calls.forms.officer.moments import moment
from bridgehead.calls.models import Stage

DAY_FIELDS = ["held_at", "minutes_each", "place_ko", "place_en"]


def day_problem(held_at: Any, stage: Stage) -> str:
    """Why nobody can come at that moment; empty where they can."""
    if held_at and held_at <= stage.call.closes_at:
        return _("The day lies before the call closes.")
    return ""


class DayForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Stage
        fields = DAY_FIELDS
        widgets = {"held_at": moment()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_at"].help_text = _("Time in %(zone)s") % {"zone": self.instance.call.zone}

    def clean_held_at(self) -> Any:
        held_at = self.cleaned_data["held_at"]
        if problem := day_problem(held_at, self.instance):
            raise forms.ValidationError(problem)
        return held_at
