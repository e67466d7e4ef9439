"""`bridgehead serve`: the web server, for production and for the demo. Starts Django only where pages are made."""

import argparse
import os

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        "bridgehead serve", description="Serve the site. Settings: docs/operations.md."
    )
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--threads", type=int, default=4, help="requests at once in each process")
    parser.add_argument(
        "--with-worker", action="store_true", help="also work off the queue, in the same process"
    )
    options = parser.parse_args(words)
    if options.with_worker:
        os.environ["BRIDGEHEAD_WORKER"] = "inline"
    Granian(
        "bridgehead.config.wsgi:application",
        address=options.address,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=options.threads,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()
    return 0
