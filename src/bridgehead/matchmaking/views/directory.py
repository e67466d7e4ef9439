"""The buyers' directory on the desk: finding, importing, merging, inviting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.engines.worksheets import UnreadableSheet
from bridgehead.kit.imports import language
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.actions import directory as changes
from bridgehead.matchmaking.directory import doubles_among, records_visible_to
from bridgehead.matchmaking.forms import BuyersFileForm, InviteForm
from bridgehead.matchmaking.matching import attendance_of
from bridgehead.matchmaking.models import BuyerFile, BuyerMerge
from bridgehead.matchmaking.queries import forums_visible_to
from bridgehead.organisations.models import Host
from bridgehead.organisations.queries import hosts_where

ON_A_PAGE = 50


def _hosts(request: HttpRequest, permission: str) -> list[Host]:
    """Whoever runs no programme anywhere is a stranger to the directory."""
    hosts = list(hosts_where(request.user, permission))
    if not hosts:
        raise Http404
    return hosts


@login_required
def directory(request: HttpRequest) -> HttpResponse:
    hosts = _hosts(request, roles.VIEW)
    words = request.GET.get("q", "").strip()
    records = records_visible_to(request.user)
    if words:
        named = Q(organisation__name_en__icontains=words) | Q(organisation__name_ko__icontains=words)
        records = records.filter(
            named | Q(organisation__contacts__email__icontains=words) | Q(interest__icontains=words)
        )
    page = Paginator(records.distinct(), ON_A_PAGE).get_page(request.GET.get("page"))
    attended = attendance_of([record.organisation_id for record in page])
    rows = [
        (record, record.organisation.contacts.all(), attended.get(record.organisation_id)) for record in page
    ]
    may_edit = hosts_where(request.user, roles.EDIT).exists()
    context = {
        "rows": rows,
        "page_obj": page,
        "q": words,
        "hosts": hosts,
        "may_edit": may_edit,
        "form": InviteForm(forums=forums_visible_to(request.user, roles.EDIT)) if may_edit else None,
    }
    return render(request, "matchmaking/directory.html", context)


@login_required
def import_buyers(request: HttpRequest) -> HttpResponse:
    hosts = _hosts(request, roles.EDIT)
    form = BuyersFileForm(request.POST or None, request.FILES or None, hosts=hosts)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read()
        host = form.cleaned_data["host"]
        try:
            changes.plan_buyers(host=host, content=content)
        except UnreadableSheet as error:
            form.add_error("file", error.describe(language()))
        else:
            file = changes.upload_buyers(host=host, name=upload.name, content=content, by=request.user)
            return redirect("matchmaking:buyers_preview", file.pk)
    return render(
        request, "matchmaking/buyers_import.html", {"form": form}, status=422 if form.is_bound else 200
    )


@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do, then all of it or none; the good rows alone when asked for."""
    file = get_object_or_404(
        BuyerFile.objects.select_related("host"), pk=pk, host__in=_hosts(request, roles.EDIT)
    )
    if request.method == "POST":
        try:
            count = changes.import_file(file=file, by=request.user, partial="partial" in request.POST)
        except changes.RowsRefused as error:
            messages.error(request, str(error))
            return redirect("matchmaking:buyers_preview", pk)
        text = ngettext("%(count)d buyer was imported.", "%(count)d buyers were imported.", count)
        messages.success(request, text % {"count": count})
        return redirect("matchmaking:directory")
    plan = changes.plan_buyers(host=file.host, content=bytes(file.content))
    return render(request, "matchmaking/buyers_preview.html", {"file": file, "plan": plan})


@login_required
def doubles(request: HttpRequest) -> HttpResponse:
    hosts = _hosts(request, roles.EDIT)
    records = records_visible_to(request.user, roles.EDIT)
    merges = BuyerMerge.objects.filter(host__in=hosts, undone_at=None).select_related(
        "kept", "gone", "made_by"
    )
    context = {"pairs": doubles_among(records), "merges": merges}
    return render(request, "matchmaking/doubles.html", context)


@login_required
@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    hosts = _hosts(request, roles.EDIT)
    records = records_visible_to(request.user, roles.EDIT)
    kept = get_object_or_404(records, pk=_number(request.POST.get("kept")))
    gone = get_object_or_404(records, pk=_number(request.POST.get("gone")))
    own = [host for host in hosts if host.pk in (kept.host_id, gone.host_id)]
    if not own:
        raise Http404
    try:
        done = changes.merge_buyers(kept=kept, gone=gone, host=own[0], by=request.user)
    except (changes.SameForum, changes.CannotMerge) as error:
        messages.error(request, str(error))
    else:
        text = _("%(gone)s was merged into %(kept)s. You can undo it below.")
        messages.success(request, text % {"gone": done.gone, "kept": done.kept})
    return redirect("matchmaking:doubles")


def _number(text: Any) -> int:
    return int(text) if text and str(text).isdigit() else 0


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BuyerMerge, pk=pk, host__in=_hosts(request, roles.EDIT))
    changes.undo_merge(merge=found, by=request.user)
    messages.success(request, _("Undone: they are two entries again."))
    return redirect("matchmaking:doubles")


@login_required
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a buyer of the directory on a forum's list, and invite it where there is an address."""
    record = get_object_or_404(records_visible_to(request.user), pk=pk)
    form = InviteForm(request.POST, forums=forums_visible_to(request.user, roles.EDIT))
    if not form.is_valid():
        raise Http404
    try:
        party = actions.add_from_directory(forum=form.cleaned_data["forum"], record=record, by=request.user)
        if party.email:
            actions.invite(party=party, by=request.user)
    except actions.AlreadyInvited as error:
        messages.error(request, str(error))
    else:
        text = (
            _("%(buyer)s was added and invited.")
            if party.email
            else _("%(buyer)s was added. Next: send the invitation.")
        )
        messages.success(request, text % {"buyer": party})
    return redirect("matchmaking:directory")
