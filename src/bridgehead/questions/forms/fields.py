"""One form field for every kind of question; what counts as an answer is the business of `rules`."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bridgehead.kit.bilingual import pick
from bridgehead.questions.forms.widgets import FileWidget, TableWidget
from bridgehead.questions.models import Question
from bridgehead.questions.rules import answers as rules
from bridgehead.questions.rules import files

Kind = Question.Kind
#: From here on a list to open is easier on a phone than a column of buttons.
MANY_CHOICES = 8


def wording(question: Question, language: str) -> str:
    """The words of a consent, as they are shown and kept."""
    words = question.options.get("wording") or {}
    return pick(words.get("ko", ""), words.get("en", ""), language)


def column_labels(question: Question, language: str) -> list[dict[str, str]]:
    return [
        {"key": column["key"], "label": pick(column.get("ko", ""), column.get("en", ""), language)}
        for column in rules.columns(question)
    ]


def choice_labels(question: Question, language: str) -> list[tuple[str, str]]:
    return [
        (str(choice["value"]), pick(choice.get("ko", ""), choice.get("en", ""), language))
        for choice in question.options.get("choices", [])
    ]


def _text_widget(question: Question) -> forms.Widget:
    longest = rules.max_length(question)
    if question.kind == Kind.SHORT_TEXT:
        return forms.TextInput({"maxlength": longest})
    rows = 4 if longest <= 500 else 8
    # No maxlength here: a text pasted from elsewhere is kept whole and shortened by its writer.
    return forms.Textarea({"rows": rows, "data-counter": longest, "data-counter-words": _("%(left)s left")})


def file_widget(question: Question, stored: Any, fresh: bool) -> FileWidget:
    limit = files.max_megabytes(question)
    attrs = {
        "accept": files.accept_attribute(question),
        "data-question": question.key,
        "data-largest": limit * 1024 * 1024,
        "data-too-large": _("This file is larger than %(limit)d MB. Make it smaller.") % {"limit": limit},
    }
    return FileWidget(stored=stored, fresh=fresh, attrs=attrs)


def widget_of(question: Question, language: str) -> forms.Widget:
    match question.kind:
        case Kind.SHORT_TEXT | Kind.LONG_TEXT:
            return _text_widget(question)
        case Kind.NUMBER | Kind.MONEY:
            return forms.TextInput(
                {"inputmode": "decimal", "autocomplete": "off", "class": "bh-input--short"}
            )
        case Kind.DATE:
            return forms.DateInput()
        case Kind.CHOICE:
            choices = choice_labels(question, language)
            if len(choices) >= MANY_CHOICES:
                return forms.Select(choices=[("", _("Choose")), *choices])
            return forms.RadioSelect(choices=choices)
        case Kind.CHOICES:
            return forms.CheckboxSelectMultiple(choices=choice_labels(question, language))
        case Kind.TABLE:
            rows = int(question.options.get("rows") or 0) or None
            return TableWidget(column_labels(question, language), rows=rows)
        case _:
            return forms.CheckboxInput()


def help_of(question: Question, language: str) -> SafeString | str:
    """The officer's help, escaped (the field template trusts help texts), with what the kind itself asks for."""
    parts = [pick(question.help_ko, question.help_en, language)]
    if question.kind == Kind.MONEY:
        parts.append(_("In %(currency)s, digits only.") % {"currency": rules.currency(question)})
    if question.kind == Kind.FILE:
        kinds = ", ".join(name.upper() for name in files.allowed_types(question))
        limit = files.max_megabytes(question)
        parts.append(_("%(kinds)s, up to %(limit)d MB.") % {"kinds": kinds, "limit": limit})
    if question.kind == Kind.CONSENT:
        return SafeString(linebreaks(wording(question, language), autoescape=True))
    return escape(" ".join(part for part in parts if part))


class AnswerField(forms.Field):
    """Cleans with the question's rule. With `final=False` what cannot be cleaned is kept as typed, not refused."""

    def __init__(
        self, question: Question, *, language: str, final: bool, widget: forms.Widget | None = None
    ) -> None:
        self.question, self.final = question, final
        super().__init__(
            required=question.required,
            label=pick(question.label_ko, question.label_en, language),
            help_text=help_of(question, language),
            widget=widget or widget_of(question, language),
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def clean(self, value: Any) -> Any:
        try:
            return rules.clean_value(self.question, value)
        except ValidationError:
            if self.final:
                raise
            return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial != data)


class FileAnswerField(AnswerField):
    """Gives a CheckedFile for a new upload, the id of a stored file, or None. A bad upload is refused in drafts too.

    `arrived` are the files this person has just uploaded in parts for this question: only these may be named.
    """

    def __init__(self, question: Question, *, stored: Any, arrived: Any, fresh: bool, **kwargs: Any) -> None:
        super().__init__(question, widget=file_widget(question, stored, fresh), **kwargs)
        self.arrived = frozenset(arrived)

    def _clean_bound_field(self, bf: forms.BoundField) -> Any:
        given = bf.data
        if given.upload is not None:
            return files.check_file(self.question, given.upload)
        if given.stored in self.arrived:
            return given.stored
        return None if given.remove else bf.initial

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data.stored if data.stored in self.arrived else initial
