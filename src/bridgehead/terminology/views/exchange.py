"""Termbases in and out as files."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts import roles
from bridgehead.engines.termbase import READABLE, WRITABLE, TermbaseError, read, write
from bridgehead.organisations.access import requires
from bridgehead.organisations.queries import hosts_where
from bridgehead.terminology.actions.importing import ImportReport, import_concepts
from bridgehead.terminology.forms.desk import ImportForm
from bridgehead.terminology.publications import EXCHANGE
from bridgehead.terminology.queries.concepts import all_as_engine

MOST_LOSSES = 200
MOST_SHOWN = 100


@login_required
@requires(roles.TERMS_EDIT)
def take_in(request: HttpRequest) -> HttpResponse:
    """Reads the file and says what it would do; it is kept until somebody says yes."""
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "form": form,
        "may_approve": hosts_where(request.user, roles.TERMS_APPROVE).exists(),
        "most": MOST_SHOWN,
    }
    if request.method == "POST" and form.is_valid():
        file, format = form.cleaned_data["file"], form.cleaned_data["format"]
        content = file.read()
        try:
            reading = read(content, name=file.name, format=format)
            report = import_concepts(
                concepts=reading.concepts, warnings=reading.warnings, by=request.user, dry_run=True
            )
        except TermbaseError as error:
            context["problems"] = error.problems[:MOST_SHOWN]
        else:
            context |= {"report": report, "key": _keep(content), "format": reading.format, "name": file.name}
    failed = form.errors or context.get("problems")
    return render(request, "terminology/desk/import.html", context, status=422 if failed else 200)


@require_POST
@login_required
@requires(roles.TERMS_EDIT)
def take(request: HttpRequest) -> HttpResponse:
    """The file that was previewed. Only who may approve may skip the review."""
    kept, format = _path(request.POST.get("key", "")), request.POST.get("format", "")
    approve = "approve" in request.POST and hosts_where(request.user, roles.TERMS_APPROVE).exists()
    if not default_storage.exists(kept) or format not in READABLE:
        messages.warning(request, _("The file is no longer there. Upload it again."))
        return redirect("terminology:import")
    with default_storage.open(kept) as file:
        concepts = read(file.read(), format=format).concepts
    reason = request.POST.get("name", "")[:200]
    report = import_concepts(concepts=concepts, by=request.user, approve=approve, reason=reason)
    default_storage.delete(kept)
    messages.success(request, _outcome(report))
    return redirect("terminology:desk")


def _outcome(report: ImportReport) -> str:
    count = len(report.changes)
    if report.approved:
        words = ngettext(
            "%(count)s part of the dictionary is public now.",
            "%(count)s parts of the dictionary are public now.",
            count,
        )
    else:
        words = ngettext(
            "%(count)s proposal waits for review.", "%(count)s proposals wait for review.", count
        )
    return words % {"count": count}


@login_required
@requires(roles.TERMS_EDIT)
@require_safe
def give_out(request: HttpRequest) -> HttpResponse:
    """The formats, and for one of them what it cannot carry."""
    format = request.GET.get("format", "")
    context: dict[str, Any] = {"formats": WRITABLE, "format": format, "most": MOST_LOSSES}
    if format in WRITABLE:
        context["losses"] = write(all_as_engine(), format).losses
    return render(request, "terminology/desk/export.html", context)


@login_required
@requires(roles.TERMS_EDIT)
@require_safe
def download(request: HttpRequest, format: str) -> HttpResponse:
    if format not in WRITABLE:
        raise Http404
    kind = EXCHANGE[format]
    response = HttpResponse(write(all_as_engine(), format).content, content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="dictionary-{format}.{kind.ending}"'
    return response


def _keep(content: bytes) -> str:
    key = hashlib.sha256(content).hexdigest()
    if not default_storage.exists(_path(key)):
        default_storage.save(_path(key), ContentFile(content))
    return key


def _path(key: str) -> str:
    return f"terminology-imports/{''.join(sign for sign in key if sign in '0123456789abcdef')[:64]}"
