"""The settlement bundle: hundreds of receipts take longer than a page."""

import tempfile
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from bridgehead.documents.blocks import Language
from bridgehead.funding import settlement
from bridgehead.jobs import actions as jobs
from bridgehead.jobs.models import Job
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme

_TELL_EVERY = 20


def bundle_name(programme: Programme, job_id: str) -> str:
    return f"funding/settlements/{programme.pk}/{job_id}.zip"


@task()
def write_bundle(job_id: str, programme_id: int, firm_id: int | None, language: Language) -> None:
    with jobs.running(job_id) as progress, translation.override(language):
        programme = Programme.objects.select_related("host").get(pk=programme_id)
        firm = Organisation.objects.get(pk=firm_id) if firm_id else None

        def tell(done: int, total: int) -> None:
            if done % _TELL_EVERY == 0 or done == total:
                message = _("%(done)s of %(total)s receipts") % {"done": done, "total": total}
                progress(done=done, total=total + 1, message=message)

        with tempfile.TemporaryFile() as out:
            settlement.write(out, programme=programme, firm=firm, language=language, tell=tell)
            out.seek(0)
            default_storage.save(bundle_name(programme, job_id), File(out))
        progress.result_url = reverse("funding:settlement_ready", args=[programme.slug, job_id])


def start_bundle(*, programme: Programme, firm: Organisation | None, by: Any, language: str) -> Job:
    return jobs.start(
        kind="settlement",
        title=_("Settlement of %(programme)s") % {"programme": firm or programme},
        by=by,
        task=write_bundle,
        programme_id=programme.pk,
        firm_id=firm.pk if firm else None,
        language=language,
    )
