"""The committee's decisions: written hidden, released all at once, and what follows when a place becomes free."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.actions.moving import move
from bridgehead.calls.actions.telling import outcome_letter, send, tell
from bridgehead.calls.models import Application, Award, Call, Decision
from bridgehead.calls.queries.officer import matches
from bridgehead.calls.queries.ranking import obstacles, ranking_of
from bridgehead.calls.signals import award_made, award_withdrawn

Outcome, State = Decision.Outcome, Application.State


class AlreadyReleased(Exception):
    def __init__(self) -> None:
        super().__init__(_("The decisions have been released and can no longer be changed here."))


class NotReady(Exception):
    """`obstacles` are sentences saying what has to be done first."""

    def __init__(self, obstacles: list[str]) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = obstacles


class NoPlaceLeft(Exception):
    def __init__(self, places: int) -> None:
        super().__init__(
            _("All %(places)s places are taken. Change another application to reserve or not selected first.")
            % {"places": places}
        )


class NotRanked(Exception):
    def __init__(self) -> None:
        super().__init__(_("This application was not eligible and has no rank."))


class AwardExists(Exception):
    def __init__(self, firm: str) -> None:
        super().__init__(_("%(firm)s already holds a place in this programme.") % {"firm": firm})


class AwardOver(Exception):
    def __init__(self) -> None:
        super().__init__(_("This place has already been given up."))


def _undecided(call: Call) -> Call:
    locked = Call.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=call.pk)
    if locked.released_at:
        raise AlreadyReleased
    return locked


@transaction.atomic
def decide(*, call: Call, by: User | None) -> list[Decision]:
    """Write the ranking down as decisions, hidden from the firms. Doing it again starts from the scores anew."""
    locked = _undecided(call)
    if reasons := obstacles(locked):
        raise NotReady(reasons)
    Decision.objects.filter(application__call=locked).exclude(application__state=State.DECLINED).delete()
    decisions = Decision.objects.bulk_create(
        Decision(
            application=line.application,
            outcome=line.ranked.outcome,
            rank=line.ranked.rank,
            reserve_rank=line.ranked.reserve_rank,
            score=line.ranked.score,
            bonus=line.ranked.bonus,
            reasons=line.ranked.reasons,
            decided_by=by,
        )
        for line in ranking_of(locked).lines
    )
    counts = {outcome: sum(1 for d in decisions if d.outcome == outcome) for outcome in Outcome.values}
    audit.record(by=by, verb="call.decide", target=locked, chain=locked.programme.host.slug, data=counts)
    return decisions


@transaction.atomic
def change_decision(*, decision: Decision, outcome: str, reason: str, by: User | None) -> Decision:
    """The committee departs from the proposal; the reason is kept with the decision and in the trail."""
    call = _undecided(decision.application.call)
    locked = (
        Decision.objects.select_for_update(of=("self",)).select_related("application").get(pk=decision.pk)
    )
    if locked.rank is None:
        raise NotRanked
    decided = Decision.objects.filter(application__call=call)
    taken = decided.filter(outcome=Outcome.SELECTED).exclude(pk=locked.pk).count()
    if outcome == Outcome.SELECTED and taken >= call.places:
        raise NoPlaceLeft(call.places)
    before = locked.outcome
    locked.outcome, locked.note, locked.decided_by = outcome, reason, by
    locked.reserve_rank = decided.count() + 1 if outcome == Outcome.RESERVED else None
    kept = [entry for entry in locked.reasons if entry["code"] != "committee"]
    locked.reasons = [*kept, {"code": "committee", "note": reason, "from": before, "to": outcome}]
    locked.save()
    _renumber_reserves(call)
    audit.record(
        by=by,
        verb="decision.change",
        target=locked.application,
        chain=call.programme.host.slug,
        reason=reason,
        data={"from": before, "to": outcome, "rank": locked.rank},
    )
    locked.refresh_from_db()
    return locked


def _renumber_reserves(call: Call) -> None:
    """The reserve list follows the ranks, without gaps."""
    reserves = Decision.objects.filter(application__call=call, outcome=Outcome.RESERVED).order_by("rank")
    for place, decision in enumerate(reserves, start=1):
        Decision.objects.filter(pk=decision.pk).update(reserve_rank=place)


@transaction.atomic
def release(*, call: Call, by: User | None) -> Call:
    """Tell everybody at once: states, awards and mails in one transaction, or nothing at all."""
    locked = _undecided(call)
    decisions = list(
        Decision.objects.filter(application__call=locked).select_related(
            "application__firm", "application__applicant", "application__call__programme__host"
        )
    )
    waiting = locked.applications.filter(
        state__in=[State.SUBMITTED, State.RETURNED, State.SHORTLISTED], decision__isnull=True
    )
    if waiting.exists() or not decisions:
        raise NotReady([_("There is no decision yet for every application. Write the decisions down first.")])
    if gone := [decision for decision in decisions if decision.application.state == State.WITHDRAWN]:
        names = ", ".join(decision.application.number for decision in gone)
        raise NotReady(
            [_("Withdrawn since the decision: %(names)s. Write the decisions down again.") % {"names": names}]
        )
    locked.released_at = timezone.now()
    locked.save(update_fields=["released_at"])
    for decision in decisions:
        application = decision.application
        application.call.released_at = locked.released_at
        if application.state != decision.outcome:
            move(application=application, to=decision.outcome, by=by)
        if decision.outcome == Outcome.SELECTED:
            _make_award(application, by)
        send(application, f"outcome_{decision.outcome}", outcome_letter(application, decision))
    audit.record(by=by, verb="call.release", target=locked, chain=locked.programme.host.slug)
    return locked


def _make_award(application: Application, by: User | None) -> Award:
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
    decision = next((d for d in waiting if group and matches(d.application.answers, *group)), waiting[0])
    place = decision.reserve_rank
    decision.outcome, decision.reserve_rank = Outcome.SELECTED, None
    decision.reasons = [*decision.reasons, {"code": "promoted", "place": place}]
    decision.save(update_fields=["outcome", "reserve_rank", "reasons", "decided_at"])
    _renumber_reserves(call)
    application = decision.application
    move(
        application=application,
        to=State.SELECTED,
        by=by,
        reason=_("A place became free."),
        data={"place": place},
    )
    award = _make_award(application, by)
    tell(application=application, kind="promoted", context={"place": place})
    return award


def _kept_group(application: Application | None) -> tuple[str, str] | None:
    """The quota whose kept place this application had taken."""
    decision = Decision.objects.filter(application=application).first() if application else None
    kept = (
        next((reason for reason in decision.reasons if reason["code"] == "kept"), None) if decision else None
    )
    return (kept["key"], kept["value"]) if kept else None
