"""`bridgehead serve`: the web server, for production and for the demo."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


class Command(BaseCommand):
    help = "Serve the site. Settings come from the environment; see docs/operations.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=1, help="processes")
        parser.add_argument("--threads", type=int, default=4, help="requests at once in each process")
        parser.add_argument("--with-worker", action="store_true", help="also work off the queue, in the same process")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["with_worker"]:
            os.environ["BRIDGEHEAD_WORKER"] = "inline"
        Granian(
            "bridgehead.config.wsgi:application",
            address=options["address"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
        ).serve()
