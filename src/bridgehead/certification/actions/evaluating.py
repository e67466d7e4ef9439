"""The evaluators' part: review of the application, findings, nonconformities. Who takes it never decides the case."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.certification.actions.applying import Incomplete, hand_in_evidence
from bridgehead.certification.actions.telling import tell_firm
from bridgehead.certification.actions.trail import move, record
from bridgehead.certification.models import (
    Case,
    Criterion,
    Evidence,
    Finding,
    Involvement,
    Nonconformity,
    Surveillance,
)
from bridgehead.certification.rules import ISSUED, broken_limits
from bridgehead.kit.states import WrongMove
from bridgehead.organisations.queries import organisations_of


class NotImpartial(Exception):
    """This person may not take this part in this case."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else has to do this: you have taken another part in this case, or you act for the firm."
            )
        )


class BeyondLimit(Exception):
    """A finding that conforms with a value that breaks a limit."""


@transaction.atomic
def involve(*, case: Case, person: User, part: str) -> None:
    """Note that a person takes a part in a case. The database refuses what would mix the parts: NotImpartial."""
    if case.involvements.filter(person=person, part=part).exists():
        return
    taken = case.involvements.filter(person=person).exclude(part=part).exists()
    if taken or organisations_of(person).filter(pk=case.firm_id).exists():
        raise NotImpartial
    try:
        with transaction.atomic():
            Involvement.objects.create(case=case, person=person, part=part)
    except IntegrityError:
        raise NotImpartial from None
    record(scheme=case.version.scheme, target=case, verb="certification.involve", by=person, part=part)


@transaction.atomic
def accept(*, case: Case, by: User) -> None:
    """The application is complete and within the scheme; whoever says so evaluates."""
    involve(case=case, person=by, part=Involvement.Part.EVALUATION)
    move(case=case, to=Case.State.EVALUATION, verb="certification.accept", by=by)


@transaction.atomic
def return_case(*, case: Case, reason: str, by: User) -> None:
    move(case=case, to=Case.State.RETURNED, verb="certification.return", by=by, reason=reason)
    tell_firm(case=case, kind="returned", words=reason)


@transaction.atomic
def find(
    *, case: Case, criterion: Criterion, conforms: bool, method: str, by: User, value: Decimal | None = None,
    words: str = "",
) -> Finding:  # fmt: skip
    """Record what was found on one criterion. BeyondLimit when it cannot conform with such a value."""
    _in(case, Case.State.EVALUATION)
    involve(case=case, person=by, part=Involvement.Part.EVALUATION)
    broken = broken_limits(criterion.limits.all(), value, case.markets) if conforms else []
    if broken:
        limits = ", ".join(map(str, broken))
        raise BeyondLimit(_("With this value it does not conform. Limit: %(limits)s.") % {"limits": limits})
    finding, _created = Finding.objects.update_or_create(
        case=case,
        criterion=criterion,
        defaults={"conforms": conforms, "method": method, "value": value, "words": words, "by": by},
    )
    record(
        scheme=case.version.scheme,
        target=finding,
        verb="certification.find",
        by=by,
        conforms=conforms,
        value=value,
    )
    return finding


@transaction.atomic
def raise_nonconformity(
    *, case: Case, criterion: Criterion, grade: str, words: str, deadline: date, by: User
) -> Nonconformity:
    _in(case, Case.State.EVALUATION, Case.State.CORRECTION)
    involve(case=case, person=by, part=Involvement.Part.EVALUATION)
    raised = Nonconformity.objects.create(
        case=case, criterion=criterion, grade=grade, words=words, deadline=deadline, by=by
    )
    record(scheme=case.version.scheme, target=raised, verb="nonconformity.raise", by=by, reason=words)
    tell_firm(case=case, kind="nonconformity", words=words, deadline=deadline)
    if case.state == Case.State.EVALUATION:
        move(case=case, to=Case.State.CORRECTION, verb="certification.ask_correction", by=by)
    return raised


@transaction.atomic
def check_correction(*, nonconformity: Nonconformity, accepted: bool, verdict: str, by: User) -> None:
    """Close it, or ask again: then the case waits for the firm once more."""
    case = nonconformity.case
    involve(case=case, person=by, part=Involvement.Part.EVALUATION)
    if nonconformity.state != Nonconformity.State.ANSWERED:
        raise WrongMove(old=nonconformity.get_state_display(), new=Nonconformity.State.CLOSED)
    nonconformity.state = Nonconformity.State.CLOSED if accepted else Nonconformity.State.OPEN
    nonconformity.verdict = verdict
    nonconformity.save(update_fields=["state", "verdict"])
    verb = "nonconformity.close" if accepted else "nonconformity.reopen"
    record(scheme=case.version.scheme, target=nonconformity, verb=verb, by=by, reason=verdict)
    if not accepted and case.state == Case.State.EVALUATION:
        move(case=case, to=Case.State.CORRECTION, verb="certification.ask_correction", by=by)


@transaction.atomic
def finish(*, case: Case, by: User) -> None:
    """Hand over to somebody else for the decision. Every required criterion has a finding, nothing is open."""
    involve(case=case, person=by, part=Involvement.Part.EVALUATION)
    missing = case.version.criteria.filter(required=True).exclude(findings__in=case.findings.all())
    if names := [criterion.name for criterion in missing]:
        raise Incomplete(_("No finding yet on: %(names)s.") % {"names": ", ".join(names)})
    if case.nonconformities.filter(state__in=Nonconformity.OPEN).exists():
        raise Incomplete(_("A nonconformity is still open."))
    move(case=case, to=Case.State.DECISION, verb="certification.finish_evaluation", by=by)


@transaction.atomic
def survey(*, surveillance: Surveillance, done_on: date, conforms: bool, words: str, by: User) -> None:
    """A surveillance was made. What follows from a bad one is for somebody else to decide."""
    case = surveillance.case
    _in(case, *ISSUED[:2])
    involve(case=case, person=by, part=Involvement.Part.EVALUATION)
    surveillance.done_on, surveillance.conforms, surveillance.words, surveillance.by = (
        done_on,
        conforms,
        words,
        by,
    )
    surveillance.save(update_fields=["done_on", "conforms", "words", "by"])
    record(scheme=case.version.scheme, target=surveillance, verb="surveillance.record", by=by, reason=words)


def _in(case: Case, *states: str) -> None:
    if case.state not in states:
        raise WrongMove(old=case.get_state_display(), new=case.state)


@transaction.atomic
def attach(*, case: Case, by: User, **evidence: Any) -> Evidence:
    """A file of a site visit or of a laboratory, attached by somebody who evaluates."""
    involve(case=case, person=by, part=Involvement.Part.EVALUATION)
    return hand_in_evidence(case=case, by=by, **evidence)
