"""What people type about products."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.catalogue import lists
from bridgehead.catalogue.models import Photo, Product
from bridgehead.certification.models import Case

CURRENCIES = ["USD", "EUR", "KRW", "JPY", "CNY", "GBP"]
_WHOLE = {"inputmode": "numeric", "autocomplete": "off"}


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProductForm(forms.ModelForm):
    category = forms.ChoiceField(label=_("Category"), required=False)
    materials = forms.MultipleChoiceField(
        label=_("Materials"), required=False, widget=forms.CheckboxSelectMultiple
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    hs_code = forms.CharField(
        label=_("HS code"),
        required=False,
        max_length=20,
        help_text=_("6, 8 or 10 digits, such as 7113.11.0000"),
        widget=forms.TextInput(attrs=_WHOLE),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Product
        fields = [
            "name_ko", "name_en", "code", "category", "description_ko", "description_en", "price_min", "price_max",
            "currency", "price_basis", "capacity", "minimum_order", "lead_time", "hs_code",
        ]  # fmt: skip
        help_texts = {
            "name_en": _("As buyers abroad will read it"),
            "code": _("Your own number for it. Left empty, it gets the next one"),
            "description_ko": _("What it is, how it is made, sizes and finish"),
            "price_max": _("Only where it depends on size or order"),
        }
        widgets = {
            "description_ko": _lines(5),
            "description_en": _lines(5),
            "price_min": forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            "price_max": forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            "capacity": forms.TextInput(attrs=_WHOLE),
            "minimum_order": forms.TextInput(attrs=_WHOLE),
            "lead_time": forms.TextInput(attrs=_WHOLE),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", _("Choose one"))]
        fields: dict[str, Any] = self.fields
        fields["category"].choices = [*none, *lists.choices(lists.categories())]
        fields["materials"].choices = lists.choices(lists.materials())
        fields["currency"].choices = [*none, *((code, code) for code in self._currencies())]
        fields["price_basis"].choices = [*none, *Product.Basis.choices]
        fields["code"].required = False
        if self.instance.pk:
            self.initial["materials"] = [made.material for made in self.instance.made_of.all()]
            self.initial["hs_code"] = self.instance.hs_code_shown
            self.initial["version"] = self.instance.version

    def _currencies(self) -> list[str]:
        """An imported currency stays choosable."""
        now = self.instance.currency
        return CURRENCIES if not now or now in CURRENCIES else [*CURRENCIES, now]

    def clean_hs_code(self) -> str:
        return "".join(sign for sign in self.cleaned_data["hs_code"] if sign not in " .-")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("price_min"), data.get("price_max")
        if low is None and high is not None and "price_min" not in self.errors:
            self.add_error("price_min", _("Write the lowest price as well, or only this one."))
        if low is not None and high is not None and high < low:
            self.add_error("price_max", _("The highest price is below the lowest."))
        if low is None:
            if "price_min" not in self.errors and high is None:
                data["currency"] = data["price_basis"] = ""
            return data
        for name, text in (
            ("currency", _("Choose the currency.")),
            ("price_basis", _("Say what the price includes.")),
        ):
            if not data.get(name):
                self.add_error(name, text)
        return data

    def _post_clean(self) -> None:
        """The action writes; the instance stays as it is, so that it can be compared and shown again."""
        kept, self.instance = self.instance, Product(firm_id=self.instance.firm_id, pk=self.instance.pk)
        super()._post_clean()  # type: ignore[misc]
        self.instance = kept

    def validate_unique(self) -> None:
        """The action says it, in a sentence."""

    def validate_constraints(self) -> None:
        """`clean` says them beside their fields."""

    def own_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class _ManyInput(forms.FileInput):
    allow_multiple_selected = True


class _PicturesField(forms.FileField):
    """Each file is looked at by itself, when it is kept: a bad one does not cost the good ones."""

    widget = _ManyInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return data or super().clean(None, initial)


class PhotosForm(forms.Form):
    """Several pictures at once, straight from a phone; the words come after."""

    pictures = _PicturesField(
        label=_("Pictures"),
        help_text=_("JPEG or PNG, up to 10 MB each. Take them against a plain background."),
        widget=_ManyInput(attrs={"accept": "image/jpeg,image/png"}),
    )


class WordsForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = ["alt_ko", "alt_en"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = f"photo-{self.instance.pk}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("alt_ko") or data.get("alt_en")):
            self.add_error("alt_ko", _("Say what the picture shows, for those who do not see it."))
        return data


class AskForm(forms.Form):
    case = forms.ModelChoiceField(Case.objects.none(), label=_("Certificate"), empty_label=None)

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        field.queryset = cases
        field.label_from_instance = lambda case: f"{case.version.scheme.name} · {case.number} · {case.scope}"


class RefusalForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=_lines(2), help_text=_("The firm reads it."))


class SheetForm(forms.Form):
    file = forms.FileField(label="XLSX, CSV")
