"""The selection room at 1,000 applications × 3 reviews × 6 criteria: seconds of the server, queries, and the paper.

    python benchmarks/selection.py [--applications 1000] [--pages 5]

The limit is 200 ms a page and 10 s a paper; the ratio is measured / limit, below 1 is good. The last lines compare with
pretalx's own list of as many submissions, installed for the measurement into an environment that is thrown away.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from calls_fixture import a_large_call, officer_of, temporary_database
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bridgehead import documents
from bridgehead.calls import paper

PAGE_LIMIT, PAPER_LIMIT = 0.2, 10.0
ROW = "{:<28} {:>10} {:>8} {:>8}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--applications", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=5)
    arguments = parser.parse_args()
    settings.ALLOWED_HOSTS = ["*"]
    with temporary_database():
        call = a_large_call(arguments.applications)
        client = Client()
        client.force_login(officer_of(call))
        gc.collect()
        gc.freeze()  # as the server does when it has loaded: see config/wsgi.py
        sys.stdout.write(ROW.format("", "seconds", "ratio", "queries"))
        ours = _pages(client, call, arguments.pages)
        for format in paper.FORMATS:
            seconds = _best(lambda f=format: documents.render(paper.build(call, "ko"), f), 1)
            _line(f"paper {format}", seconds, PAPER_LIMIT)
    _beside_pretalx(ours, arguments.applications, arguments.pages)


def _beside_pretalx(ours: float, count: int, times: int) -> None:
    """Ratio: our selection room / their list, below 1 is good."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            theirs = _pretalx(Path(folder), count, times)
        except subprocess.CalledProcessError as error:
            sys.stdout.write(
                f"pretalx: not compared, it could not be installed or run\n{error.stderr[-600:]}\n"
            )
            return
    name = f"pretalx {theirs['version']}, its list"
    sys.stdout.write(ROW.format(name, f"{theirs['seconds']:.3f}", "", theirs["queries"]))
    sys.stdout.write(ROW.format("selection room / pretalx", "", f"{ours / theirs['seconds']:.2f}", ""))


def _pretalx(folder: Path, count: int, times: int) -> dict[str, Any]:
    python, data = folder / "env" / "bin" / "python", folder / "data"
    venv.create(folder / "env", with_pip=True)
    data.mkdir()
    script = Path(__file__).with_name("pretalx_list.py")
    own = {"PRETALX_DATA_DIR": str(data), "PRETALX_NO_INITIAL_LOG": "1"}
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**plain, **own, "DJANGO_SETTINGS_MODULE": "pretalx.settings"}
    _run([python, "-m", "pip", "install", "-q", "pretalx"], environment, folder)
    return json.loads(_run([python, script, count, times], environment, folder).splitlines()[-1])  # type: ignore[no-any-return]


def _run(command: list[object], environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        env=environment,
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def _pages(client: Client, call: Any, times: int) -> float:
    """Seconds of the selection room as it opens."""
    address = f"/ko/desk/calls/{call.slug}/selection/"
    weights = {f"weight-{one.pk}": one.weight for one in call.criteria.all()}
    trial = {"places": call.places + 20, "threshold": 0, "levelled": "on", **weights}
    taken = []
    for name, data in [("selection room", {}), ("what-if, levelled", trial)]:
        client.get(address, data)
        with CaptureQueriesContext(connection) as queries:
            client.get(address, data)
        asked = len(queries.captured_queries)  # now: the next request empties the log
        taken.append(_best(lambda given=data: client.get(address, given), times))
        _line(name, taken[-1], PAGE_LIMIT, asked)
    return taken[0]


def _best(work: Callable[[], object], times: int) -> float:
    """The fastest of several: what the work takes when nothing else holds the machine."""
    taken = []
    for _time in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def _line(name: str, seconds: float, limit: float, queries: int | str = "") -> None:
    sys.stdout.write(ROW.format(name, f"{seconds:.3f}", f"{seconds / limit:.2f}", queries))


if __name__ == "__main__":
    main()
