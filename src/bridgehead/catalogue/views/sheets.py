"""Products as files: the list taken away, the empty sheet to fill in, and a workbook brought back."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bridgehead.accounts import roles
from bridgehead.accounts.requests import SignedInRequest
from bridgehead.catalogue import lists, queries, rules, worksheet
from bridgehead.catalogue.actions.importing import RowsRefused, import_products
from bridgehead.catalogue.forms import SheetForm
from bridgehead.catalogue.models import Product
from bridgehead.catalogue.views.public import wanted_by
from bridgehead.documents import CONTENT_TYPES, xlsx
from bridgehead.documents.blocks import Cell, Column
from bridgehead.engines.worksheets import UnreadableSheet
from bridgehead.kit.imports import language
from bridgehead.organisations.access import requires
from bridgehead.organisations.queries import firms_of
from bridgehead.questions.actions import attach
from bridgehead.questions.models import Attachment
from bridgehead.questions.rules.files import CheckedFile, clean_name

SHOWN_ENTRIES = 100
_KINDS: dict[str, Any] = {"price_min": "number", "price_max": "number"}


def _columns() -> list[Column]:
    """Those that an import reads; every heading is one that it knows."""
    return [
        Column(worksheet.heading(column.key), _KINDS.get(column.key, "text"), places=2)
        for column in worksheet.SCHEMA.columns
    ]


def _row(product: Product) -> list[Cell]:
    firm = product.firm
    return [
        str(firm), firm.business_number, product.code, product.name_ko, product.name_en,
        product.category_name if product.category else "", ", ".join(product.material_names), product.price_min,
        product.price_max, product.currency, _basis(product.price_basis), product.capacity, product.minimum_order, product.lead_time,
        product.hs_code, product.description_ko, product.description_en,
    ]  # fmt: skip


def _basis(basis: str) -> str:
    """A word the import knows, in the reader's language where there is one."""
    names = worksheet.BASES.get(basis, ("",))
    return names[0] if language() == "ko" else names[-1] if names[-1].isascii() else names[0]


@login_required
@require_safe
@requires(roles.VIEW)
def export(request: SignedInRequest) -> HttpResponse:
    """What the list shows, with its filters, as a file that the import takes back."""
    found = queries.filtered(queries.desk_products(request.user), wanted_by(request))
    columns = [
        *_columns(),
        Column(_("State")),
        Column(_("Complete (%)"), "number", places=0),
        Column(_("Certificates")),
    ]
    products = list(found)
    rows = list(_rows(products))
    note = _(
        "This sheet can be edited and imported again: products whose number is known are left as they are."
    )
    return _workbook([xlsx.Sheet(_("Products"), columns, rows, note=note)], "products.xlsx")


def _rows(products: list[Product]) -> Iterator[list[Cell]]:
    covered = queries.certificates_on(products)
    for product in products:
        share = rules.done_share(rules.tick_list(product, product.pictures))  # type: ignore[attr-defined]
        shown = ", ".join(f"{one.certificate.number} ({one.standing})" for one in covered.get(product.pk, []))
        yield [*_row(product), str(product.get_state_display()), share, shown]


def _workbook(sheets: list[xlsx.Sheet], name: str) -> HttpResponse:
    content = xlsx.workbook(sheets, title=_("Products"), language=language())
    response = HttpResponse(content, content_type=CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_safe
def template(request: SignedInRequest) -> HttpResponse:
    """The empty sheet, and on a second page the words of the lists."""
    _may_import(request)
    listed = [[_("Category"), entry.ko, entry.en] for entry in lists.categories().values()] + [
        [_("Material"), entry.ko, entry.en] for entry in lists.materials().values()
    ]
    words = [Column(_("List")), Column(_("Korean")), Column(_("English"))]
    note = _(
        "One row is one product. Article number and Korean name are needed; several materials stand with commas."
    )
    sheets = [
        xlsx.Sheet(_("Products"), _columns(), [], note=note),
        xlsx.Sheet(_("Words to use"), words, listed),
    ]
    return _workbook(sheets, "products-template.xlsx")


def _may_import(request: SignedInRequest) -> Any:
    """Firms the person may write for; without any, the page does not exist."""
    found = queries.firms_written_by(request.user)
    if not found.exists():
        raise Http404
    return found


def _page(request: SignedInRequest, form: SheetForm, **more: Any) -> HttpResponse:
    own = firms_of(request.user).exists()
    context = {"form": form, "base": "base.html" if own else "base_desk.html", "own": own, **more}
    return render(request, "catalogue/import.html", context, status=422 if form.errors else 200)


@login_required
def upload(request: SignedInRequest) -> HttpResponse:
    """What the file holds is shown before anything is entered; it is kept for that, so that it is not chosen twice."""
    firms = _may_import(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    file = form.cleaned_data["file"]
    try:
        plan = worksheet.plan_import(firms=firms, content=file.read())
    except UnreadableSheet as error:
        form.add_error("file", error.describe(language()))
        return _page(request, form)
    _kept(request).delete()
    checked = CheckedFile(file, clean_name(file.name), "xlsx")
    kept = attach(files={"products": checked}, owner=request.user, by=request.user)["products"]
    more = {
        "entries": plan.entries[:SHOWN_ENTRIES],
        "more_entries": max(0, len(plan.entries) - SHOWN_ENTRIES),
    }
    return _page(
        request, SheetForm(), plan=plan, kept=kept, changed=[one for one in plan.known if one.changed], **more
    )


def _kept(request: SignedInRequest) -> Any:
    return Attachment.objects.filter(
        uploaded_by=request.user, owner_kind="accounts.user", owner_id=str(request.user.pk), upload=None
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@login_required
@require_POST
def enter(request: SignedInRequest) -> HttpResponse:
    firms = _may_import(request)
    kept = get_object_or_404(_kept(request), pk=_uuid(request.POST.get("kept", "")))
    with kept.file.open() as file:
        content = file.read()
    try:
        count = import_products(
            firms=firms, content=content, partial="partial" in request.POST, by=request.user
        )
    except RowsRefused as error:
        messages.error(request, str(error))
        return redirect("catalogue:import")
    kept.delete()
    text = ngettext("%(n)d product was entered as a draft.", "%(n)d products were entered as drafts.", count)
    messages.success(request, text % {"n": count})
    return redirect("catalogue:my_products" if firms_of(request.user).exists() else "catalogue:desk")
