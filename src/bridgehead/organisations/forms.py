"""What a workshop says about itself."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts.roles import CHOICES as ROLE_CHOICES
from bridgehead.kit.validators import clean_business_number
from bridgehead.organisations.models import Host, Organisation


class FirmForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name_ko", "name_en", "sector", "region", "employees", "address", "phone", "website"]
        help_texts = {
            "name_en": _("As it should stand in the fair's catalogue"),
            "sector": _("Such as jewelry, ceramics or ICT"),
            "region": _("City or district of the place of business; some calls are for one region only"),
            "employees": _("As insured, without the owner; some calls are for small firms only"),
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


class RoleForm(forms.Form):
    host = forms.ModelChoiceField(Host.objects.none(), label=_("Host"))
    email = forms.EmailField(label=_("Email address of the person"))
    name = forms.CharField(label=_("Name, if the person is new here"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)

    def __init__(self, *args: Any, hosts: QuerySet[Host], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["host"])
        field.queryset, field.empty_label = hosts, None
