"""How fast the site answers while a timetable is computed, beside how fast it answers at rest.

    BRIDGEHEAD_VAR=var/demo python benchmarks/site_during_solve.py [--seconds 15]

Needs the demo data (`bin/demo --no-serve`). The solver runs as the worker does, in a process of its own with one thread;
the draft it makes is discarded. The ratio is the median during over the median at rest.
"""

import argparse
import multiprocessing
import os
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bridgehead.config.settings")
SLUG = "jongno-hongkong-next"
ROW = "{:<28} {:>8} {:>12} {:>12} {:>12}\n"


def solve(seconds: float, ready: "multiprocessing.synchronize.Event") -> None:
    import django  # noqa: PLC0415  (a process of its own)

    django.setup()
    from bridgehead.matchmaking import actions  # noqa: PLC0415  (after set-up)
    from bridgehead.matchmaking.models import Forum  # noqa: PLC0415

    forum = Forum.objects.select_related("programme__host", "programme__edition").get(programme__slug=SLUG)
    ready.set()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        timetable = actions.compute(forum=forum, by=None, time_limit=seconds, threads=1)
        actions.discard(timetable=timetable, by=None)


def pages(user: object, seconds: float) -> dict[str, list[float]]:
    from django.test import Client  # noqa: PLC0415  (after set-up)
    from django.urls import reverse  # noqa: PLC0415

    client = Client()
    client.force_login(user)
    names = ["matchmaking:desk", "matchmaking:timetable", "matchmaking:fairday"]
    taken: dict[str, list[float]] = {name: [] for name in names}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name in names:
            started = time.perf_counter()
            assert client.get(reverse(name, args=[SLUG])).status_code == 200
            taken[name].append(time.perf_counter() - started)
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=15)
    seconds = parser.parse_args().seconds
    import django  # noqa: PLC0415  (after the settings are named)

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from bridgehead.organisations.models import HostMembership  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    user = HostMembership.objects.filter(host__slug="jongno", role="officer").first().user
    pages(user, 2)  # templates are read once
    rest = pages(user, seconds)
    ready = multiprocessing.get_context("spawn").Event()
    worker = multiprocessing.get_context("spawn").Process(target=solve, args=(seconds, ready))
    worker.start()
    ready.wait()
    during = pages(user, seconds)
    worker.join()
    sys.stdout.write(ROW.format("page", "requests", "rest, ms", "solving, ms", "ratio"))
    for name, values in during.items():
        before, after = statistics.median(rest[name]), statistics.median(values)
        sys.stdout.write(
            ROW.format(
                name, len(values), f"{before * 1000:.0f}", f"{after * 1000:.0f}", f"{after / before:.2f}"
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
