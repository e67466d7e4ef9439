"""What was not right: a claim goes back to the maker with its fields marked; a payment is reversed, never erased."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from bridgehead.funding.actions.support import ReasonMissing, move_line
from bridgehead.funding.models import SupportLine
from bridgehead.funding.rules import State


@transaction.atomic
def send_back(*, line: SupportLine, by: Any, note: str, fields: Sequence[str] = ()) -> SupportLine:
    """Ask the maker to mend a claim. What was promised stays promised. Raises WrongMove and ReasonMissing."""
    if not note.strip():
        raise ReasonMissing
    return move_line(
        line=line,
        to=State.RETURNED,
        by=by,
        reason=note,
        data={"fields": list(fields)},
        return_note=note.strip(),
        returned_fields=list(fields),
    )


@transaction.atomic
def reverse(*, line: SupportLine, by: Any, reason: str, on: date | None = None) -> SupportLine:
    """Take back what was paid or given: its entries are reversed one by one, the firm's ceiling and the sources have the
    amount again, and the receipt may be claimed again. Raises WrongMove and ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    return move_line(
        line=line,
        to=State.REVERSED,
        by=by,
        reason=reason,
        on=on,
        reversal_reason=reason.strip(),
    )
