"""What the office types about applications, reviewers and decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts.models import User
from bridgehead.calls.forms.officer.moments import moment
from bridgehead.calls.models import Decision


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ExtendForm(forms.Form):
    closes_at = forms.DateTimeField(label=_("New deadline"), widget=moment())
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ChangeForm(ReasonForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Decision.Outcome.choices)
    field_order = ["outcome", "reason"]


class AssignForm(forms.Form):
    reviewer = forms.ModelChoiceField[User](label=_("Reviewer"), queryset=User.objects.none())

    def __init__(self, *args: Any, reviewers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = reviewers  # type: ignore[attr-defined]
