"""Which state an application may go to next, and what its firm may do and see at a moment."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from bridgehead.calls.models import Application, Call
from bridgehead.kit.states import Moves

State = Application.State

#: The one list of moves. `actions/moving.py` is the only writer of `Application.state`.
MOVES: Moves = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset(
        {State.RETURNED, State.SHORTLISTED, State.SELECTED, State.RESERVED, State.DECLINED, State.WITHDRAWN}
    ),
    State.RETURNED: frozenset({State.SUBMITTED, State.DECLINED, State.WITHDRAWN}),
    State.SHORTLISTED: frozenset(
        {State.SUBMITTED, State.RETURNED, State.SELECTED, State.RESERVED, State.DECLINED, State.WITHDRAWN}
    ),
    # The committee may still change its mind, and a reserve moves up when somebody gives up a place.
    State.SELECTED: frozenset({State.RESERVED, State.DECLINED, State.WITHDRAWN}),
    State.RESERVED: frozenset({State.SELECTED, State.DECLINED, State.WITHDRAWN}),
    State.DECLINED: frozenset({State.SELECTED, State.RESERVED}),
    # A firm that withdrew may start again while the call is open.
    State.WITHDRAWN: frozenset({State.DRAFT}),
}
#: What a move is called in the audit trail.
VERBS: dict[str, str] = {
    State.DRAFT: "application.reopen",
    State.SUBMITTED: "application.submit",
    State.RETURNED: "application.return",
    State.SHORTLISTED: "application.shortlist",
    State.SELECTED: "application.select",
    State.RESERVED: "application.reserve",
    State.DECLINED: "application.decline",
    State.WITHDRAWN: "application.withdraw",
}
#: Employers, phones and addresses change: reviewers declare anew after a year.
DECLARATION_LASTS = timedelta(days=365)
DECIDED = frozenset({State.SELECTED, State.RESERVED, State.DECLINED})


def is_open(call: Call, at: datetime | None = None) -> bool:
    """Published, and the moment is from the opening on and before the closing, to the second."""
    moment = at or timezone.now()
    published = call.published_at is not None and call.published_at <= moment
    return published and call.opens_at <= moment < call.closes_at


def state_shown(application: Application) -> str:
    """The state the firm may know: before the release an application under review is just submitted."""
    if application.call.released_at is None and application.state in {*DECIDED, State.SHORTLISTED}:
        return State.SUBMITTED
    return application.state


def last_moment(call: Call) -> datetime:
    """Until when a draft begun before the deadline may be sent."""
    return call.closes_at + timedelta(minutes=call.grace_minutes)


def in_grace(application: Application, at: datetime | None = None) -> bool:
    """After the deadline, for a draft begun before it, as long as the call's grace lasts."""
    call, moment = application.call, at or timezone.now()
    is_published = call.published_at is not None and call.published_at <= moment
    begun = application.created_at < call.closes_at
    return is_published and begun and call.closes_at <= moment < last_moment(call)


def is_due(application: Application, at: datetime | None = None) -> bool:
    """The time to complete what was returned is over."""
    return application.return_due_at is not None and application.return_due_at <= (at or timezone.now())


def open_keys(application: Application) -> set[str] | None:
    """Of an application returned for completion, the questions that may be answered again; None: all."""
    if application.state == State.RETURNED and application.returned_fields:
        return set(application.returned_fields)
    return None


def may_edit(application: Application, at: datetime | None = None) -> bool:
    """A draft always (typing is never lost); what was submitted until the deadline; what was returned until it is due."""
    if application.state == State.SUBMITTED:
        return is_open(application.call, at)
    if application.state == State.RETURNED:
        return not is_due(application, at)
    return application.state == State.DRAFT


def may_submit(application: Application, at: datetime | None = None) -> bool:
    """A returned application may come back after the deadline: the office asked for it."""
    if application.state == State.RETURNED:
        return not is_due(application, at)
    if application.state == State.DRAFT and in_grace(application, at):
        return True
    return application.state in {State.DRAFT, State.SUBMITTED} and is_open(application.call, at)


def may_withdraw(application: Application) -> bool:
    """Until the decision is known; afterwards it is the award that is given up."""
    undecided = {State.DRAFT, State.SUBMITTED, State.RETURNED}
    return state_shown(application) in undecided


def objections_until(call: Call) -> datetime | None:
    """The end of the last day for objections, on the office's clock; before the release counted from the planned one."""
    released = call.released_at or call.release_at
    if not call.objection_days or released is None:
        return None
    last = timezone.localtime(released, ZoneInfo(call.zone)).date() + timedelta(days=call.objection_days)
    return datetime.combine(last, time(23, 59, 59), ZoneInfo(call.zone))


def may_object(application: Application, at: datetime | None = None) -> bool:
    """After the release, until the last day is over."""
    until = objections_until(application.call)
    decided = application.state in {State.RESERVED, State.DECLINED, State.SELECTED}
    released = application.call.released_at is not None
    return released and decided and until is not None and (at or timezone.now()) <= until


def declaration_counts(declared_at: datetime | None, at: datetime | None = None) -> bool:
    """Whether a reviewer's declaration of interests still stands for the next reading."""
    return declared_at is not None and declared_at > (at or timezone.now()) - DECLARATION_LASTS
