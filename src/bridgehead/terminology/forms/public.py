"""What readers fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.terminology.models import Suggestion


class SuggestionForm(forms.ModelForm[Suggestion]):
    kind = forms.ChoiceField(
        label=_("what it is about"), choices=Suggestion.Kind.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Suggestion
        fields = ["kind", "text", "name", "email"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "name": _("Only if you wish."),
            "email": _("Only if you would like an answer. Shown to the editors, to nobody else."),
        }
