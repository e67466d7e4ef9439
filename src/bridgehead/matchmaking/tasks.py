"""Computing a timetable in the worker, so that the site stays quick for everybody else."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from bridgehead.jobs import actions as jobs
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.models import Forum, Run


@task()
def compute_timetable(job_id: str, run_id: int, language: str) -> None:
    with jobs.running(job_id) as progress, translation.override(language):
        run = Run.objects.select_related(
            "forum__programme__host", "forum__programme__edition", "asked_by"
        ).get(pk=run_id)
        run = actions.carry_out(run)
        progress(done=1, total=1, message=_("Stored."))
        address = reverse("matchmaking:timetable", args=[run.forum.programme.slug])
        progress.result_url = f"{address}?timetable={run.timetable_id}"


@transaction.atomic
def start_computing(
    *, forum: Forum, by: Any, seconds: int, least_change: bool, language: str, goal: str = Run.Goal.PROMISED
) -> Run:
    """Queue the computation; the room shows how far it is to every officer of the host."""
    run = Run.objects.create(
        forum=forum,
        goal=goal,
        seconds=seconds,
        least_change=least_change,
        asked_by=by if getattr(by, "pk", None) else None,
    )
    jobs.start(
        kind="timetable",
        title=_("Timetable of %(programme)s") % {"programme": forum.programme.title},
        by=by,
        task=compute_timetable,
        run_id=run.pk,
        language=language,
    )
    return run
