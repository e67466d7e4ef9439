"""Computing a timetable in the background, telling how far it is."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from bridgehead.jobs import actions as jobs
from bridgehead.jobs.models import Job
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.models import Forum

if TYPE_CHECKING:
    from bridgehead.engines.scheduling import Progress


@task()
def compute_timetable(job_id: str, forum_id: int, time_limit: int, least_change: bool, language: str) -> None:
    with jobs.running(job_id) as progress, translation.override(language):
        forum = Forum.objects.select_related("programme__host", "programme__edition").get(pk=forum_id)
        job = Job.objects.select_related("requested_by").get(pk=job_id)

        def tell(seconds: float, latest: "Progress | None") -> None:
            done = min(round(seconds), time_limit)
            progress(done=done, total=time_limit, message=_words(latest))

        timetable = actions.compute(
            forum=forum, by=job.requested_by, time_limit=time_limit, least_change=least_change, tell=tell
        )
        progress(done=time_limit, total=time_limit, message=_("Stored."))
        address = reverse("matchmaking:timetable", args=[forum.programme.slug])
        progress.result_url = f"{address}?timetable={timetable.pk}"


def _words(latest: "Progress | None") -> str:
    if latest is None or latest.best is None:
        return _("Looking for a first timetable …")
    if "value" in latest.terms:
        return _("Best so far: %(best)s points; more than %(bound)s is impossible.") % {
            "best": latest.best,
            "bound": latest.bound,
        }
    return _("Improving: fewer gaps and changes (step %(level)d of %(levels)d).") % {
        "level": latest.level,
        "levels": latest.levels,
    }


def start_computing(*, forum: Forum, by: Any, time_limit: int, least_change: bool, language: str) -> Job:
    """Queue the computation; the job's page shows how far it is and ends at the timetable."""
    return jobs.start(
        kind="timetable",
        title=_("Timetable of %(programme)s") % {"programme": forum.programme.title},
        by=by,
        task=compute_timetable,
        forum_id=forum.pk,
        time_limit=time_limit,
        least_change=least_change,
        language=language,
    )
