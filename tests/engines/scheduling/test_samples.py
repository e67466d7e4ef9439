"""The shared samples, in a few seconds each, judged by the shared checker."""

import gzip
import json
import threading

import pytest

from bridgehead.engines.scheduling import Instance, solve
from tests.engines.scheduling.build import SHARED, checker

SAMPLES = SHARED / "samples" / "timetable"
CHECKER = checker()

pytestmark = pytest.mark.skipif(
    CHECKER is None or not SAMPLES.exists(),
    reason="the shared samples are not beside this repository: NOT RUN",
)


def load(name):
    path = next(SAMPLES.glob(f"{name}.json*"))
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as source:
        return json.load(source)


def judge(data, solution):
    theirs = CHECKER.check(data, solution.to_dict())
    assert theirs["errors"] == []
    assert theirs["valid"]
    assert set(solution.bound) == {metric for goal in data["objective"] for metric in goal["terms"]}


@pytest.mark.parametrize(
    ("name", "seconds"), [("delegation-select", 1.5), ("any-300", 1.5), ("fair-100-2700", 1)]
)
def test_select_samples_always_get_a_valid_answer(name, seconds):
    data = load(name)
    judge(data, solve(Instance.from_dict(data), time_limit=seconds, threads=2))


@pytest.mark.parametrize("name", ["forum-a", "forum-c-fair", "forum-d-sessions", "delegation-booths"])
def test_fixed_samples_get_a_valid_first_answer(name):
    """Stops at the first plan, since how long a good one takes depends on the machine."""
    data = load(name)
    found = threading.Event()

    def tell(progress):
        if progress.best is not None:
            found.set()

    judge(
        data,
        solve(Instance.from_dict(data), time_limit=60, threads=2, on_progress=tell, should_stop=found.is_set),
    )
