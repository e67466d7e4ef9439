"""`bridgehead worker`: works off the queue until it is told to stop."""

import threading
from typing import Any

from django.core.management.base import BaseCommand

from bridgehead.config.worker import work


class Command(BaseCommand):
    help = "Work off the queue: mails, timetables, reports."

    def handle(self, *args: Any, **options: Any) -> None:
        thread = threading.Thread(target=work, name="worker", daemon=True)
        thread.start()
        thread.join()
