"""The background worker: one loop over the queue in our own database."""

from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker


def work() -> None:
    Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(16),
        excluded_queue_names=[],
    ).run()
