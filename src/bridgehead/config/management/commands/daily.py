"""`bridgehead daily`: every reminder and sweep of all rooms, for one timer a day; run again it does nothing twice."""

import traceback
from collections.abc import Callable, Sized
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bridgehead.calls.actions.reminding import remind_before_due
from bridgehead.calls.actions.returning import remind_of_completion
from bridgehead.calls.actions.teaming import remind_unanswered
from bridgehead.certification.actions.deciding import follow_the_calendar
from bridgehead.funding.actions.reminding import remind_of_due_claims
from bridgehead.funding.actions.vouchers import expire_vouchers, remind_of_expiry
from bridgehead.questions import uploading

CHORES: dict[str, Callable[[], int | Sized]] = {
    "reviewers reminded of reviews due within three days": remind_before_due,
    "firms reminded of an application to complete within two days": remind_of_completion,
    "members of teams asked again after three days": remind_unanswered,
    "claims reminded of, due within three days or overdue": remind_of_due_claims,
    "certificates suspended or expired": follow_the_calendar,
    "firms reminded of vouchers that end in 30 or 7 days": remind_of_expiry,
    "vouchers expired, the rest given back to the budget": expire_vouchers,
    "abandoned uploads removed": uploading.sweep,
}


class Command(BaseCommand):
    help = "Do what is due every day: reminders, the calendar of certificates, sweeps."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [name for name, chore in CHORES.items() if not self._done(name, chore)]
        if failed:
            raise CommandError(f"Not done: {'; '.join(failed)}")

    def _done(self, name: str, chore: Callable[[], int | Sized]) -> bool:
        """What breaks in one room keeps nobody else waiting another day."""
        try:
            result = chore()
        except Exception:
            self.stderr.write(traceback.format_exc())
            return False
        self.stderr.write(f"{result if isinstance(result, int) else len(result)} {name}")
        return True
