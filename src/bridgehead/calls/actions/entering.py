"""Applications on paper, entered by the office: all rows or none, each numbered and receipted like any other."""

import secrets

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.applying import keep_consents, next_number
from bridgehead.calls.actions.moving import move
from bridgehead.calls.actions.receipts import keep_eligibility, keep_submission
from bridgehead.calls.consents import asked_for
from bridgehead.calls.models import Application, Call
from bridgehead.calls.paper_entries import Entry, is_there, plan_entries
from bridgehead.organisations.models import Organisation
from bridgehead.questions.actions import lock


class RowsRefused(Exception):
    """Some rows cannot be taken, and nobody said to take the others alone."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was entered, because some rows cannot be taken. Mend them, or enter the good rows.")
        )


@transaction.atomic
def enter_applications(*, call: Call, content: bytes, partial: bool, by: User | None) -> int:
    """The file is read again under the lock, since somebody may have entered it meanwhile. Gives the number entered."""
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    plan = plan_entries(call=locked, content=content)
    if plan.refused and not partial:
        raise RowsRefused
    for entry in plan.to_enter(partial=partial):
        if not is_there(locked, entry.business_number):
            _enter(locked, entry, by)
    return len(plan.entries)


def _enter(call: Call, entry: Entry, by: User | None) -> Application:
    application = Application.objects.create(
        call=call,
        firm=_firm(entry, by),
        question_set=call.question_set,
        on_paper=True,
        answers=entry.answers,
        submitted_at=entry.received_at,
        number=next_number(call),
    )
    lock(question_set=call.question_set)
    with translation.override("ko"):  # the form that was signed is the Korean one
        words = {asked.purpose: asked.wording for asked in asked_for(call) if asked.required}
    keep_consents(application, words, by, entry.received_at)
    keep_eligibility(application)
    sent = keep_submission(application=application, by=by, moment=entry.received_at)
    chain, data = call.programme.host.slug, {"row": entry.row, "on_paper": True}
    audit.record(by=by, verb="application.enter", target=application, chain=chain, data=data)
    move(application=application, to=Application.State.SUBMITTED, by=by, data={"sha256": sent.sha256})
    return application


def _firm(entry: Entry, by: User | None) -> Organisation:
    """The firm of this number, or a new one without anybody who acts for it yet."""
    known = Organisation.objects.filter(business_number=entry.business_number).first()
    if known:
        return known
    firm = Organisation.objects.create(
        kind=Organisation.Kind.FIRM,
        slug=f"firm-{secrets.token_hex(5)}",
        business_number=entry.business_number,
        name_ko=entry.firm,
        region=entry.region,
    )
    audit.record(by=by, verb="firm.register", target=firm, data={"on_paper": True})
    return firm
