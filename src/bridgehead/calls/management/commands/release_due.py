"""`bridgehead release_due`: releases whose planned moment has come. For a clock such as cron, where the queue keeps none."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bridgehead.calls.queries.releasing import calls_due
from bridgehead.calls.tasks import start_release


class Command(BaseCommand):
    help = "Release the decisions of calls whose planned moment has come."

    def handle(self, *args: Any, **options: Any) -> None:
        for call in calls_due():
            start_release(call=call, by=None, language=settings.LANGUAGE_CODE[:2])
            self.stderr.write(f"{call.slug}: release queued")
