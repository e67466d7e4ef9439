"""The committee's paper, at once or, for a long list, written in the background."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_POST

from bridgehead import documents
from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import paper, tasks
from bridgehead.calls.models import Call
from bridgehead.calls.views.officer.access import the_call


def _format(given: str | None) -> documents.Format:
    for one in paper.FORMATS:
        if one == given:
            return one
    raise Http404


def _language() -> documents.blocks.Language:
    return "en" if translation.get_language() == "en" else "ko"


@login_required
def download(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    wanted = _format(request.GET.get("format", "hwpx"))
    return _file(call, documents.render(paper.build(call, _language()), wanted), wanted)


@login_required
@require_POST
def start(request: SignedInRequest, slug: str) -> HttpResponse:
    """The job's page shows how far it is and ends at the file."""
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    wanted = _format(request.POST.get("format", "hwpx"))
    job = tasks.start_paper(call=call, by=request.user, format=wanted, language=_language())
    return redirect("jobs:detail", job.pk)


@login_required
def written(request: SignedInRequest, slug: str, job: UUID) -> HttpResponse:
    call = the_call(request, slug, roles.APPLICATION_VIEW)
    wanted = _format(request.GET.get("format", "hwpx"))
    name = tasks.paper_name(call, str(job), wanted)
    if not default_storage.exists(name):
        raise Http404
    with default_storage.open(name) as file:
        return _file(call, file.read(), wanted)


def _file(call: Call, data: bytes, wanted: documents.Format) -> HttpResponse:
    response = HttpResponse(data, content_type=documents.CONTENT_TYPES[wanted])
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-paper.{wanted}"'
    return response
