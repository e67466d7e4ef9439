"""After publishing: both sides say yes, and what becomes free is offered to those who wait."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.engines import scheduling
from bridgehead.mailing.actions import MailFile
from bridgehead.matchmaking.actions.computing import take_figures
from bridgehead.matchmaking.actions.errors import Conflict
from bridgehead.matchmaking.actions.letters import CALENDAR, send_letter
from bridgehead.matchmaking.boards import Board
from bridgehead.matchmaking.calendars import calendar_of
from bridgehead.matchmaking.instances import build, pair_of, published_timetable
from bridgehead.matchmaking.models import Forum, Meeting, Party, Proposal
from bridgehead.matchmaking.queries import meetings_of

SECONDS_TO_PROPOSE = 5.0
LIVE = (Proposal.State.OPEN, Proposal.State.OFFERED)


@transaction.atomic
def confirm_meetings(*, party: Party, by: Any, uid: Any = None, at: datetime | None = None) -> int:
    """This party comes: to the meeting `uid`, or to all that are planned. Said twice, it is said once."""
    side = "firm_confirmed_at" if party.is_firm else "buyer_confirmed_at"
    rows = Meeting.objects.filter(
        Q(firm=party) | Q(buyer=party),
        timetable__forum=party.forum_id,
        timetable__published_at__isnull=False,
        state=Meeting.State.PLANNED,
        **{f"{side}__isnull": True},
    )
    rows = rows.filter(uid=uid) if uid else rows
    count = rows.update(**{side: at or timezone.now()})
    if count:
        chain = party.forum.programme.host.slug
        audit.record(
            by=by, verb="meeting.confirm", target=party, chain=chain, data={"meetings": count}, at=at
        )
    return count


def propose(*, forum: Forum, by: Any = None) -> list[Proposal]:
    """Look for waiting wishes that fit into what is free without moving anybody, the best first.

    The engine re-plans on top of what is published: nobody dropped, nobody disturbed, then as much as possible added. The
    additions are the proposals. Who declined the other once is not asked again. No lock while the engine thinks.
    """
    if published_timetable(forum) is None:
        return []
    instance = build(forum, least_change=True)
    solution = scheduling.replan(instance, time_limit=SECONDS_TO_PROPOSE, threads=1, seed=1)
    if any(change.what != "added" for change in solution.changes):
        return []  # what is published no longer holds as it is: that is for the officer to re-plan
    seats = {row.request: row for row in solution.assignments}
    worth = {request.id: int(request.weight) for request in instance.requests}
    stands = {party.id: party.booth.id for party in instance.participants if party.booth}
    rows = [
        (pair_of(change.request), seats[change.request], worth[change.request]) for change in solution.changes
    ]
    return _keep(forum, rows, stands, by)


@transaction.atomic
def _keep(forum: Forum, rows: list[Any], stands: dict[str, str | None], by: Any) -> list[Proposal]:
    """Offers that people are answering stay; what was only found gives way to what was found now."""
    Forum.objects.select_for_update().get(pk=forum.pk)
    forum.proposals.filter(state=Proposal.State.OPEN).update(state=Proposal.State.LAPSED)
    taken = set(
        forum.proposals.filter(state__in=[Proposal.State.OFFERED, Proposal.State.DECLINED]).values_list(
            "firm", "buyer"
        )
    )
    busy = {
        (party, slot)
        for firm, buyer, slot in forum.proposals.filter(state=Proposal.State.OFFERED).values_list(
            "firm", "buyer", "slot"
        )
        for party in (firm, buyer)
    }
    tables = dict(forum.tables.values_list("code", "pk"))
    made = []
    for pair, seat, worth in rows:
        if pair in taken or any((party, int(seat.slot)) in busy for party in pair):
            continue
        table = tables.get(seat.table) if seat.table else None
        stand = "" if seat.table else stands.get(f"p{pair[0]}") or ""
        made.append(
            Proposal.objects.create(
                forum=forum,
                firm_id=pair[0],
                buyer_id=pair[1],
                slot_id=int(seat.slot),
                table_id=table,
                stand=stand,
                worth=worth,
            )
        )
    if forum.offers_at_once:
        for proposal in made:
            offer(proposal=proposal, by=by)
    return made


@transaction.atomic
def offer(*, proposal: Proposal, by: Any, at: datetime | None = None) -> Proposal:
    """Ask both sides. Raises Conflict when the place has gone meanwhile; offered twice, nobody is asked twice."""
    proposal = _locked(proposal)
    if proposal.state != Proposal.State.OPEN:
        return proposal
    _check(proposal)
    proposal.state = Proposal.State.OFFERED
    proposal.save(update_fields=["state"])
    _record(proposal, "proposal.offer", by, at=at)
    for party in (proposal.firm, proposal.buyer):
        context = {"proposal": proposal, "other": proposal.other(party)}
        send_letter(party, kind="offered", context=context, at=at)
    return proposal


@transaction.atomic
def answer_offer(
    *, proposal: Proposal, party: Party, agree: bool, by: Any, reason: str = "", at: datetime | None = None
) -> Proposal:
    """One side's answer. The second yes makes the meeting and mails both; a no ends the offer."""
    now = at or timezone.now()
    proposal = _locked(proposal)
    if proposal.state != Proposal.State.OFFERED:
        raise Conflict([_("This offer is no longer open.")])
    if not agree:
        proposal.state, proposal.reason = Proposal.State.DECLINED, reason.strip()[:300]
        proposal.save(update_fields=["state", "reason"])
        _record(proposal, "proposal.decline", by, reason=proposal.reason, at=at)
        return proposal
    _check(proposal)
    side = "firm_agreed_at" if party.pk == proposal.firm_id else "buyer_agreed_at"
    setattr(proposal, side, now)
    if proposal.firm_agreed_at and proposal.buyer_agreed_at:
        proposal.state = Proposal.State.BOOKED
    proposal.save(update_fields=[side, "state"])
    _record(proposal, "proposal.agree", by, at=at)
    if proposal.state == Proposal.State.BOOKED:
        _book(proposal, now, at)
    return proposal


@transaction.atomic
def lapse(*, proposal: Proposal, by: Any) -> None:
    """An offer whose place has gone is closed, so that nobody answers it any more."""
    if Proposal.objects.filter(pk=proposal.pk, state__in=LIVE).update(state=Proposal.State.LAPSED):
        _record(proposal, "proposal.lapse", by)


def _locked(proposal: Proposal) -> Proposal:
    Forum.objects.select_for_update().get(pk=proposal.forum_id)
    return Proposal.objects.select_related(
        "forum__programme__host",
        "forum__programme__edition",
        "firm__organisation",
        "buyer__organisation",
        "slot",
        "table",
    ).get(pk=proposal.pk)


def _check(proposal: Proposal) -> None:
    """The place may have gone: to another meeting, or because somebody is away now. Then the offer lapses."""
    published = published_timetable(proposal.forum)
    pair = (proposal.firm_id, proposal.buyer_id)
    problems = (
        Board(published).problems(pair, proposal.slot, proposal.table)
        if published
        else [_("There is no published timetable.")]
    )
    if problems:
        raise Conflict(problems)


def _book(proposal: Proposal, now: datetime, at: datetime | None) -> None:
    published = published_timetable(proposal.forum)
    assert published is not None
    values: dict[str, Any] = {
        "slot": proposal.slot,
        "table": proposal.table,
        "stand": proposal.stand,
        "state": Meeting.State.PLANNED,
        "cancelled_by": "",
        "cancel_reason": "",
        "rebook": False,
        "changed_at": now,
        "firm_confirmed_at": proposal.firm_agreed_at,
        "buyer_confirmed_at": proposal.buyer_agreed_at,
    }
    former = published.meetings.filter(firm=proposal.firm, buyer=proposal.buyer).first()
    if former is not None:
        values["sequence"] = former.sequence + 1
    Meeting.objects.update_or_create(
        timetable=published, firm=proposal.firm, buyer=proposal.buyer, defaults=values
    )
    published.revision += 1
    published.save(update_fields=["revision"])
    take_figures(published)
    for party in (proposal.firm, proposal.buyer):
        party.forum = proposal.forum
        meetings = list(meetings_of(party))
        rows = [(meeting, meeting.other(party)) for meeting in meetings if meeting.is_planned]
        file = MailFile("meetings.ics", CALENDAR, calendar_of(party, meetings))
        send_letter(party, kind="timetable", context={"rows": rows, "again": True}, attachment=file, at=at)


def _record(proposal: Proposal, verb: str, by: Any, *, reason: str = "", at: datetime | None = None) -> None:
    chain = proposal.forum.programme.host.slug
    audit.record(by=by, verb=verb, target=proposal, chain=chain, reason=reason, at=at)
