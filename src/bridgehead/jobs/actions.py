"""Starting long work, and telling how far it is.

A task of any room takes `job_id` first and does its work inside `running(job_id)`:

    @task()
    def compute_timetable(job_id: str, forum_id: int) -> None:
        with running(job_id) as progress:
            progress(done=1, total=3, message="…")
            progress.result_url = "/desk/…"
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from bridgehead.jobs.models import Job

logger = logging.getLogger(__name__)


def start(*, kind: str, title: str, by: Any, task: Any, **arguments: Any) -> Job:
    """Create the job and hand its task to the queue once the transaction is through."""
    job = Job.objects.create(kind=kind, title=title[:200], requested_by=by)
    transaction.on_commit(partial(task.enqueue, str(job.pk), **arguments))
    return job


class Progress:
    """Called by the task to say how far it is; `result_url` is where the page sends people afterwards."""

    def __init__(self, job_id: str) -> None:
        self.job_id = job_id
        self.result_url = ""

    def __call__(self, *, done: int = 0, total: int = 0, message: str = "") -> None:
        Job.objects.filter(pk=self.job_id).update(done=done, total=total, message=message[:300])


@contextmanager
def running(job_id: str) -> Iterator[Progress]:
    """Marks the job running, then done or failed; a failure is logged and shown, never swallowed."""
    Job.objects.filter(pk=job_id).update(state=Job.State.RUNNING)
    progress = Progress(job_id)
    try:
        yield progress
    except Exception as error:
        Job.objects.filter(pk=job_id).update(
            state=Job.State.FAILED, error=str(error), finished_at=timezone.now()
        )
        logger.exception("job %s failed", job_id)
        raise
    Job.objects.filter(pk=job_id).update(
        state=Job.State.DONE, result_url=progress.result_url, finished_at=timezone.now()
    )
