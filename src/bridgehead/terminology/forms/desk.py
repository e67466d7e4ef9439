"""What editors fill in: one section at a time."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField, formset_factory
from django.utils.translation import gettext_lazy as _

from bridgehead.engines.termbase import READABLE
from bridgehead.engines.termbase.model import RELATIONS
from bridgehead.terminology.models import Concept, Suggestion, Term
from bridgehead.terminology.pictures import ALT
from bridgehead.terminology.rules import Content
from bridgehead.terminology.subjects import SUBJECT_CHOICES, subject_name
from bridgehead.terminology.words import PARTS_OF_SPEECH
from bridgehead.terminology.words import RELATIONS as RELATION_NAMES

EXTRA_ROWS = 2


class FrameForm(forms.Form):
    """Subject field and references of a concept."""

    field = forms.ChoiceField(label=_("Subject field"), required=False)
    reason = forms.CharField(label=_("Why this change"), required=False, max_length=500)

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = content.get("field", "")
        known = [("", "–"), *SUBJECT_CHOICES]
        foreign = [] if now in dict(known) else [(now, subject_name(now))]
        self.fields["field"].choices = [*known, *foreign]  # type: ignore[attr-defined]
        for kind in RELATIONS:
            self.fields[kind] = forms.CharField(
                label=str(RELATION_NAMES[kind]),
                required=False,
                initial=", ".join(content.get(kind, ())),
                help_text=_("Identifiers of concepts, separated by commas."),
            )
        self.initial.setdefault("field", now)
        self.content = content
        self.order_fields(["field", *RELATIONS, "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind in RELATIONS:
            codes = list(
                dict.fromkeys(code.strip() for code in cleaned.get(kind, "").split(",") if code.strip())
            )
            there = set(Concept.objects.filter(code__in=codes).values_list("code", flat=True))
            unknown = [code for code in codes if code not in there and code not in self.content.get(kind, ())]
            if unknown:
                self.add_error(kind, _("There is no concept “%(code)s”.") % {"code": unknown[0]})
            cleaned[kind] = codes
        return cleaned

    def proposed(self, images: Sequence[Content]) -> Content:
        """`images` as `ImageForm.said` gives them. What else the frame says, an import may have brought, stays."""
        kept = {name: self.content[name] for name in ("uri", "extra") if name in self.content}
        said = {name: self.cleaned_data[name] for name in ("field", *RELATIONS)}
        extra = {name: value for name, value in kept.pop("extra", {}).items() if name != ALT}
        words = {each["address"]: {"ko": each["alt_ko"], "en": each["alt_en"]} for each in images}
        said |= {"images": list(words), "extra": extra | ({ALT: words} if words else {})}
        return kept | {name: value for name, value in said.items() if value}


class ImageForm(forms.Form):
    """One picture with its words; a row that is emptied or marked goes away. A file that was sent is an address."""

    address = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("PNG or JPEG, up to 10 MB"),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )
    alt_ko = forms.CharField(label=_("What it shows, in Korean"), required=False, max_length=300)
    alt_en = forms.CharField(label=_("What it shows, in English"), required=False, max_length=300)
    away = forms.BooleanField(label=_("Take this picture out"), required=False)

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        if address and not address.startswith(("https://", "/")):
            raise forms.ValidationError(_("“%(line)s” is no such address.") % {"line": address})
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("address") and not cleaned.get("away"):
            for name in ("alt_ko", "alt_en"):
                if not cleaned.get(name):
                    self.add_error(name, _("Say what can be seen, for those who cannot see it."))
        return cleaned

    def said(self) -> Content | None:
        given = self.cleaned_data
        return given if given.get("address") and not given["away"] else None

    @staticmethod
    def rows(content: Content) -> list[dict[str, str]]:
        words = content.get("extra", {}).get(ALT, {})
        return [
            {
                "address": address,
                "alt_ko": words.get(address, {}).get("ko", ""),
                "alt_en": words.get(address, {}).get("en", ""),
            }
            for address in content.get("images", ())
        ]


ImageFormSet = formset_factory(ImageForm, extra=1, max_num=20)


class NewConceptForm(forms.Form):
    code = forms.SlugField(
        label=_("Identifier"),
        max_length=200,
        help_text=_("English words with hyphens, such as bezel-setting. It never changes."),
    )
    field = forms.ChoiceField(label=_("Subject field"), choices=[("", "–"), *SUBJECT_CHOICES], required=False)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if Concept.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a concept with this identifier already."))
        return str(code)


class LanguageForm(forms.Form):
    """What is said about the concept in one language, besides its terms."""

    definition = forms.CharField(
        label=_("Definition"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "It could stand in a sentence where the term stands: the broader concept, then what sets this one apart."
        ),
    )
    source = forms.CharField(label=_("Source of the definition"), required=False, max_length=500)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(label=_("Why this change"), required=False, max_length=500)

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        first = (content.get("definitions") or [{}])[0]
        initial = {
            "definition": first.get("text", ""),
            "source": first.get("source", ""),
            "note": content.get("note", ""),
        }
        super().__init__(*args, initial=initial, **kwargs)  # type: ignore[misc]
        self.content = content

    def proposed(self, terms: list[Content]) -> Content:
        """Second definitions, which imports may bring, stay as they are."""
        said = self.cleaned_data
        first = {"text": said["definition"], "source": said["source"]} if said["definition"] else {}
        definitions = [first] if first else []
        definitions += self.content.get("definitions", [])[1:]
        shown = [{name: value for name, value in each.items() if value} for each in definitions]
        whole = {"terms": terms, "definitions": shown, "note": said["note"]}
        return {name: value for name, value in whole.items() if value}


class TermForm(forms.ModelForm[Term]):
    """One term; a row whose term is emptied goes away."""

    MAIN = ("text", "status", "register")
    text = forms.CharField(label=_("Term"), max_length=500, required=False)
    pos = forms.ChoiceField(label=_("Part of speech"), required=False)

    class Meta:
        model = Term
        fields = [
            *("text", "status", "register", "pos", "hanja", "romanisation", "pronunciation", "gender"),
            *("origin", "where", "context", "note", "source"),
        ]
        widgets = dict.fromkeys(("origin", "where", "context", "note"), forms.TextInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.initial.get("pos", "")
        foreign = [] if now in PARTS_OF_SPEECH or not now else [(now, now)]
        self.fields["pos"].choices = [("", "–"), *PARTS_OF_SPEECH.items(), *foreign]  # type: ignore[attr-defined]

    @property
    def main(self) -> list[BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def details(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name not in self.MAIN]

    def _post_clean(self) -> None:
        """Nothing is saved from here: the row becomes part of a proposal."""

    def said(self) -> Content:
        """As a section has it; empty for an empty row."""
        values = {name: value for name, value in self.cleaned_data.items() if value}
        if not values.get("text"):
            return {}
        if values.get("register") == Term.Register.STANDARD:
            del values["register"]
        return {"term": values.pop("text"), **values}


TermFormSet = formset_factory(TermForm, extra=EXTRA_ROWS, max_num=60)


class ReturnForm(forms.Form):
    answer = forms.CharField(label=_("What should be different"), widget=forms.Textarea(attrs={"rows": 2}))


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(forms.Form):
    state = forms.ChoiceField(choices=[(Suggestion.State.TAKEN, ""), (Suggestion.State.DECLINED, "")])
    answer = forms.CharField(required=False, max_length=2000)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("TBX, SKOS (Turtle), XLSX, CSV or JSON, up to 100 MB.")
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("told from the file")), *((name, name.upper()) for name in READABLE)],
    )


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("Text"), required=False, max_length=100_000, widget=forms.Textarea(attrs={"rows": 8})
    )
