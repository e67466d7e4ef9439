"""The decisions: granted, refused, suspended, restored, reduced, withdrawn. By somebody who took no part in the evaluation."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.certification.actions.applying import Incomplete, open_case
from bridgehead.certification.actions.evaluating import involve
from bridgehead.certification.actions.signing import sign_certificate
from bridgehead.certification.actions.telling import tell_firm
from bridgehead.certification.actions.trail import move
from bridgehead.certification.models import Answer, Case, Certificate, Decision, Involvement, Surveillance
from bridgehead.certification.rules import AFTER, add_months
from bridgehead.kit.clock import today
from bridgehead.kit.states import WrongMove

S, To = Case.State, Decision.Outcome
FROM: dict[str, tuple[str, ...]] = {
    To.GRANT: (S.DECISION,),
    To.REFUSE: (S.DECISION,),
    To.SUSPEND: (S.CERTIFIED,),
    To.RESTORE: (S.SUSPENDED,),
    To.REDUCE: (S.CERTIFIED,),
    To.WITHDRAW: (S.CERTIFIED, S.SUSPENDED),
    To.EXPIRE: (S.CERTIFIED, S.SUSPENDED),
}


@transaction.atomic
def decide(
    *, case: Case, outcome: str, reason: str, by: User | None, scope_ko: str = "", scope_en: str = ""
) -> Decision:
    """Write a decision and what follows from it. `by` is None only where the calendar decides.

    Raises NotImpartial for whoever evaluated the case, WrongMove where it is not in a state for this decision.
    """
    if by is not None:
        involve(case=case, person=by, part=Involvement.Part.DECISION)
    stands = Case.objects.select_for_update().values_list("state", flat=True).get(pk=case.pk)
    if stands not in FROM[outcome]:
        raise WrongMove(old=case.get_state_display(), new=AFTER[To(outcome)])
    decision = Decision.objects.create(case=case, outcome=outcome, reason=reason, by=by)
    move(case=case, to=AFTER[To(outcome)], verb=f"certification.{outcome}", by=by, reason=reason)
    if outcome in _EFFECTS:
        _EFFECTS[outcome](case, by, scope_ko, scope_en)
    tell_firm(case=case, kind="decision", words=reason, outcome=To(outcome).label)
    return decision


def _grant(case: Case, by: Any, scope_ko: str, scope_en: str) -> None:
    if (
        not case.findings.filter(conforms=True).exists()
        or case.findings.filter(conforms=False, criterion__required=True).exists()
    ):
        raise Incomplete(_("A required criterion is not met, so the certificate cannot be granted."))
    first = today()
    scheme = case.version.scheme
    until = add_months(first, scheme.validity_months)
    _certificate(case, by, scope_ko or case.scope_ko, scope_en or case.scope_en, until)
    due = add_months(first, scheme.surveillance_months)
    while due < until:
        Surveillance.objects.create(case=case, due_on=due)
        due = add_months(due, scheme.surveillance_months)
    if case.renews and case.renews.state in FROM[To.EXPIRE]:
        decide(case=case.renews, outcome=To.EXPIRE, reason=case.number, by=None)


def _reduce(case: Case, by: Any, scope_ko: str, scope_en: str) -> None:
    """A new certificate of the smaller scope takes the place of the old, which is revoked."""
    old = case.certificates.get(replaced_at=None)
    _mark(case, "revoked_at", timezone.now())
    old.replaced_at = timezone.now()
    old.save(update_fields=["replaced_at"])
    _certificate(case, by, scope_ko or old.scope_ko, scope_en or old.scope_en, old.valid_until)


def _restore(case: Case, by: Any, scope_ko: str, scope_en: str) -> None:
    if case.surveillances.filter(done_on=None, due_on__lt=today()).exists():
        raise Incomplete(_("The overdue surveillance has to be made first."))
    _mark(case, "suspended_at", None)


def _certificate(case: Case, by: Any, scope_ko: str, scope_en: str, until: Any) -> None:
    count = case.certificates.count()
    certificate = Certificate.objects.create(
        case=case,
        number=f"{case.number}-{count + 1}" if count else case.number,
        scope_ko=scope_ko,
        scope_en=scope_en,
        valid_from=today(),
        valid_until=until,
    )
    sign_certificate(certificate=certificate, by=by)


def _mark(case: Case, column: str, moment: Any) -> None:
    """What the status lists say of the current certificate from now on."""
    signed = case.certificates.select_related("credential").get(replaced_at=None).credential
    setattr(signed, column, moment)
    if signed:
        signed.save(update_fields=[column])


_EFFECTS: dict[str, Callable[[Case, Any, str, str], None]] = {
    To.GRANT: _grant,
    To.REDUCE: _reduce,
    To.RESTORE: _restore,
    To.SUSPEND: lambda case, *_rest: _mark(case, "suspended_at", timezone.now()),
    To.WITHDRAW: lambda case, *_rest: _mark(case, "revoked_at", timezone.now()),
}


@transaction.atomic
def renew(*, case: Case, by: Any) -> Case:
    """A new case for the time after: same firm and scope, judged by the version in force today."""
    under_way = case.renewals.exclude(state__in=[S.REFUSED, S.CANCELLED]).first()
    if under_way:
        return under_way
    if case.state not in (S.CERTIFIED, S.SUSPENDED, S.EXPIRED):
        raise WrongMove(old=case.get_state_display(), new=S.DRAFT)
    version = case.version.scheme.versions.exclude(published_at=None).latest("number")
    renewal = open_case(
        version=version, firm=case.firm, by=by, renews=case, kind=case.kind, markets=case.markets,
        scope_ko=case.scope_ko, scope_en=case.scope_en, reconstructed=case.reconstructed,
    )  # fmt: skip
    criteria = {criterion.code: criterion for criterion in version.criteria.all()}
    for answer in case.answers.select_related("criterion"):
        if answer.criterion.code in criteria:
            Answer.objects.create(
                case=renewal,
                criterion=criteria[answer.criterion.code],
                value=answer.value,
                words=answer.words,
            )
    return renewal


def follow_the_calendar() -> list[Decision]:
    """Suspend what is overdue for surveillance, and close what has expired. Run once a day."""
    day = today()
    expired = Case.objects.filter(
        state__in=FROM[To.EXPIRE], certificates__replaced_at=None, certificates__valid_until__lt=day
    )
    overdue = Case.objects.filter(
        state=S.CERTIFIED, surveillances__done_on=None, surveillances__due_on__lt=day
    ).exclude(pk__in=expired)
    closed = [
        decide(case=case, outcome=To.EXPIRE, reason=_("The period of validity has ended."), by=None)
        for case in expired.select_related("version__scheme__host")
    ]
    return closed + [
        decide(case=case, outcome=To.SUSPEND, reason=_("The surveillance is overdue."), by=None)
        for case in overdue.distinct().select_related("version__scheme__host")
    ]
