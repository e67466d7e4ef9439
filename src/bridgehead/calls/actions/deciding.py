"""The committee's decisions: written hidden, changed with a reason, taken back as long as nobody has been told."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.models import Application, Call, Decision
from bridgehead.calls.queries.ranking import chosen_scenario, obstacles, ranking_of
from bridgehead.calls.queries.rows import what_if_of
from bridgehead.calls.queries.stages import standing
from bridgehead.calls.ranking import Ranked

Outcome, State = Decision.Outcome, Application.State


class AlreadyReleased(Exception):
    def __init__(self) -> None:
        super().__init__(_("The decisions have been released and can no longer be changed here."))


class NotReady(Exception):
    """`obstacles` are sentences saying what has to be done first."""

    def __init__(self, obstacles: list[str]) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = obstacles


class OutOfDate(Exception):
    def __init__(self) -> None:
        super().__init__(_("The ranking has changed since you looked. Read it again, then decide."))


class NoPlaceLeft(Exception):
    def __init__(self, places: int) -> None:
        super().__init__(
            _("All %(places)s places are taken. Change another application to reserve or not selected first.")
            % {"places": places}
        )


class NotRanked(Exception):
    def __init__(self) -> None:
        super().__init__(_("This application was not eligible and has no rank."))


class NothingDecided(Exception):
    def __init__(self) -> None:
        super().__init__(_("There are no decisions to take back."))


class SeedTooLate(Exception):
    def __init__(self) -> None:
        super().__init__(_("The call has closed or its seed is published: the seed can no longer be set."))


def undecided(call: Call) -> Call:
    """The call, locked, as long as its decisions are hidden."""
    locked = Call.objects.select_for_update(of=("self",)).select_related("programme__host").get(pk=call.pk)
    if locked.released_at:
        raise AlreadyReleased
    return locked


def fingerprint(lines: Sequence[Ranked]) -> str:
    """Who gets what, in short: the page that showed the names sends it back, so that nothing else is decided."""
    said = repr([(line.key, line.outcome, line.rank, str(line.total)) for line in lines])
    return hashlib.sha256(said.encode()).hexdigest()


def ranked_decisions(call: Call) -> QuerySet[Decision]:
    return Decision.objects.filter(application__call=call, rank__isnull=False)


@transaction.atomic
def decide(*, call: Call, by: User | None, seen: str = "") -> list[Decision]:
    """Write the ranking of the chosen scenario, or of the call itself, down as decisions, hidden from the firms.

    Doing it again starts from the scores anew. `seen` is the fingerprint of what the committee had before it.
    """
    locked = undecided(call)
    if reasons := obstacles(locked):
        raise NotReady(reasons)
    scenario = chosen_scenario(locked)
    lines = ranking_of(locked, what_if_of(scenario)).lines
    if seen and seen != fingerprint(lines):
        raise OutOfDate
    ranked_decisions(locked).delete()
    left_behind = standing(locked)
    decisions = Decision.objects.bulk_create(_decision(line, by, left_behind.get(line.key)) for line in lines)
    _drop_past_plan(locked)
    counts = {outcome: sum(1 for d in decisions if d.outcome == outcome) for outcome in Outcome.values}
    data = {**counts, **({"scenario": scenario.name} if scenario else {})}
    audit.record(by=by, verb="call.decide", target=locked, chain=locked.programme.host.slug, data=data)
    return decisions


def _drop_past_plan(call: Call) -> None:
    """A moment that has passed must not release what nobody has looked at yet."""
    if call.release_at and call.release_at <= timezone.now():
        call.release_at = None
        call.save(update_fields=["release_at"])


def _decision(line: Ranked, by: User | None, left_behind: dict[str, Any] | None) -> Decision:
    """`left_behind` says in full why an application did not pass a stage."""
    reasons = line.reasons
    if left_behind:
        reasons = [*(reason for reason in reasons if reason["code"] != "not_passed"), left_behind]
    return Decision(
        application_id=line.key,
        outcome=line.outcome,
        rank=line.rank,
        reserve_rank=line.reserve_rank,
        score=line.score,
        bonus=line.bonus,
        reasons=reasons,
        decided_by=by,
    )


@transaction.atomic
def undo(*, call: Call, by: User | None) -> int:
    """Take the decisions back: the room shows the proposal again. Who was not eligible stays so."""
    locked = undecided(call)
    count, _kinds = ranked_decisions(locked).delete()
    if not count:
        raise NothingDecided
    chain = locked.programme.host.slug
    audit.record(by=by, verb="call.undecide", target=locked, chain=chain, data={"decisions": count})
    return count


@transaction.atomic
def change_decisions(
    *, call: Call, decisions: Sequence[int], outcome: str, reason: str, by: User | None
) -> int:
    """The committee departs from the proposal for all these; the reason is kept with each and in the trail."""
    locked = undecided(call)
    found = list(
        ranked_decisions(locked)
        .select_for_update(of=("self",))
        .select_related("application__firm")
        .filter(pk__in=decisions)
        .order_by("rank")
    )
    if len(found) != len(set(decisions)):
        raise NotRanked
    taken = ranked_decisions(locked).filter(outcome=Outcome.SELECTED).exclude(pk__in=decisions).count()
    limit = places_of(locked)
    if outcome == Outcome.SELECTED and limit and taken + len(found) > limit:
        raise NoPlaceLeft(limit)
    for decision in found:
        _change(decision, locked, outcome, reason, by)
    renumber_reserves(locked)
    return len(found)


def places_of(call: Call) -> int:
    """As many as the chosen scenario gives; 0: no limit."""
    scenario = chosen_scenario(call)
    return scenario.places if scenario else call.places


def _change(decision: Decision, call: Call, outcome: str, reason: str, by: User | None) -> None:
    before = decision.outcome
    decision.outcome, decision.note, decision.decided_by = outcome, reason, by
    decision.reserve_rank = _last_reserve(call) + 1 if outcome == Outcome.RESERVED else None
    kept = [entry for entry in decision.reasons if entry["code"] != "committee"]
    decision.reasons = [*kept, {"code": "committee", "note": reason, "from": before, "to": outcome}]
    decision.save()
    data = {"from": before, "to": outcome, "rank": decision.rank}
    chain = call.programme.host.slug
    audit.record(
        by=by, verb="decision.change", target=decision.application, chain=chain, reason=reason, data=data
    )


def _last_reserve(call: Call) -> int:
    return ranked_decisions(call).count()


@transaction.atomic
def change_decision(*, decision: Decision, outcome: str, reason: str, by: User | None) -> Decision:
    """One decision, as `change_decisions`."""
    if decision.rank is None:
        raise NotRanked
    call = decision.application.call
    change_decisions(call=call, decisions=[decision.pk], outcome=outcome, reason=reason, by=by)
    decision.refresh_from_db()
    return decision


def renumber_reserves(call: Call) -> None:
    """The reserve list follows the ranks, without gaps."""
    reserves = list(ranked_decisions(call).filter(outcome=Outcome.RESERVED).order_by("rank"))
    for place, decision in enumerate(reserves, start=1):
        decision.reserve_rank = place
    Decision.objects.bulk_update(reserves, ["reserve_rank"], batch_size=500)


@transaction.atomic
def publish_seed(*, call: Call, seed: str, by: User | None) -> Call:
    """Before the call closes and once only: nobody may choose the seed when the receipt numbers are known."""
    locked = undecided(call)
    if locked.lottery_seed or locked.closes_at <= timezone.now():
        raise SeedTooLate
    locked.lottery_seed = seed
    locked.save(update_fields=["lottery_seed"])
    chain = locked.programme.host.slug
    audit.record(by=by, verb="call.publish_seed", target=locked, chain=chain, data={"seed": seed})
    return locked
