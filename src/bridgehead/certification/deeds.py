"""What can be done with a case, on the desk and by the maker: one form and one action each, offered where it fits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.accounts.models import User
from bridgehead.certification import forms
from bridgehead.certification.actions import applying, complaining, deciding, evaluating
from bridgehead.certification.actions.signing import NoKey
from bridgehead.certification.models import Case, Complaint, Evidence, Involvement, Nonconformity
from bridgehead.certification.rules import ISSUED, OPEN_TO_MAKER
from bridgehead.kit.states import WrongMove

S, P = Case.State, Involvement.Part
SAVED = _("Saved.")
REFUSALS = (applying.Incomplete, evaluating.NotImpartial, evaluating.BeyondLimit, WrongMove, NoKey)
Form = type[forms.CaseForm]


@dataclass(frozen=True)
class Deed:
    """`run(case, by, form)`; `needs` is something the case must have besides its state, `part` what doing it makes of one."""

    name: str
    label: Promise
    form: Form
    run: Callable[[Case, User, Any], object]
    states: tuple[str, ...]
    needs: Callable[[Case], bool] = lambda case: True
    part: str = ""

    def fits(self, case: Case) -> bool:
        return case.state in self.states and self.needs(case)

    def is_open_to(self, parts: set[str]) -> bool:
        """Whether somebody with these parts in the case may do it; the database refuses it in any case."""
        return not self.part or not parts - {self.part}


def _correct(case: Case, by: User, form: Any) -> None:
    applying.report_correction(by=by, **form.cleaned_data)


def _has(state: str) -> Callable[[Case], bool]:
    return lambda case: case.nonconformities.filter(state=state).exists()


DESK = [
    Deed("accept", _("Take into evaluation"), forms.CaseForm,
         lambda case, by, form: evaluating.accept(case=case, by=by), (S.SUBMITTED,), part=P.EVALUATION),
    Deed("return", _("Return for completion"), forms.ReasonForm,
         lambda case, by, form: evaluating.return_case(case=case, by=by, **form.cleaned_data), (S.SUBMITTED,)),
    Deed("find", _("Record a finding"), forms.FindingForm,
         lambda case, by, form: evaluating.find(case=case, by=by, **form.cleaned_data), (S.EVALUATION,),
         part=P.EVALUATION),
    Deed("evidence", _("Attach visit or laboratory results"), forms.EvidenceForm,
         lambda case, by, form: evaluating.attach(case=case, by=by, **form.cleaned_data),
         (S.EVALUATION, S.CORRECTION, *ISSUED[:2]), part=P.EVALUATION),
    Deed("nonconformity", _("Raise a nonconformity"), forms.NonconformityForm,
         lambda case, by, form: evaluating.raise_nonconformity(case=case, by=by, **form.cleaned_data),
         (S.EVALUATION, S.CORRECTION), part=P.EVALUATION),
    Deed("check", _("Check a correction"), forms.CheckForm,
         lambda case, by, form: evaluating.check_correction(by=by, **form.cleaned_data),
         (S.EVALUATION, S.CORRECTION), _has(Nonconformity.State.ANSWERED), part=P.EVALUATION),
    Deed("finish", _("Finish the evaluation"), forms.CaseForm,
         lambda case, by, form: evaluating.finish(case=case, by=by), (S.EVALUATION,), part=P.EVALUATION),
    Deed("decide", pgettext_lazy("certification", "Decide"), forms.DecisionForm,
         lambda case, by, form: deciding.decide(case=case, by=by, **form.cleaned_data),
         (S.DECISION, S.CERTIFIED, S.SUSPENDED), part=P.DECISION),
    Deed("survey", _("Record a surveillance"), forms.SurveyForm,
         lambda case, by, form: evaluating.survey(by=by, **form.cleaned_data),
         ISSUED[:2], lambda case: case.surveillances.filter(done_on=None).exists(), part=P.EVALUATION),
    Deed("answer", _("Answer a complaint or appeal"), forms.AnswerForm,
         lambda case, by, form: complaining.answer_complaint(by=by, **form.cleaned_data),
         tuple(S), lambda case: case.complaints.filter(upheld=None).exists(), part=P.APPEAL),
]  # fmt: skip
MAKER = [
    Deed("scope", _("Products or site"), forms.ScopeForm,
         lambda case, by, form: applying.describe(case=case, by=by, **form.cleaned_data), OPEN_TO_MAKER),
    Deed("assess", _("Self-assessment"), forms.AssessmentForm,
         lambda case, by, form: applying.assess_oneself(case=case, by=by, answers=form.answers), OPEN_TO_MAKER),
    Deed("file", _("Attach a file"), forms.FileForm,
         lambda case, by, form: applying.hand_in_evidence(
             case=case, by=by, kind=Evidence.Kind.MAKER, **form.cleaned_data),
         (*OPEN_TO_MAKER, S.CORRECTION)),
    Deed("submit", _("Apply for certification"), forms.CaseForm,
         lambda case, by, form: applying.submit(case=case, by=by), OPEN_TO_MAKER),
    Deed("correct", _("Report a correction"), forms.CorrectionForm, _correct,
         (S.CORRECTION,), _has(Nonconformity.State.OPEN)),
    Deed("appeal", _("Appeal"), forms.AppealForm,
         lambda case, by, form: complaining.complain(
             case=case, kind=Complaint.Kind.APPEAL, sender=str(by), email=by.email, by=by, **form.cleaned_data),
         (S.REFUSED, S.SUSPENDED, S.WITHDRAWN)),
    Deed("renew", _("Apply for renewal"), forms.CaseForm,
         lambda case, by, form: deciding.renew(case=case, by=by), (S.CERTIFIED, S.SUSPENDED, S.EXPIRED)),
    Deed("cancel", _("Cancel the application"), forms.CaseForm,
         lambda case, by, form: applying.cancel(case=case, by=by),
         (S.DRAFT, S.SUBMITTED, S.RETURNED, S.EVALUATION, S.CORRECTION)),
]  # fmt: skip


def initial(deed: Deed, case: Case) -> dict[str, Any]:
    """The scope as it stands; other forms begin empty."""
    return (
        {name: getattr(case, name) for name in ("kind", "markets", "scope_ko", "scope_en")}
        if deed.name == "scope"
        else {}
    )
