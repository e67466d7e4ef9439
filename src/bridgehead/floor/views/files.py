"""Consultations as files: the list taken away, the empty sheet to fill in, and a workbook brought back."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bridgehead.accounts import roles
from bridgehead.documents import CONTENT_TYPES, delimited, xlsx
from bridgehead.documents.blocks import Cell, Column, Meta
from bridgehead.engines.worksheets import UnreadableSheet
from bridgehead.floor.actions.workbooks import (
    AlreadyImported,
    RowsRefused,
    import_batch,
    language,
    plan_import,
    upload_batch,
)
from bridgehead.floor.forms import UploadForm
from bridgehead.floor.models import Batch, Consultation, Stage
from bridgehead.floor.queries import batches_of
from bridgehead.floor.views.common import programme_for
from bridgehead.floor.views.officer import filter_form, filtered
from bridgehead.programmes.models import Programme

SHOWN_ENTRIES = 100


@login_required
def export(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """What the list shows, with its filters, as a file that the import takes back."""
    programme = programme_for(request, slug)
    talks = filtered(programme, filter_form(request, programme))
    columns, rows = _columns(), list(_rows(talks))
    name = f"consultations-{programme.slug}"
    if format == "xlsx":
        content = xlsx.workbook(
            [xlsx.Sheet(_("Consultations"), columns, rows, note=_import_note())],
            title=_("Consultations of %(programme)s") % {"programme": programme},
            language=language(),
            meta=_meta(programme),
        )
    else:
        encoding: delimited.Encoding = "cp949" if request.GET.get("encoding") == "cp949" else "utf-8"
        try:
            content = delimited.write(columns, rows, encoding=encoding)
        except delimited.CannotEncode as error:
            messages.error(request, str(error))
            return redirect("floor:consultations", slug)
    return _file(content, f"{name}.{format}", CONTENT_TYPES[format])


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _meta(programme: Programme) -> Meta:
    notice = (
        _("Single records are reconstructed; only the totals are sourced.") if programme.reconstructed else ""
    )
    return Meta(organisation=str(programme.host), notice=notice)


def _import_note() -> str:
    return _(
        "This sheet can be edited and imported again: rows whose consultation ID is known are left as they are,"
        " rows without one are added."
    )


def _input_columns() -> list[Column]:
    """Those that an import reads; every heading is one that it knows."""
    return [
        Column(pgettext("heading of a sheet", "Firm")),
        Column(pgettext("heading of a sheet", "Business registration number")),
        Column(pgettext("heading of a sheet", "Date"), "date"),
        Column(pgettext("heading of a sheet", "Buyer")),
        Column(pgettext("heading of a sheet", "Country")),
        Column(pgettext("heading of a sheet", "Contact")),
        Column(pgettext("heading of a sheet", "Product")),
        Column(pgettext("heading of a sheet", "Consultation amount"), "number", places=2),
        Column(pgettext("heading of a sheet", "Pursued amount"), "number", places=2),
        Column(pgettext("heading of a sheet", "Currency")),
        Column(pgettext("heading of a sheet", "Note")),
    ]


def _columns() -> list[Column]:
    return [
        Column(pgettext("heading of a sheet", "Consultation ID")),
        *_input_columns(),
        Column(pgettext("heading of a sheet", "Highest stage")),
        Column(pgettext("heading of a sheet", "Next action")),
        Column(pgettext("heading of a sheet", "Next action by"), "date"),
        Column(pgettext("heading of a sheet", "Entered how")),
        Column(pgettext("heading of a sheet", "Entered at"), "datetime"),
    ]


def _rows(talks: Iterable[Consultation]) -> Iterable[list[Cell]]:
    for talk in talks:
        pursued = next((record for record in talk.rungs if record.stage == Stage.PURSUED), None)
        same = pursued and pursued.currency == talk.currency
        highest = talk.highest
        yield [
            str(talk.pk),
            str(talk.firm),
            talk.firm.business_number,
            talk.held_on,
            talk.buyer_name,
            talk.buyer_country,
            talk.buyer_contact,
            talk.product,
            talk.amount,
            pursued.amount if pursued and same else None,
            talk.currency,
            talk.note,
            str(highest.get_stage_display()) if highest else _("talk only"),
            talk.next_step,
            talk.next_step_on,
            str(talk.get_source_display()),
            talk.logged_at,
        ]


@login_required
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty sheet with the headings the import reads, and on a second sheet how to fill them in."""
    programme = programme_for(request, slug)
    notes = [
        _("One row is one consultation. Firm, date and buyer are needed; everything else may stay empty."),
        _("Amounts are in the currency of their row, in full: 12000, not 12 for thousands."),
        _("“Pursued amount” is filled in only where a contract is being pursued."),
        _import_note(),
    ]
    content = xlsx.workbook(
        [xlsx.Sheet(_("Consultations"), _input_columns(), [], note=" ".join(notes))],
        title=_("Consultations of %(programme)s") % {"programme": programme},
        language=language(),
        meta=_meta(programme),
    )
    return _file(content, f"consultations-{programme.slug}-template.xlsx", CONTENT_TYPES["xlsx"])


@login_required
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; what it holds is shown before anything is imported."""
    programme = programme_for(request, slug, roles.RESULTS_EDIT)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            plan_import(programme=programme, content=content)
        except UnreadableSheet as error:
            form.add_error("file", error.describe(language()))
        else:
            batch = upload_batch(programme=programme, file_name=file.name, content=content, by=request.user)
            return redirect("floor:import_preview", slug, batch.pk)
    context = {
        "programme": programme,
        "page_code": "floor",
        "form": form,
        "batches": batches_of(programme)[:20],
    }
    return render(request, "floor/desk/import.html", context, status=422 if form.errors else 200)


@login_required
def preview(request: HttpRequest, slug: str, batch: int) -> HttpResponse:
    """What importing would do; POST does it."""
    programme = programme_for(request, slug, roles.RESULTS_EDIT)
    upload = get_object_or_404(Batch, pk=batch, programme=programme, uploaded_by=request.user)
    if request.method == "POST":
        return _import(request, upload, partial="partial" in request.POST)
    if upload.imported_at:
        messages.info(request, str(AlreadyImported(upload)))
        return redirect("floor:consultations", slug)
    if not upload.file.storage.exists(str(upload.file.name)):
        raise Http404
    with upload.file.open() as file:
        plan = plan_import(programme=programme, content=file.read())
    context = {
        "programme": programme,
        "page_code": "floor",
        "batch": upload,
        "plan": plan,
        "entries": plan.entries[:SHOWN_ENTRIES],
        "more_entries": max(0, len(plan.entries) - SHOWN_ENTRIES),
        "ignored": [{"row": row.row, "why": row.why(language())} for row in plan.reading.ignored],
        "warnings": [warned.as_json(language()) for warned in plan.reading.warnings],
        "checks": [check for check in plan.reading.checks if check.agrees],
    }
    return render(request, "floor/desk/import_preview.html", context)


def _import(request: HttpRequest, batch: Batch, *, partial: bool) -> HttpResponse:
    slug = batch.programme.slug
    try:
        count = import_batch(batch=batch, partial=partial, by=request.user)
    except AlreadyImported as error:
        messages.info(request, str(error))
    except RowsRefused as error:
        messages.error(request, str(error))
        return redirect("floor:import_preview", slug, batch.pk)
    else:
        said = ngettext("%(n)d consultation was imported.", "%(n)d consultations were imported.", count)
        messages.success(request, said % {"n": count})
    return redirect("floor:consultations", slug)
