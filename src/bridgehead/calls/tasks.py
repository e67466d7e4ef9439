"""Work of the selection room that takes longer than a page: the release with its letters, and the committee's paper."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from bridgehead import documents
from bridgehead.calls import paper
from bridgehead.calls.actions import releasing
from bridgehead.calls.models import Call
from bridgehead.calls.queries.releasing import calls_due
from bridgehead.jobs import actions as jobs
from bridgehead.jobs.models import Job


def _call(pk: int) -> Call:
    return Call.objects.select_related("programme__host").get(pk=pk)


@task()
def release_call(job_id: str, call_id: int, language: str) -> None:
    """Begun again after a failure it goes on where it stopped."""
    with jobs.running(job_id) as progress, translation.override(language):
        call = _call(call_id)
        job = Job.objects.select_related("requested_by").get(pk=job_id)
        progress.result_url = reverse("calls:desk_selection", args=[call.slug])

        def tell(done: int, total: int) -> None:
            message = _("%(done)s of %(total)s letters written") % {"done": done, "total": total}
            progress(done=done, total=total, message=message)

        if call.released_at is None:
            call = releasing.open_decisions(call=call, by=job.requested_by)
        releasing.tell_outcomes(call=call, tell=tell)


def start_release(*, call: Call, by: Any, language: str) -> Job:
    """Also for the letters that are still missing after a release was interrupted."""
    return jobs.start(
        kind="release",
        title=_("Release of “%(title)s”") % {"title": call.title},
        by=by,
        task=release_call,
        call_id=call.pk,
        language=language,
    )


@task()
def release_if_due(call_id: int, language: str) -> None:
    """Woken at the planned moment; a plan that was moved or taken back since has its own, or none."""
    call = calls_due().filter(pk=call_id).first()
    if call is not None:
        start_release(call=call, by=None, language=language)


def wake_for(*, call: Call, language: str) -> bool:
    """Ask the queue to wake us at the planned moment; False where nothing is planned, or where the queue keeps no clock
    and `bridgehead release_due` is run by one that does."""
    planned = Call.objects.values_list("release_at", flat=True).get(pk=call.pk)
    if planned is None or not release_if_due.get_backend().supports_defer:
        return False
    release_if_due.using(run_after=planned).enqueue(call.pk, language)
    return True


def paper_name(call: Call, job_id: str, format: str) -> str:
    return f"calls/papers/{call.pk}/{job_id}.{format}"


@task()
def write_paper(
    job_id: str, call_id: int, format: documents.Format, language: documents.blocks.Language
) -> None:
    with jobs.running(job_id) as progress, translation.override(language):
        call = _call(call_id)
        progress(done=1, total=3, message=_("Collecting the ranking …"))
        document = paper.build(call, language)
        progress(done=2, total=3, message=_("Writing the document …"))
        default_storage.save(
            paper_name(call, job_id, format), ContentFile(documents.render(document, format))
        )
        progress(done=3, total=3, message=_("Ready."))
        address = reverse("calls:desk_paper_file", args=[call.slug, job_id])
        progress.result_url = f"{address}?format={format}"


def start_paper(*, call: Call, by: Any, format: str, language: str) -> Job:
    return jobs.start(
        kind="paper",
        title=_("Selection for “%(title)s”") % {"title": call.title},
        by=by,
        task=write_paper,
        call_id=call.pk,
        format=format,
        language=language,
    )
