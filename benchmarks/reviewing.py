"""A call of 1,000 applications × 3 reviews × 6 criteria: hand-out and the pages of reviewing against their limits.

    python benchmarks/reviewing.py [--applications 1000]

Each line: seconds of the processor, the median of five runs (the database is inside the process), the limit, and their ratio (below 1 is within). Queries are those of the page with all
rows, beside those of the same page with a tenth of them: the two have to be equal.
"""

import argparse
import sys
from statistics import median
from time import process_time
from typing import Any

from calls_fixture import a_large_call, officer_of, temporary_database
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bridgehead.accounts.models import User
from bridgehead.calls.actions.assigning import assign_reviewers
from bridgehead.calls.actions.declaring import declare
from bridgehead.calls.models import Call, Review

RUNS, PAGE_LIMIT, HAND_OUT_LIMIT = 5, 0.2, 10.0
ROW = "{:<34} {:>9} {:>9} {:>7} {:>8} {:>14}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--applications", type=int, default=1000)
    count = parser.parse_args().applications
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    sys.stdout.write(ROW.format("what", "seconds", "limit", "ratio", "queries", "at a tenth"))
    with temporary_database():
        large, small = a_large_call(count), a_large_call(max(count // 10, 1), slug="small")
        _hand_out(count)
        few = dict(_pages(small))
        for name, (client, url) in _pages(large):
            seconds, queries = _measured(client, url)
            _line(name, seconds, PAGE_LIMIT, queries, _measured(*few[name])[1])
    return 0


def _hand_out(count: int) -> None:
    call = a_large_call(count, reviewed=0, slug="fresh")
    start = process_time()
    result = assign_reviewers(call=call, by=None)
    _line(f"hand out {len(result.pairs)} (gap {result.gap})", process_time() - start, HAND_OUT_LIMIT)


def _pages(call: Call) -> list[tuple[str, tuple[Client, str]]]:
    reviewer = User.objects.filter(reviews__application__call=call).order_by("pk").first()
    assert reviewer is not None
    declare(by=reviewer)
    at_desk, at_home = Client(), Client()
    at_desk.force_login(officer_of(call))
    at_home.force_login(reviewer)
    reading = Review.objects.filter(reviewer=reviewer, application__call=call).earliest("pk")
    stage = call.stages.get()
    return [
        ("officer: reviewers", (at_desk, reverse("calls:desk_reviewers", args=[call.slug]))),
        ("officer: who goes on", (at_desk, reverse("calls:desk_stage", args=[stage.pk]))),
        ("reviewer: my reviews", (at_home, reverse("calls:reviews"))),
        ("reviewer: one review", (at_home, reverse("calls:review", args=[reading.pk]))),
    ]


def _measured(client: Client, url: str) -> tuple[float, int]:
    _get(client, url)
    times = []
    for _run in range(RUNS):
        start = process_time()
        _get(client, url)
        times.append(process_time() - start)
    with CaptureQueriesContext(connection) as captured:
        _get(client, url)
    return median(times), len(captured)


def _get(client: Client, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer


def _line(name: str, seconds: float, limit: float, queries: int | str = "", few: int | str = "") -> None:
    sys.stdout.write(
        ROW.format(name, f"{seconds:.3f}", f"{limit:.1f}", f"{seconds / limit:.2f}", queries, few)
    )
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
