"""이의신청: an applicant questions the outcome, the office answers in writing, and an upheld objection may change it."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.awarding import make_award
from bridgehead.calls.actions.deciding import NoPlaceLeft, places_of, renumber_reserves
from bridgehead.calls.actions.moving import move
from bridgehead.calls.actions.telling import tell
from bridgehead.calls.models import Application, Award, Call, Decision, Objection
from bridgehead.calls.rules import may_object

Outcome = Decision.Outcome
#: From worst to best: an objection never makes an outcome worse.
STANDING = [Outcome.DECLINED, Outcome.RESERVED, Outcome.SELECTED]


class TooLate(Exception):
    def __init__(self) -> None:
        super().__init__(_("The days for objections are over, or this call takes none."))


class OneAtATime(Exception):
    def __init__(self) -> None:
        super().__init__(
            _("Your objection is being looked at. You can write again when it has been answered.")
        )


class Answered(Exception):
    def __init__(self) -> None:
        super().__init__(_("This objection has been answered already."))


class NotBetter(ValueError):
    def __init__(self) -> None:
        super().__init__(
            _("An upheld objection can only improve the outcome. Choose a better one, or leave it.")
        )


@transaction.atomic
def file_objection(*, application: Application, text: str, by: User | None) -> Objection:
    """Within the days of the call; one open at a time."""
    if not may_object(application):
        raise TooLate
    try:
        with transaction.atomic():
            objection = Objection.objects.create(application=application, text=text, filed_by=by)
    except IntegrityError:
        raise OneAtATime from None
    chain = application.call.programme.host.slug
    audit.record(by=by, verb="objection.file", target=application, chain=chain)
    tell(application=application, kind="objection_received", context={"objection": objection})
    return objection


@transaction.atomic
def answer_objection(
    *, objection: Objection, answer: str, text: str, by: User | None, outcome: str = ""
) -> Objection:
    """Upheld or rejected, with the reasons, by letter. `outcome` is the new one where an upheld objection changes it."""
    locked = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("application__call__programme__host", "application__firm", "application__applicant")
        .get(pk=objection.pk)
    )
    if locked.answered_at:
        raise Answered
    locked.answer, locked.answer_text = answer, text
    locked.answered_by, locked.answered_at = by, timezone.now()
    locked.save(update_fields=["answer", "answer_text", "answered_by", "answered_at"])
    application = locked.application
    chain = application.call.programme.host.slug
    data = {"answer": answer}
    audit.record(by=by, verb="objection.answer", target=application, chain=chain, reason=text, data=data)
    changed = None
    if answer == Objection.Answer.UPHELD and outcome:
        changed = _change(application, outcome, text, by)
    tell(
        application=application,
        kind="objection_answered",
        context={"objection": locked, "decision": changed},
    )
    return locked


def _change(application: Application, outcome: str, reason: str, by: User | None) -> Decision | None:
    call = Call.objects.select_for_update(of=("self",)).get(pk=application.call_id)
    decision = Decision.objects.select_for_update(of=("self",)).get(application=application)
    before = decision.outcome
    if outcome == before:
        return None
    if STANDING.index(Outcome(outcome)) < STANDING.index(Outcome(before)):
        raise NotBetter
    if outcome == Outcome.SELECTED:
        _check_place(call)
    decision.outcome, decision.note = outcome, reason
    decision.rank = decision.rank or _last_rank(call) + 1
    decision.reserve_rank = _last_rank(call) + 1 if outcome == Outcome.RESERVED else None
    decision.reasons = [
        *decision.reasons,
        {"code": "objection", "note": reason, "from": before, "to": outcome},
    ]
    decision.save()
    renumber_reserves(call)
    data = {"from": before, "to": outcome}
    move(application=application, to=outcome, by=by, reason=reason, data=data)
    if outcome == Outcome.SELECTED:
        make_award(application, by)
    decision.refresh_from_db()
    return decision


def _check_place(call: Call) -> None:
    held = Award.objects.filter(application__call=call).exclude(state=Award.State.WITHDRAWN).count()
    limit = places_of(call)
    if limit and held >= limit:
        raise NoPlaceLeft(limit)


def _last_rank(call: Call) -> int:
    ranks = Decision.objects.filter(application__call=call, rank__isnull=False).order_by("-rank")
    return ranks.values_list("rank", flat=True).first() or 0
