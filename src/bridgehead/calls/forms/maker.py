"""Small forms of the applicant's pages; the questions themselves are `questions.forms.answers`."""

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bridgehead.calls.consents import Asked
from bridgehead.organisations.models import Organisation


class StartForm(forms.Form):
    """For which of the person's firms; one firm needs no question."""

    firm = forms.ModelChoiceField(Organisation.objects.none(), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args: Any, firms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["firm"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.label = firms, _("Apply for")
        if len(firms) == 1:
            field.initial, field.widget = firms[0].pk, forms.HiddenInput()


class ConsentForm(forms.Form):
    """One tick per consent, none ticked beforehand; the words stand under each."""

    def __init__(self, *args: Any, asked: list[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for consent in asked:
            self.fields[consent.purpose] = forms.BooleanField(
                label=_("I agree: %(purpose)s") % {"purpose": consent.label},
                help_text=escape(consent.wording),
                required=consent.required,
                error_messages={"required": _("Without this consent the application cannot be sent.")},
            )

    def given(self) -> dict[str, str]:
        """Purpose → the words agreed to."""
        return {one.purpose: one.wording for one in self.asked if self.cleaned_data.get(one.purpose)}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It helps the office to plan; you may leave it empty."),
    )


class MemberForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100)
    email = forms.EmailField(label=gettext_lazy("Email address"))
    role = forms.CharField(
        label=gettext_lazy("Part in the team"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For example: design, sales, research"),
    )


class ReceiptForm(forms.Form):
    sha256 = forms.RegexField(
        r"^\s*[0-9a-fA-F]{64}\s*$",
        label="SHA-256",
        help_text=gettext_lazy("The 64 characters on the receipt"),
        error_messages={
            "invalid": gettext_lazy("Write the 64 characters from 0 to 9 and a to f on the receipt.")
        },
    )

    def clean_sha256(self) -> str:
        return str(self.cleaned_data["sha256"]).strip().lower()
