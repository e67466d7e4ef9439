"""Forms rendered with KRDS fields, everywhere and without asking."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class KrdsRenderer(TemplatesSetting):
    """Our form and field templates; the widgets' templates in `django/forms/widgets/` override Django's own."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"


class ExampleForm(forms.Form):
    """One field of each kind, for the style guide."""

    firm = forms.CharField(label=_("Firm"), help_text=_("As on the business registration certificate."))
    email = forms.EmailField(label=_("Email address"))
    secret = forms.CharField(label=_("Password"), widget=forms.PasswordInput, required=False)
    staff = forms.IntegerField(label=_("People at work"), min_value=1, required=False)
    region = forms.ChoiceField(
        label=_("Region"), choices=[("", _("Choose one")), ("jongno", _("Jongno")), ("iksan", _("Iksan"))]
    )
    trades = forms.MultipleChoiceField(
        label=_("Trades"),
        choices=[("jewelry", _("Jewelry")), ("ceramics", _("Ceramics")), ("ict", _("ICT"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All that apply."),
    )
    freight = forms.ChoiceField(
        label=_("Freight"),
        choices=[("ship", _("Shipped")), ("hand", _("Hand-carried"))],
        widget=forms.RadioSelect,
    )
    founded = forms.DateField(label=_("Founded on"), required=False, widget=forms.DateInput)
    call_at = forms.DateTimeField(label=_("Call us at"), required=False)
    plan = forms.CharField(label=_("Export plan"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    certificate = forms.FileField(
        label=_("Certificate"), required=False, help_text=_("PDF or photo, up to 10 MB.")
    )
    consent = forms.BooleanField(label=_("I agree to the use of these data for this call."))
