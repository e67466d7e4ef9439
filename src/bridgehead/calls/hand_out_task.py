"""Handing out a large call in the background, telling how far it is."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from bridgehead.accounts.models import User
from bridgehead.calls.actions.assigning import STEPS, assign_reviewers
from bridgehead.calls.models import Call
from bridgehead.jobs import actions as jobs
from bridgehead.jobs.models import Job

#: From so many applications on, a page would keep people waiting.
LARGE = 300


@task()
def hand_out(job_id: str, call_id: int, language: str) -> None:
    with jobs.running(job_id) as progress, translation.override(language):
        call = Call.objects.get(pk=call_id)
        job = Job.objects.select_related("requested_by").get(pk=job_id)

        def tell(step: int, words: str) -> None:
            progress(done=step, total=STEPS, message=words)

        result = assign_reviewers(call=call, by=job.requested_by, tell=tell)
        done = _("%(count)s reviews were handed out.") % {"count": len(result.pairs)}
        progress(done=STEPS, total=STEPS, message=done)
        progress.result_url = reverse("calls:desk_reviewers", args=[call.slug])


def start_handing_out(*, call: Call, by: User, language: str) -> Job:
    """Queue it; the job's page ends at the page of the reviewers."""
    title = _("Handing out: %(call)s") % {"call": call.title}
    return jobs.start(
        kind="assignment", title=title, by=by, task=hand_out, call_id=call.pk, language=language
    )
