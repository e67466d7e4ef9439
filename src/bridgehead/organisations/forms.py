"""What a workshop says about itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.kit.validators import clean_business_number
from bridgehead.organisations.models import Organisation


class FirmForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name_ko", "name_en", "sector", "region", "address", "phone", "website"]
        help_texts = {
            "name_en": _("As it should stand in the fair's catalogue"),
            "sector": _("Such as jewelry, ceramics or ICT"),
        }
        widgets = {"phone": forms.TextInput({"inputmode": "tel", "autocomplete": "tel"})}

    def own_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewFirmForm(FirmForm):
    business_number = forms.CharField(
        label=_("Business registration number"),
        max_length=20,
        help_text=_("10 digits, as on the business registration certificate, such as 123-45-67891"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    field_order = ["business_number"]

    def clean_business_number(self) -> str:
        return clean_business_number(self.cleaned_data["business_number"])


class MemberForm(forms.Form):
    email = forms.EmailField(label=_("Email address of the person"))
