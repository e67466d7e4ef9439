"""Places: made with the release, accepted or given up by the firm, and the reserve that moves up."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.deciding import renumber_reserves
from bridgehead.calls.actions.moving import move
from bridgehead.calls.actions.telling import tell
from bridgehead.calls.fitting import gives
from bridgehead.calls.models import Application, Award, Call, Decision
from bridgehead.calls.signals import award_made, award_withdrawn

Outcome, State = Decision.Outcome, Application.State


class AwardExists(Exception):
    def __init__(self, firm: str) -> None:
        super().__init__(_("%(firm)s already holds a place in this programme.") % {"firm": firm})


class AwardOver(Exception):
    def __init__(self) -> None:
        super().__init__(_("This place has already been given up."))


def make_award(application: Application, by: User | None) -> Award:
    programme = application.call.programme
    try:
        with transaction.atomic():
            award = Award.objects.create(
                programme=programme, firm=application.firm, application=application, made_at=timezone.now()
            )
    except IntegrityError:
        raise AwardExists(application.firm.name) from None
    audit.record(by=by, verb="award.make", target=award, chain=programme.host.slug)
    award_made.send(sender=Award, award=award, by=by)
    return award


@transaction.atomic
def accept_award(*, award: Award, by: User | None) -> Award:
    """The firm takes the place."""
    locked = (
        Award.objects.select_for_update(of=("self",))
        .select_related("programme__host", "firm")
        .get(pk=award.pk)
    )
    if locked.state == Award.State.WITHDRAWN:
        raise AwardOver
    if locked.state == Award.State.OFFERED:
        locked.state = Award.State.ACCEPTED
        locked.save(update_fields=["state"])
        audit.record(by=by, verb="award.accept", target=locked, chain=locked.programme.host.slug)
    return locked


@transaction.atomic
def withdraw_award(*, award: Award, by: User | None, reason: str) -> Award | None:
    """The place becomes free; returns the award of the reserve that moves up, or None when there is none.

    Rooms above hear `award_withdrawn` before the reserve's `award_made`, so that a stand is free when it is needed.
    """
    locked = (
        Award.objects.select_for_update(of=("self",))
        .select_related("programme__host", "firm", "application__call__programme__host", "application__firm")
        .get(pk=award.pk)
    )
    if locked.state == Award.State.WITHDRAWN:
        raise AwardOver
    locked.state, locked.withdrawn_reason = Award.State.WITHDRAWN, reason
    locked.save(update_fields=["state", "withdrawn_reason"])
    chain = locked.programme.host.slug
    audit.record(by=by, verb="award.withdraw", target=locked, chain=chain, reason=reason)
    award_withdrawn.send(sender=Award, award=locked, by=by)
    if locked.application is None:
        return None
    move(application=locked.application, to=State.WITHDRAWN, by=by, reason=reason)
    return promote_reserve(call=locked.application.call, after=locked.application, by=by)


@transaction.atomic
def promote_reserve(*, call: Call, by: User | None, after: Application | None = None) -> Award | None:
    """The first of the reserve list moves up. A place that a quota had kept goes to the first reserve of that quota,
    if there is one. Audit, award and mail included; None when the list is empty."""
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    waiting = list(
        Decision.objects.filter(
            application__call=call, outcome=Outcome.RESERVED, application__state=State.RESERVED
        )
        .select_related("application__firm", "application__applicant", "application__call__programme__host")
        .order_by("reserve_rank")
    )
    if not waiting:
        return None
    group = _kept_group(after)
    decision = next((d for d in waiting if group and gives(d.application.answers, *group)), waiting[0])
    place = decision.reserve_rank
    decision.outcome, decision.reserve_rank = Outcome.SELECTED, None
    decision.reasons = [*decision.reasons, {"code": "promoted", "place": place}]
    decision.save(update_fields=["outcome", "reserve_rank", "reasons", "decided_at"])
    renumber_reserves(call)
    application = decision.application
    move(
        application=application,
        to=State.SELECTED,
        by=by,
        reason=_("A place became free."),
        data={"place": place},
    )
    award = make_award(application, by)
    tell(application=application, kind="promoted", context={"place": place})
    return award


def _kept_group(application: Application | None) -> tuple[str, str] | None:
    """The quota whose kept place this application had taken."""
    decision = Decision.objects.filter(application=application).first() if application else None
    kept = (
        next((reason for reason in decision.reasons if reason["code"] == "kept"), None) if decision else None
    )
    return (kept["key"], kept["value"]) if kept else None
