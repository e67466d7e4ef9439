"""What the office marks when an application goes back to be completed."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bridgehead.calls.models import Application

USUAL_DAYS = 7


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


def _in_a_week(zone: str) -> datetime:
    """The end of the day a week from now, as offices set their deadlines."""
    day = timezone.now().astimezone(ZoneInfo(zone)) + timedelta(days=USUAL_DAYS)
    return day.replace(hour=18, minute=0, second=0, microsecond=0)


class DueForm(forms.Form):
    due_at = forms.DateTimeField(label=gettext_lazy("To be completed by"), widget=_moment())

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = application.call.zone
        self.fields["due_at"].initial = _in_a_week(zone)
        self.fields["due_at"].help_text = _("Time in %(zone)s. Afterwards the application is closed.") % {
            "zone": zone
        }

    def clean_due_at(self) -> datetime:
        due: datetime = self.cleaned_data["due_at"]
        if due <= timezone.now():
            raise ValidationError(_("This moment has passed. Give the firm some time."))
        return due


class ReturnForm(DueForm):
    note = forms.CharField(
        label=gettext_lazy("What is missing"),
        help_text=gettext_lazy("The firm reads exactly this, by mail and on its page."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    fields_open = forms.MultipleChoiceField(
        label=gettext_lazy("Questions to complete"),
        help_text=gettext_lazy("Only these open for the firm. Tick none to open the whole application."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ["note", "fields_open", "due_at"]

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        choices = [(question.key, question.label) for question in application.question_set.questions.all()]
        self.fields["fields_open"].choices = choices  # type: ignore[attr-defined]
