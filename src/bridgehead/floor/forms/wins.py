"""Evidence for a win, the firm's confirmation of it, and the second line's check."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bridgehead.floor.forms.entries import ConfirmForm, PlainAmount, check_places
from bridgehead.floor.models import StageRecord, Win
from bridgehead.floor.rules import WIN_YEARS
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import CheckedFile, accept_attribute, check_file

#: What a stage is shown by: documents and pictures.
EVIDENCE = Question(options={"types": ["pdf", "jpeg", "png", "xlsx", "hwpx"], "max_mb": 20})


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Any number of files, each checked by its content."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Evidence"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy(
                "Contract, invoice, export declaration, remittance or photo: PDF, picture, XLSX, HWPX"
            ),
        )
        kwargs.setdefault("widget", SeveralFiles(attrs={"accept": accept_attribute(EVIDENCE)}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:  # type: ignore[override]
        sent = data if isinstance(data, list | tuple) else [data]
        uploads = [super(EvidenceField, self).clean(upload, initial) for upload in sent]
        return [check_file(EVIDENCE, upload) for upload in uploads if upload]


class EvidenceForm(forms.Form):
    files = EvidenceField()  # type: ignore[assignment]


class WinForm(ConfirmForm):
    """A firm confirms a win, signed in or by its link."""

    share = forms.ChoiceField(
        label=gettext_lazy("How much of this value would you have reached without the support?"),
        choices=Win.Share.choices,
        widget=forms.RadioSelect,
    )
    help = forms.ChoiceField(
        label=gettext_lazy("How much did the support help?"),
        choices=Win.Help.choices,
        widget=forms.RadioSelect,
    )
    publish = forms.ChoiceField(
        label=gettext_lazy("May this be published?"), choices=Win.Publish.choices, widget=forms.RadioSelect
    )
    files = EvidenceField(required=False)  # type: ignore[assignment]

    def __init__(self, data: Any = None, files: Any = None, *, record: StageRecord, **kwargs: Any) -> None:
        win = getattr(record, "win", None)
        initial = kwargs.pop("initial", {})
        self.years = [record.reached_on.year + n for n in range(WIN_YEARS)]
        said = {year.year: year.amount for year in win.years.all()} if win else {self.years[0]: record.amount}
        if win:
            initial |= {
                "confirmed_by": record.confirmed_by,
                "without_support": record.without_support,
                "share": win.share,
                "help": win.help,
                "publish": win.publish,
            }
        initial |= {f"year_{year}": said.get(year) for year in self.years}
        super().__init__(data, files, initial=initial, **kwargs)
        self.currency = record.currency
        for year in self.years:
            self.fields[f"year_{year}"] = PlainAmount(
                label=_("Value in %(year)d (%(currency)s)") % {"year": year, "currency": record.currency},
                required=False,
            )
        self.order_fields(
            [*(n for n in self.fields if n not in {"files", "confirmed_by"}), "files", "confirmed_by"]
        )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for year in self.years:
            check_places(self, f"year_{year}", self.currency)
        return data

    def said(self) -> dict[str, Any]:
        """The arguments of `confirm_win`."""
        data = self.cleaned_data
        named = ("confirmed_by", "without_support", "share", "help", "publish")
        years = {year: data.get(f"year_{year}") or Decimal(0) for year in self.years}
        return {**{name: data[name] for name in named}, "years": years}


class CheckForm(forms.Form):
    accept = forms.ChoiceField(
        choices=[("yes", gettext_lazy("accept")), ("no", gettext_lazy("return"))],
        label=gettext_lazy("The check"),
    )
    note = forms.CharField(label=gettext_lazy("What the check found"), max_length=300, required=False)
