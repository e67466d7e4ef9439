"""Fourth step: what is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.questions.models import QuestionSet


class QuestionsForm(forms.Form):
    question_set = forms.ModelChoiceField[QuestionSet](
        label=_("Question set"), queryset=QuestionSet.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, question_sets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question_set"].queryset = question_sets  # type: ignore[attr-defined]


class NewerQuestionsForm(QuestionsForm):
    """For a published call: a later version, with the reason on record."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
