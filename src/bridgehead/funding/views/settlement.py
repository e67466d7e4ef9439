"""The settlement bundle: asked for here, made in the background, fetched here."""

import json
import zipfile
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.funding import queries, tasks
from bridgehead.funding.models import SupportLine
from bridgehead.funding.views.access import programme_where
from bridgehead.programmes.models import Programme


@login_required
@require_POST
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the whole programme, or of one firm (`firm`)."""
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    wanted = request.POST.get("firm", "")
    firm = get_object_or_404(queries.firms_of(programme), slug=wanted) if wanted else None
    language = (get_language() or "ko")[:2]
    job = tasks.start_bundle(programme=programme, firm=firm, by=request.user, language=language)
    return redirect("jobs:detail", job.pk)


@login_required
def ready(request: HttpRequest, slug: str, job: UUID) -> HttpResponse:
    """What is in the finished bundle, with the hash of each file, and where to fetch it."""
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    with _stored(programme, job) as content, zipfile.ZipFile(content) as bundle:
        manifest = json.loads(bundle.read("manifest.json"))
    states = dict(SupportLine.State.choices)
    context = {
        "programme": programme,
        "page_code": "funding",
        "manifest": manifest,
        "paid": Decimal(manifest["paid"]),
        "counts": [(states[state], count) for state, count in manifest["lines"].items()],
        "job": job,
    }
    return render(request, "funding/settlement.html", context)


def _stored(programme: Programme, job: UUID) -> File:
    name = tasks.bundle_name(programme, str(job))
    if not default_storage.exists(name):
        raise Http404
    return default_storage.open(name)


@login_required
def fetch(request: HttpRequest, slug: str, job: UUID) -> FileResponse:
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    return FileResponse(_stored(programme, job), as_attachment=True, filename=f"{slug}-settlement.zip")
