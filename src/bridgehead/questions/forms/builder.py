"""How an officer writes a question set: names, and questions whose options are plain lines of text."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bridgehead.kit.money import SYMBOLS
from bridgehead.organisations.models import Host
from bridgehead.questions.models import Question, QuestionSet
from bridgehead.questions.rules.files import TYPES

Kind = Question.Kind
LINE = gettext_lazy(
    "One per line: code | Korean | English. The code is kept in the answers, such as icheon | 이천 | Icheon."
)
CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


class SetForm(forms.ModelForm):
    class Meta:
        model = QuestionSet
        fields = ["host", "name"]

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"] = forms.ModelChoiceField(
            hosts, label=Host._meta.verbose_name, empty_label=None, initial=hosts.first()
        )


class LinesField(forms.CharField):
    """Lines `code | Korean | English` as a list of dictionaries."""

    def __init__(self, *, code: str, **kwargs: Any) -> None:
        self.code = code
        super().__init__(required=False, widget=forms.Textarea({"rows": 5}), help_text=LINE, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{line[self.code]} | {line.get('ko', '')} | {line.get('en', '')}" for line in value)

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = [line for line in str(value or "").splitlines() if line.strip()]
        found = [self._line(number, line) for number, line in enumerate(lines, start=1)]
        codes = [line[self.code] for line in found]
        if len(set(codes)) < len(codes):
            raise ValidationError(_("Each code may be used once."))
        return found

    def _line(self, number: int, line: str) -> dict[str, str]:
        code, korean, english, *_more = [part.strip() for part in f"{line}||".split("|")]
        if not CODE.fullmatch(code):
            raise ValidationError(
                _("Line %(number)d: the code may hold letters, digits, - and _ only.") % {"number": number}
            )
        return {self.code: code, "ko": korean or code, "en": english}


class QuestionForm(forms.ModelForm):
    """One question. Only the options that belong to its kind are kept."""

    choices = LinesField(code="value", label=gettext_lazy("Answers to choose from"))
    columns = LinesField(code="key", label=gettext_lazy("Columns of the table"))
    rows = forms.IntegerField(
        label=gettext_lazy("Fixed number of rows"),
        min_value=1,
        max_value=50,
        required=False,
        help_text=gettext_lazy("Empty: rows can be added."),
    )
    max_length = forms.IntegerField(
        label=gettext_lazy("Longest text (characters)"), min_value=1, max_value=20000, required=False
    )
    min = forms.DecimalField(label=gettext_lazy("Smallest value"), required=False)
    max = forms.DecimalField(label=gettext_lazy("Largest value"), required=False)
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), required=False, choices=[(code, code) for code in SYMBOLS]
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Accepted kinds of file"),
        required=False,
        choices=[(name, name.upper()) for name in TYPES],
        widget=forms.CheckboxSelectMultiple,
    )
    max_mb = forms.IntegerField(
        label=gettext_lazy("Largest file (MB)"), min_value=1, max_value=50, required=False
    )
    wording_ko = forms.CharField(
        label=gettext_lazy("Words agreed to, in Korean"), required=False, widget=forms.Textarea({"rows": 5})
    )
    wording_en = forms.CharField(
        label=gettext_lazy("Words agreed to, in English"), required=False, widget=forms.Textarea({"rows": 5})
    )
    asked_if = forms.ChoiceField(label=gettext_lazy("Asked only if the answer to"), required=False)
    asked_in = forms.CharField(
        label=gettext_lazy("is one of these codes"),
        required=False,
        help_text=gettext_lazy("Codes of its answers, with commas between them."),
    )

    class Meta:
        model = Question
        fields = [
            "kind",
            "key",
            "label_ko",
            "label_en",
            "help_ko",
            "help_en",
            "section_ko",
            "section_en",
            "required",
            "identifying",
        ]

    #: Which extra fields belong to which kinds; the others are not kept.
    OPTIONS = {
        "choices": {Kind.CHOICE, Kind.CHOICES},
        "columns": {Kind.TABLE},
        "rows": {Kind.TABLE},
        "max_length": {Kind.SHORT_TEXT, Kind.LONG_TEXT},
        "min": {Kind.NUMBER, Kind.MONEY},
        "max": {Kind.NUMBER, Kind.MONEY},
        "currency": {Kind.MONEY},
        "types": {Kind.FILE},
        "max_mb": {Kind.FILE},
    }

    def __init__(self, *args: Any, question_set: QuestionSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question_set = question_set
        earlier = [q for q in question_set.questions.all() if q.kind in {Kind.CHOICE, Kind.CHOICES}]
        self.sources = {q.key: q for q in earlier if q.pk != self.instance.pk}
        asked_if = self.fields["asked_if"]
        assert isinstance(asked_if, forms.ChoiceField)
        asked_if.choices = [("", _("(always asked)")), *((key, q.label) for key, q in self.sources.items())]
        if self.instance.pk:
            self._read(self.instance)

    def _read(self, question: Question) -> None:
        wording = question.options.get("wording") or {}
        options = {name: question.options[name] for name in self.OPTIONS if name in question.options}
        self.initial.update(options)
        self.initial.update(wording_ko=wording.get("ko", ""), wording_en=wording.get("en", ""))
        if question.condition:
            condition = question.condition
            self.initial.update(asked_if=condition["key"], asked_in=", ".join(condition["in"]))

    def clean_key(self) -> str:
        key = self.cleaned_data["key"]
        if self.question_set.questions.filter(key=key).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another question of this set has this key."))
        return key

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if kind in {Kind.CHOICE, Kind.CHOICES} and not cleaned.get("choices"):
            self.add_error("choices", _("Write at least one answer to choose from."))
        if kind == Kind.TABLE and not cleaned.get("columns"):
            self.add_error("columns", _("Write at least one column."))
        if kind == Kind.CONSENT and not (cleaned.get("wording_ko") or cleaned.get("wording_en")):
            self.add_error("wording_ko", _("Write the words that are agreed to."))
        self._check_condition(cleaned)
        return cleaned

    def _check_condition(self, cleaned: dict[str, Any]) -> None:
        if not (source := self.sources.get(cleaned.get("asked_if") or "")):
            return
        offered = {str(choice["value"]) for choice in source.options.get("choices", [])}
        wanted = self._codes(cleaned)
        if not wanted or not wanted <= offered:
            message = _("Write codes of that question: %(codes)s.") % {"codes": ", ".join(sorted(offered))}
            self.add_error("asked_in", message)

    @staticmethod
    def _codes(cleaned: dict[str, Any]) -> set[str]:
        return {code.strip() for code in cleaned.get("asked_in", "").split(",") if code.strip()}

    def question_fields(self) -> dict[str, Any]:
        """What the actions take: the model's own fields with `options` and `condition` put together."""
        cleaned = self.cleaned_data
        options = {
            name: str(cleaned[name]) if name in {"min", "max"} else cleaned[name]
            for name, kinds in self.OPTIONS.items()
            if cleaned["kind"] in kinds and cleaned.get(name) not in (None, "", [])
        }
        if cleaned["kind"] == Kind.CONSENT:
            options["wording"] = {"ko": cleaned["wording_ko"], "en": cleaned["wording_en"]}
        condition: dict[str, Any] = {}
        if cleaned["asked_if"]:
            condition = {"key": cleaned["asked_if"], "in": sorted(self._codes(cleaned))}
        own = {name: cleaned[name] for name in self.Meta.fields}
        return {**own, "options": options, "condition": condition}
