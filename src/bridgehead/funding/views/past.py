"""Last year's settlement: the preview, the import, and what was imported."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.engines.worksheets import UnreadableSheet
from bridgehead.funding import actions, past
from bridgehead.funding.models import PastLine
from bridgehead.funding.views.access import programme_where
from bridgehead.kit.imports import language
from bridgehead.organisations.queries import permissions_at
from bridgehead.programmes.models import Programme
from bridgehead.questions.actions import attach_to
from bridgehead.questions.models import Attachment
from bridgehead.questions.rules.files import CheckedFile, clean_name

ROWS_A_PAGE = 50
OWNER = "funding.pastsettlement"


class FileForm(forms.Form):
    file = forms.FileField(label="XLSX, CSV")


@login_required
def settlements(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was imported; a file sent here is shown as it would be imported, and kept for the import."""
    programme = programme_where(request, slug, roles.MONEY_VIEW)
    may_edit = roles.MONEY_EDIT in permissions_at(request.user, programme.host, programme.operator)
    if request.method != "POST" or not may_edit:
        return _page(request, programme, FileForm(), may_edit=may_edit)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, programme, form, may_edit=may_edit)
    upload = form.cleaned_data["file"]
    try:
        plan = past.plan_import(programme=programme, content=upload.read())
    except UnreadableSheet as error:
        form.add_error("file", error.describe(language()))
        return _page(request, programme, form, may_edit=may_edit)
    _kept(request, programme).delete()
    checked = CheckedFile(upload, clean_name(upload.name), "xlsx")
    kept = attach_to(files={"file": checked}, kind=OWNER, pk=str(programme.pk), by=request.user)["file"]
    return _page(request, programme, FileForm(), may_edit=may_edit, plan=plan, kept=kept)


def _kept(request: HttpRequest, programme: Programme) -> Any:
    return Attachment.objects.filter(uploaded_by=request.user, owner_kind=OWNER, owner_id=str(programme.pk))  # type: ignore[misc]


def _page(
    request: HttpRequest, programme: Programme, form: FileForm, *, may_edit: bool, **more: Any
) -> HttpResponse:
    lines = PastLine.objects.filter(programme=programme).select_related("firm", "cost_item", "settlement")
    context = {
        "programme": programme,
        "page_code": "funding",
        "form": form,
        "may_edit": may_edit,
        "page_obj": Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "total": lines.aggregate(total=Sum("total"))["total"] or 0,
        "imports": programme.past_settlements.select_related("imported_by"),
        **more,
    }
    return render(request, "funding/past.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def take_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Import the file whose preview was seen."""
    programme = programme_where(request, slug, roles.MONEY_EDIT)
    kept = next((one for one in _kept(request, programme) if str(one.pk) == request.POST.get("kept")), None)
    if kept is None:
        raise Http404
    with kept.file.open("rb") as file:
        content = file.read()
    try:
        done = actions.import_settlement(
            programme=programme, content=content, file_name=kept.name, by=request.user
        )
    except actions.Refused as error:
        messages.error(request, str(error))
    else:
        count = done.lines.count()
        said = ngettext(
            "%(n)s row was taken over as history.", "%(n)s rows were taken over as history.", count
        )
        messages.success(request, said % {"n": count})
        _kept(request, programme).delete()
    return redirect("funding:past", programme.slug)
