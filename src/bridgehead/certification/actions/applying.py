"""The maker's part: open a case, assess oneself, submit, report corrections."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.calls.models import Award
from bridgehead.certification.actions.trail import move, record
from bridgehead.certification.models import Answer, Case, Criterion, Evidence, Nonconformity, SchemeVersion
from bridgehead.certification.rules import OPEN_TO_MAKER
from bridgehead.kit.clock import today
from bridgehead.kit.states import WrongMove
from bridgehead.organisations.models import Organisation
from bridgehead.questions.actions import attach_to
from bridgehead.questions.rules.files import CheckedFile


class Incomplete(Exception):
    """Something is missing before the case can go on; the message says what."""


@transaction.atomic
def open_case(
    *,
    version: SchemeVersion,
    firm: Organisation,
    by: Any,
    award: Award | None = None,
    renews: Case | None = None,
    **fields: Any,
) -> Case:
    case = Case(version=version, firm=firm, award=award, renews=renews, **fields)
    case.number = _next_number(version)
    case.save(force_insert=True)
    record(scheme=version.scheme, target=case, verb="certification.open", by=by, firm=firm.slug)
    return case


def _next_number(version: SchemeVersion) -> str:
    """Code, year and a running number; the scheme is held until the transaction ends, so no two get the same."""
    scheme = type(version.scheme).objects.select_for_update().get(pk=version.scheme_id)
    start = f"{scheme.code.upper()}-{today().year}-"
    last = (
        Case.objects.filter(number__startswith=start)
        .order_by("number")
        .values_list("number", flat=True)
        .last()
    )
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:03d}"


@transaction.atomic
def describe(*, case: Case, kind: str, markets: list[str], scope_ko: str, scope_en: str, by: Any) -> None:
    """What is to be certified, and for which markets."""
    _open(case)
    case.kind, case.markets, case.scope_ko, case.scope_en = kind, markets, scope_ko, scope_en
    case.save(update_fields=["kind", "markets", "scope_ko", "scope_en"])
    record(scheme=case.version.scheme, target=case, verb="certification.describe", by=by)


@transaction.atomic
def assess_oneself(*, case: Case, answers: Mapping[Criterion, tuple[Decimal | None, str]], by: Any) -> None:
    """The self-assessment, whole or in part: criterion → value and words."""
    _open(case)
    for criterion, (value, words) in answers.items():
        Answer.objects.update_or_create(
            case=case, criterion=criterion, defaults={"value": value, "words": words}
        )
    record(scheme=case.version.scheme, target=case, verb="certification.self_assess", by=by)


@transaction.atomic
def hand_in_evidence(
    *, case: Case, file: CheckedFile, by: Any, kind: str = Evidence.Kind.MAKER, criterion: Criterion | None = None,
    laboratory: str = "", dated: Any = None,
) -> Evidence:  # fmt: skip
    """Attach a file. Those of a visit or a laboratory need somebody who evaluates the case (the database checks)."""
    stored = attach_to(files={"file": file}, kind="certification.case", pk=str(case.pk), by=by)
    evidence = Evidence.objects.create(
        case=case, criterion=criterion, kind=kind, attachment_id=stored["file"], laboratory=laboratory,
        dated=dated, by=by,
    )  # fmt: skip
    record(
        scheme=case.version.scheme,
        target=case,
        verb="certification.evidence",
        by=by,
        name=file.name,
        kind=kind,
    )
    return evidence


@transaction.atomic
def submit(*, case: Case, by: Any) -> None:
    missing = case.version.criteria.filter(required=True).exclude(
        answers__in=case.answers.exclude(words="", value=None)
    )
    if names := [criterion.name for criterion in missing]:
        raise Incomplete(_("Answer these first: %(names)s.") % {"names": ", ".join(names)})
    if not case.scope:
        raise Incomplete(_("Say which products or which site first."))
    move(case=case, to=Case.State.SUBMITTED, verb="certification.submit", by=by)
    case.submitted_at = timezone.now()
    case.save(update_fields=["submitted_at"])


def cancel(*, case: Case, by: Any) -> None:
    move(case=case, to=Case.State.CANCELLED, verb="certification.cancel", by=by)


@transaction.atomic
def report_correction(*, nonconformity: Nonconformity, correction: str, by: Any) -> None:
    """What the firm did about it. When nothing is left open the case goes back to the evaluators."""
    case = nonconformity.case
    if nonconformity.state != Nonconformity.State.OPEN or case.state != Case.State.CORRECTION:
        raise WrongMove(old=nonconformity.get_state_display(), new=Nonconformity.State.ANSWERED)
    nonconformity.correction, nonconformity.state = correction, Nonconformity.State.ANSWERED
    nonconformity.save(update_fields=["correction", "state"])
    record(
        scheme=case.version.scheme,
        target=nonconformity,
        verb="nonconformity.answer",
        by=by,
        reason=correction,
    )
    if not case.nonconformities.filter(state=Nonconformity.State.OPEN).exists():
        move(case=case, to=Case.State.EVALUATION, verb="certification.corrected", by=by)


def _open(case: Case) -> None:
    if case.state not in OPEN_TO_MAKER:
        raise WrongMove(old=case.get_state_display(), new=case.state)
