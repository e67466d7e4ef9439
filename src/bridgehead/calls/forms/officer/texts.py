"""Second step: the announcement, and files to download."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.calls.models import Call, CallFile
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import CheckedFile, check_file

#: Office papers and pictures; no archives, which nobody can look into before opening them.
TYPES = ["pdf", "hwpx", "xlsx", "jpeg", "png"]
LARGEST_MB = 20


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Call
        fields = [
            "body_ko",
            "body_en",
            "benefits_ko",
            "benefits_en",
            "eligibility_ko",
            "eligibility_en",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 10 if name.startswith("body") else 5}) for name in fields
        }


class FileForm(forms.ModelForm):  # type: ignore[type-arg]
    file = forms.FileField(label=_("File"))

    class Meta:
        model = CallFile
        fields = ["title_ko", "title_en"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("PDF, HWPX, XLSX or a picture, up to %(size)s MB") % {"size": LARGEST_MB}
        self.fields[
            "file"
        ].help_text = hint  # put together here: at import it would be in one language for all

    def clean_file(self) -> CheckedFile:
        asked = Question(kind=Question.Kind.FILE, options={"types": TYPES, "max_mb": LARGEST_MB})
        return check_file(asked, self.cleaned_data["file"])

    def cleaned(self) -> dict[str, Any]:
        return self.cleaned_data
