"""What an award means for money: an account under the ceiling, closed to promises when the firm withdraws."""

from typing import Any

from django.utils.translation import gettext as _

from bridgehead.calls.models import Award
from bridgehead.funding import actions


def open_account(*, award: Award, **_facts: Any) -> None:
    actions.open_account(programme=award.programme, firm=award.firm)


def release_promises(*, award: Award, by: Any = None, **_facts: Any) -> None:
    actions.release_promises(
        programme=award.programme, firm=award.firm, by=by, reason=_("The firm withdrew from the programme.")
    )
