"""What people type about certification. Each form of a deed knows its case."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.certification.models import (
    Answer,
    Case,
    Complaint,
    Criterion,
    Decision,
    Evidence,
    Finding,
    ImpartialityNote,
    Limit,
    Nonconformity,
    Surveillance,
)
from bridgehead.certification.queries import criteria_of
from bridgehead.kit.clock import today
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import CheckedFile, accept_attribute, check_file

_FILE = Question(
    kind=Question.Kind.FILE, options={"types": ["pdf", "jpeg", "png", "xlsx", "hwpx"], "max_mb": 20}
)
LARGEST_TEXT = 400_000


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _lines(label: Any, *, required: bool = True, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": 4}), **more)


def _number(label: Any, **more: Any) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=14,
        decimal_places=4,
        min_value=Decimal(0),
        widget=widget,
        **more,
    )


class CaseForm(forms.Form):
    """A form about one case; `case` narrows its choices."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.narrow(case)

    def narrow(self, case: Case) -> None:
        if "criterion" in self.fields:
            self.fields["criterion"].queryset = case.version.criteria.all()  # type: ignore[attr-defined]


class FileForm(CaseForm):
    criterion = forms.ModelChoiceField(
        label=pgettext_lazy("certification", "Criterion"), queryset=Criterion.objects.none(), required=False
    )
    file = forms.FileField(label=_("File"), help_text=_("PDF, picture, XLSX or HWPX, up to 20 MB"))

    def narrow(self, case: Case) -> None:
        super().narrow(case)
        self.fields["file"].widget.attrs["accept"] = accept_attribute(_FILE)

    def clean_file(self) -> CheckedFile:
        return check_file(_FILE, self.cleaned_data["file"])


class EvidenceForm(FileForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Evidence.Kind.choices[1:])
    laboratory = forms.CharField(
        label=_("Laboratory and its accreditation"),
        required=False,
        max_length=200,
        help_text=_("such as KOLAS, ISO/IEC 17025"),
    )
    dated = forms.DateField(label=_("Date of the visit or test"), required=False, widget=DayInput())


class ScopeForm(CaseForm):
    kind = forms.ChoiceField(
        label=_("What is to be certified"), choices=Case.Kind.choices, widget=forms.RadioSelect
    )
    markets = forms.MultipleChoiceField(
        label=_("Markets"), choices=Limit.Market.choices[1:], widget=forms.CheckboxSelectMultiple
    )
    scope_ko = _lines(_("Products or site, in Korean"))
    scope_en = _lines(_("Products or site, in English"), required=False)


class AssessmentForm(CaseForm):
    """The self-assessment: a value where something is measured, and words. Saved in part as often as wanted."""

    def narrow(self, case: Case) -> None:
        given = {answer.criterion_id: answer for answer in case.answers.all()}
        self.criteria = criteria_of(case.version)
        for criterion in self.criteria:
            answer = given.get(criterion.pk, Answer())
            if criterion.unit:
                label = f"{criterion.name}: {criterion.indicator} ({criterion.unit})"
                self.fields[f"value_{criterion.pk}"] = _number(label, initial=answer.value)
            self.fields[f"words_{criterion.pk}"] = _lines(
                _("%(criterion)s: how you meet it") % {"criterion": criterion.name},
                required=False,
                initial=answer.words,
                help_text=criterion.evidence,
            )

    @property
    def answers(self) -> dict[Criterion, tuple[Decimal | None, str]]:
        data = self.cleaned_data
        return {c: (data.get(f"value_{c.pk}"), data[f"words_{c.pk}"]) for c in self.criteria}


class ReasonForm(CaseForm):
    reason = _lines(_("What is missing"))


class FindingForm(CaseForm):
    criterion = forms.ModelChoiceField(
        label=pgettext_lazy("certification", "Criterion"), queryset=Criterion.objects.none()
    )
    conforms = forms.TypedChoiceField(
        label=_("Conforms"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    value = _number(
        _("Measured value"), help_text=_("In the unit of the criterion; empty where nothing is measured")
    )
    method = forms.ChoiceField(label=_("How it was found"), choices=Finding.Method.choices)
    words = _lines(_("Finding"), required=False)


class NonconformityForm(CaseForm):
    criterion = forms.ModelChoiceField(
        label=pgettext_lazy("certification", "Criterion"), queryset=Criterion.objects.none()
    )
    grade = forms.ChoiceField(label=_("Grade"), choices=Nonconformity.Grade.choices)
    words = _lines(_("What does not conform"))
    deadline = forms.DateField(label=_("To be corrected by"), widget=DayInput())

    def clean_deadline(self) -> Any:
        if self.cleaned_data["deadline"] <= today():
            raise forms.ValidationError(_("The firm needs time: choose a later day."))
        return self.cleaned_data["deadline"]


class CorrectionForm(CaseForm):
    nonconformity = forms.ModelChoiceField(label=_("Nonconformity"), queryset=Nonconformity.objects.none())
    correction = _lines(_("Corrective action and its cause"))

    def narrow(self, case: Case) -> None:
        wanted = case.nonconformities.filter(state=Nonconformity.State.OPEN).select_related("criterion")
        self.fields["nonconformity"].queryset = wanted  # type: ignore[attr-defined]
        self.fields["nonconformity"].initial = wanted.first()


class CheckForm(CaseForm):
    nonconformity = forms.ModelChoiceField(label=_("Nonconformity"), queryset=Nonconformity.objects.none())
    accepted = forms.TypedChoiceField(
        label=_("Correction accepted"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    verdict = _lines(_("How the correction was checked"))

    def narrow(self, case: Case) -> None:
        wanted = case.nonconformities.filter(state=Nonconformity.State.ANSWERED).select_related("criterion")
        self.fields["nonconformity"].queryset = wanted  # type: ignore[attr-defined]
        self.fields["nonconformity"].initial = wanted.first()


class DecisionForm(CaseForm):
    outcome = forms.ChoiceField(label=_("Decision"), choices=[])
    reason = _lines(_("Reason"), help_text=_("The firm reads it."))
    scope_ko = _lines(_("New scope in Korean, where it is reduced"), required=False)
    scope_en = _lines(_("New scope in English, where it is reduced"), required=False)

    def narrow(self, case: Case) -> None:
        possible = {
            Case.State.DECISION: ["grant", "refuse"],
            Case.State.CERTIFIED: ["suspend", "reduce", "withdraw"],
            Case.State.SUSPENDED: ["restore", "withdraw"],
        }.get(Case.State(case.state), [])
        choices = [(value, label) for value, label in Decision.Outcome.choices if value in possible]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("outcome") == Decision.Outcome.REDUCE and not data.get("scope_ko"):
            self.add_error("scope_ko", _("Write what remains certified."))
        return data


class SurveyForm(CaseForm):
    surveillance = forms.ModelChoiceField[Surveillance](
        label=_("Surveillance"), queryset=Surveillance.objects.none()
    )
    done_on = forms.DateField(label=_("Done on"), widget=DayInput())
    conforms = forms.TypedChoiceField(
        label=_("Conforms"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    words = _lines(_("What was found"))

    def narrow(self, case: Case) -> None:
        wanted = case.surveillances.filter(done_on=None)
        self.fields["surveillance"].queryset = wanted  # type: ignore[attr-defined]
        self.fields["surveillance"].initial = wanted.first()


class ComplaintForm(CaseForm):
    sender = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Email address for the answer"), required=False)
    words = _lines(_("What is wrong"), max_length=5000)


class AppealForm(CaseForm):
    words = _lines(_("Why you disagree"), max_length=5000)


class AnswerForm(CaseForm):
    complaint = forms.ModelChoiceField(label=_("Complaint or appeal"), queryset=Complaint.objects.none())
    upheld = forms.TypedChoiceField(
        label=_("Upheld"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    answer = _lines(_("Answer"))

    def narrow(self, case: Case) -> None:
        wanted = case.complaints.filter(upheld=None)
        self.fields["complaint"].queryset = wanted  # type: ignore[attr-defined]
        self.fields["complaint"].initial = wanted.first()


class CriterionForm(forms.ModelForm):
    class Meta:
        model = Criterion
        fields = ["code", "name_ko", "name_en", "indicator_ko", "indicator_en", "evidence_ko", "evidence_en",
                  "claim_ko", "claim_en", "unit", "topic", "weight", "required"]  # fmt: skip


class LimitForm(forms.ModelForm):
    class Meta:
        model = Limit
        fields = [
            "market",
            "bound",
            "value",
            "applies_ko",
            "applies_en",
            "source",
            "source_date",
            "checked_on",
            "note_ko",
            "note_en",
        ]
        widgets = {"source_date": DayInput(), "checked_on": DayInput()}


class ImpartialityForm(forms.ModelForm):
    class Meta:
        model = ImpartialityNote
        fields = ["host", "risk", "safeguard"]


class TakeBackForm(forms.Form):
    reason = _lines(_("Reason"))


class VerifyForm(forms.Form):
    """A signed file, or its text."""

    file = forms.FileField(
        label=_("File of the certificate"), required=False, help_text=_("JSON, up to 400 kB")
    )
    text = forms.CharField(label=_("or its text"), required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        upload = data.get("file")
        content = upload.read(LARGEST_TEXT + 1) if upload else (data.get("text") or "").encode()
        if not content.strip():
            raise forms.ValidationError(_("Choose a file or paste its text."))
        if len(content) > LARGEST_TEXT:
            raise forms.ValidationError(_("The file is too large for a certificate."))
        data["content"] = content
        return data
