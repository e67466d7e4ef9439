"""The one writer of an application's state."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.calls.models import Application
from bridgehead.calls.rules import MOVES, VERBS
from bridgehead.kit.states import check_move


@transaction.atomic
def move(
    *,
    application: Application,
    to: str,
    by: User | None,
    reason: str = "",
    data: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Application:
    """Move the application, locked, to another state; raises kit.states.WrongMove where that is not allowed.

    The state is read again under the lock, so of two people who move it at once the second is refused.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    check_move(MOVES, locked.state, to)
    Application.objects.filter(pk=locked.pk).update(state=to)
    application.state = to
    audit.record(
        by=by,
        verb=VERBS[to],
        target=application,
        chain=application.call.programme.host.slug,
        reason=reason,
        data={"from": locked.state, "to": to, **(data or {})},
        at=at,
    )
    return application


@transaction.atomic
def move_all(*, moves: Sequence[tuple[Application, str]], by: User | None) -> None:
    """Many at once, as `move` does one: all of them or, raising kit.states.WrongMove, none."""
    keys = [application.pk for application, _to in moves]
    locked = dict(
        Application.objects.select_for_update(of=("self",)).filter(pk__in=keys).values_list("pk", "state")
    )
    for application, to in moves:
        check_move(MOVES, locked[application.pk], to)
    for state in {to for _application, to in moves}:
        there = [application.pk for application, to in moves if to == state]
        Application.objects.filter(pk__in=there).update(state=state)
    for application, to in moves:
        application.state = to
        audit.record(
            by=by,
            verb=VERBS[to],
            target=application,
            chain=application.call.programme.host.slug,
            data={"from": locked[application.pk], "to": to},
        )
