"""An award becomes a stand; a withdrawal makes it free for the reserve."""

from typing import Any

from bridgehead.calls.models import Award
from bridgehead.fairs import actions


def seat(*, award: Award, by: Any = None, **_facts: Any) -> None:
    actions.seat(award=award, by=by)


def unseat(*, award: Award, by: Any = None, **_facts: Any) -> None:
    actions.unseat(award=award, by=by)
