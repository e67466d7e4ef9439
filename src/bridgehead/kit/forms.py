"""Forms rendered with KRDS fields, everywhere and without asking."""

from django.forms.renderers import TemplatesSetting


class KrdsRenderer(TemplatesSetting):
    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"
