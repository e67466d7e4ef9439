"""Which state an application may go to next, and what its firm may do and see at a moment."""

from datetime import datetime

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


def may_edit(application: Application, at: datetime | None = None) -> bool:
    """A draft always (typing is never lost); what was submitted until the deadline; what was returned, any time."""
    if application.state == State.SUBMITTED:
        return is_open(application.call, at)
    return application.state in {State.DRAFT, State.RETURNED}


def may_submit(application: Application, at: datetime | None = None) -> bool:
    """A returned application may come back after the deadline: the office asked for it."""
    if application.state == State.RETURNED:
        return True
    return application.state in {State.DRAFT, State.SUBMITTED} and is_open(application.call, at)


def may_withdraw(application: Application) -> bool:
    """Until the decision is known; afterwards it is the award that is given up."""
    undecided = {State.DRAFT, State.SUBMITTED, State.RETURNED}
    return state_shown(application) in undecided
