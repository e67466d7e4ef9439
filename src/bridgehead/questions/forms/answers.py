"""The form of a question set. Draft: nothing is required and nothing typed is refused. Final: everything is checked."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from bridgehead.kit.bilingual import pick
from bridgehead.questions.forms.fields import AnswerField, FileAnswerField
from bridgehead.questions.forms.widgets import REMOVE, STORED
from bridgehead.questions.models import Question, QuestionSet
from bridgehead.questions.queries import attachments_by_id
from bridgehead.questions.rules import answers as rules
from bridgehead.questions.rules.files import CheckedFile

PREFIX = "q"


@dataclass(frozen=True)
class FormPart:
    """One question on the page, with what a script needs to hide and show it."""

    field: forms.BoundField
    question: Question
    is_asked: bool

    @property
    def asked_if(self) -> str:
        """The control on this page it depends on; one that is not on the page cannot change."""
        key = self.question.condition.get("key")
        return f"{PREFIX}-{key}" if key in self.field.form.fields else ""

    @property
    def asked_in(self) -> str:
        return "\n".join(self.question.condition.get("in", []))


class AnswersForm(forms.Form):
    """Made by `answers_form`. After `is_valid`: `answers` (JSON) and `uploads` (files to be stored under their key)."""

    required_css_class = ""

    def __init__(
        self,
        questions: Iterable[Question],
        *,
        only: Container[str] | None,
        arrived: Mapping[str, Iterable[str]],
        data: Mapping[str, Any] | None,
        files: MultiValueDict[str, Any] | None,
        initial: Mapping[str, Any],
        language: str,
        final: bool,
    ) -> None:
        super().__init__(data, files, initial=dict(initial), prefix=PREFIX, use_required_attribute=False)
        self.questions, self.language, self.final = list(questions), language, final
        self.shown = [q for q in self.questions if only is None or q.key in only]
        fresh = self._named_files(arrived)
        stored = attachments_by_id([*fresh.values(), *(initial.get(q.key) for q in self._files)])
        for question in self.shown:
            key = question.key
            if question.kind != Question.Kind.FILE:
                self.fields[key] = AnswerField(question, language=language, final=final)
                continue
            self.fields[key] = FileAnswerField(
                question,
                language=language,
                final=final,
                stored=stored.get(str(fresh.get(key) or initial.get(key))),
                arrived=arrived.get(key, ()),
                fresh=key in fresh,
            )

    @property
    def _files(self) -> list[Question]:
        return [question for question in self.shown if question.kind == Question.Kind.FILE]

    def _named_files(self, arrived: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Files uploaded in parts that the page names and that are not answers yet: they stay on the page."""
        named = {q.key: str(self.data.get(f"{PREFIX}-{q.key}{STORED}", "")) for q in self._files}
        return {key: pk for key, pk in named.items() if pk in set(arrived.get(key, ()))}

    def _asked(self, values: Mapping[str, Any]) -> set[str]:
        """With the stored answers to questions that are not on the page."""
        return {question.key for question in rules.asked(self.questions, {**self.initial, **values})}

    def clean(self) -> dict[str, Any]:
        """Required questions, as far as they are asked; errors of questions not asked do not count."""
        values = self.cleaned_data
        if not self.final:
            return values
        asked = self._asked(values)
        for question in self.shown:
            if question.key not in asked:
                self.errors.pop(question.key, None)
            elif question.required and question.key not in self.errors and values.get(question.key) is None:
                self.add_error(question.key, rules.missing_message(question))
        return values

    @property
    def answers(self) -> rules.Answers:
        """Without empty answers, without new uploads and, when final, without those to questions not asked.

        Where an upload was refused, the file stored before stays the answer.
        """
        refused = {key: self.initial[key] for key in self.errors if key in self.initial}
        values = {
            key: value
            for key, value in {**refused, **self.cleaned_data}.items()
            if not rules.is_empty(value) and not isinstance(value, CheckedFile)
        }
        if not self.final:
            return values
        asked = self._asked(self.cleaned_data)
        return {key: value for key, value in values.items() if key in asked}

    @property
    def uploads(self) -> dict[str, CheckedFile]:
        return {key: value for key, value in self.cleaned_data.items() if isinstance(value, CheckedFile)}

    def parts(self) -> list[FormPart]:
        return [part for _title, parts in self.sections() for part in parts]

    def sections(self) -> list[tuple[str, list[FormPart]]]:
        """The questions under their section headings, in order."""
        asked = self._asked({question.key: self[question.key].value() for question in self.shown})
        sections: list[tuple[str, list[FormPart]]] = []
        for question in self.shown:
            if question.key not in asked and question.condition.get("key") not in self.fields:
                continue
            title = pick(question.section_ko, question.section_en, self.language)
            if not sections or sections[-1][0] != title:
                sections.append((title, []))
            sections[-1][1].append(FormPart(self[question.key], question, question.key in asked))
        return sections


def answers_form(
    question_set: QuestionSet,
    *,
    data: Mapping[str, Any] | None = None,
    files: MultiValueDict[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    only: Container[str] | None = None,
    arrived: Mapping[str, Iterable[str]] | None = None,
    language: str,
    final: bool = False,
) -> AnswersForm:
    """`initial` holds the stored answers. Stored files are known from there and from `arrived` (question key → ids of
    files this person uploaded in parts), never from `data` alone. `only`: the questions on the page.
    """
    return AnswersForm(
        question_set.questions.all(),
        only=only,
        arrived=arrived or {},
        data=data,
        files=files,
        initial=initial or {},
        language=language,
        final=final,
    )


def without_removals(data: QueryDict) -> QueryDict:
    """For autosave: a file is let go only by the button, because a tick can be taken back."""
    copy = data.copy()
    for name in [name for name in copy if name.endswith(REMOVE)]:
        del copy[name]
    return copy


def data_of(question_set: QuestionSet, answers: Mapping[str, Any]) -> MultiValueDict[str, str]:
    """What a browser would post for these answers."""
    data: MultiValueDict[str, str] = MultiValueDict()
    for question in question_set.questions.all():
        value, name = answers.get(question.key), f"{PREFIX}-{question.key}"
        if value is None or question.kind == Question.Kind.FILE:
            continue
        if question.kind == Question.Kind.TABLE:
            for number, row in enumerate(value):
                for column, cell in row.items():
                    data[f"{name}.{number}.{column}"] = cell
        elif question.kind == Question.Kind.CONSENT:
            data[name] = "on"
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value
    return data
