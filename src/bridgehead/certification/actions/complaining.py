"""Complaints and appeals, which other people answer; and the log of risks to impartiality."""

from typing import Any

from django.db import transaction

from bridgehead.accounts.models import User
from bridgehead.certification.actions.evaluating import involve
from bridgehead.certification.actions.telling import tell_complainant
from bridgehead.certification.actions.trail import record
from bridgehead.certification.models import Case, Complaint, ImpartialityNote, Involvement
from bridgehead.kit.states import WrongMove


@transaction.atomic
def complain(*, case: Case, kind: str, words: str, sender: str, email: str = "", by: Any = None) -> Complaint:
    complaint = Complaint.objects.create(case=case, kind=kind, words=words, sender=sender, email=email)
    record(scheme=case.version.scheme, target=complaint, verb="complaint.file", by=by, kind=kind)
    return complaint


@transaction.atomic
def answer_complaint(*, complaint: Complaint, upheld: bool, answer: str, by: User) -> None:
    """NotImpartial for whoever evaluated or decided the case. What follows is a decision of its own."""
    if complaint.upheld is not None:
        raise WrongMove(old=str(complaint.upheld), new=str(upheld))
    case = complaint.case
    involve(case=case, person=by, part=Involvement.Part.APPEAL)
    complaint.upheld, complaint.answer, complaint.handled_by = upheld, answer, by
    complaint.save(update_fields=["upheld", "answer", "handled_by"])
    record(
        scheme=case.version.scheme,
        target=complaint,
        verb="complaint.answer",
        by=by,
        reason=answer,
        upheld=upheld,
    )
    tell_complainant(complaint=complaint)


@transaction.atomic
def note_risk(*, note: ImpartialityNote, by: User) -> ImpartialityNote:
    from_host = note.host
    note.by = by
    note.full_clean()
    note.save(force_insert=True)
    record_on = note.case.version.scheme if note.case else from_host.schemes.first()
    if record_on:
        record(scheme=record_on, target=note, verb="impartiality.note", by=by, reason=note.risk)
    return note
