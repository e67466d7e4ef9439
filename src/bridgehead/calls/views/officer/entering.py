"""Applications on paper from a workbook: the empty sheet, the preview, the import."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.calls import paper_entries
from bridgehead.calls.actions.entering import RowsRefused, enter_applications
from bridgehead.calls.models import Call
from bridgehead.calls.views.officer.access import frame, the_call
from bridgehead.documents import CONTENT_TYPES, xlsx
from bridgehead.documents.blocks import Column
from bridgehead.engines.worksheets import UnreadableSheet
from bridgehead.kit.imports import language
from bridgehead.questions.actions import attach
from bridgehead.questions.models import Attachment
from bridgehead.questions.rules.files import CheckedFile, clean_name


class FileForm(forms.Form):
    file = forms.FileField(label="XLSX, CSV")


def _page(request: SignedInRequest, call: Call, form: FileForm, **more: Any) -> HttpResponse:
    context = {**frame(request, call, "applications", "applications"), "form": form, **more}
    status = 422 if form.errors else 200
    return render(request, "calls/officer/entering.html", context, status=status)


@login_required
def entering(request: SignedInRequest, slug: str) -> HttpResponse:
    """A file that can be read is kept for the import, so that it is not chosen twice."""
    call = the_call(request, slug, roles.DECIDE)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, call, form)
    upload = form.cleaned_data["file"]
    try:
        plan = paper_entries.plan_entries(call=call, content=upload.read())
    except UnreadableSheet as error:
        form.add_error("file", error.describe(language()))
        return _page(request, call, form)
    _earlier(request, call).delete()
    checked = CheckedFile(upload, clean_name(upload.name), "xlsx")
    kept = attach(files={"entries": checked}, owner=call, by=request.user)["entries"]
    return _page(request, call, FileForm(), plan=plan, kept=kept)


def _earlier(request: SignedInRequest, call: Call) -> Any:
    mine = Attachment.objects.filter(uploaded_by=request.user, owner_kind="calls.call", owner_id=str(call.pk))
    return mine.filter(name__iregex=r"\.(xlsx|csv|xls)$", pk__in=mine.values("pk")).filter(upload=None)


@login_required
@require_POST
def enter(request: SignedInRequest, slug: str) -> HttpResponse:
    call = the_call(request, slug, roles.DECIDE)
    kept = get_object_or_404(_earlier(request, call), pk=request.POST.get("kept") or None)
    with kept.file.open() as file:
        content = file.read()
    try:
        count = enter_applications(
            call=call, content=content, partial="partial" in request.POST, by=request.user
        )
    except RowsRefused as error:
        messages.error(request, str(error))
        return redirect("calls:desk_entering", slug)
    kept.delete()
    text = ngettext("%(n)d application was entered.", "%(n)d applications were entered.", count)
    messages.success(request, text % {"n": count})
    return redirect("calls:desk_applications", slug)


@login_required
@require_safe
def template(request: SignedInRequest, slug: str) -> HttpResponse:
    call, wanted = the_call(request, slug, roles.DECIDE), language()
    columns = [Column(heading) for heading in paper_entries.headings(call, wanted)]
    data = xlsx.workbook(
        [xlsx.Sheet(_("Applications on paper"), columns, [])], title=call.title, language=wanted
    )
    response = HttpResponse(data, content_type=CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-paper.xlsx"'
    return response
