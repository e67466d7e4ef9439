"""`bridgehead import consultations`: the same reading and the same actions as the page."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.engines.worksheets import UnreadableSheet, decimal_text
from bridgehead.floor.actions.workbooks import Double, Plan, import_batch, plan_import, upload_batch
from bridgehead.kit.imports import CannotImport, ImportRequest, ImportResult, content_of, language
from bridgehead.programmes.models import Programme


def import_consultations(request: ImportRequest) -> ImportResult:
    with translation.override(request.language):
        programme = _programme(request.programme)
        content = content_of(request)
        try:
            plan = plan_import(programme=programme, content=content)
        except UnreadableSheet as error:
            raise CannotImport(error.describe(language())) from error
        count = len(plan.to_import(partial=request.partial))
        if count and not request.dry_run:
            count = _import(programme, request, content)
        document = as_json(plan, file=request.path.name, imported=count, dry_run=request.dry_run)
        return ImportResult(ok=not plan.refused, document=document, lines=_lines(document))


def _programme(slug: str) -> Programme:
    if not slug:
        raise CannotImport(_("Say which programme: --programme SLUG"))
    programme = Programme.objects.filter(slug=slug).select_related("host", "edition").first()
    if programme is None:
        raise CannotImport(_("There is no programme “%(slug)s”.") % {"slug": slug})
    return programme


@transaction.atomic
def _import(programme: Programme, request: ImportRequest, content: bytes) -> int:
    batch = upload_batch(programme=programme, file_name=request.path.name, content=content, by=None)
    return import_batch(batch=batch, partial=request.partial, by=None)


def as_json(plan: Plan, *, file: str, imported: int, dry_run: bool) -> dict[str, Any]:
    """The object of the interface: the reading's own, with what only the programme's records can tell."""
    document = plan.reading.as_json(file=file, imported=imported, dry_run=dry_run, lang=language())
    document["rows"] = plan.good
    document["duplicates"] = [_double(double) for double in plan.doubles]
    document["rejected"] = [vars(refusal) for refusal in plan.refused]
    document["totals"] = _totals(plan)
    document["warnings"] += [
        {
            "row": double.row,
            "why": _("already recorded, with other contents"),
            "mend": _("Imports never change what is recorded. Change this consultation on its page."),
        }
        for double in plan.known
        if double.changed
    ]
    return document


def _double(double: Double) -> dict[str, Any]:
    entry: dict[str, Any] = {"row": double.row, "same_as": double.same_as}
    return {**entry, "recorded_as": str(double.known.pk)} if double.known else entry


def _totals(plan: Plan) -> dict[str, Any]:
    stated = [
        {"amount": decimal_text(total, currency), "currency": currency}
        for currency, total in plan.totals.items()
    ]
    if len(stated) == 1:
        return stated[0]
    return {"amount": None, "currency": None, **({"by_currency": stated} if stated else {})}


def _lines(document: dict[str, Any]) -> list[str]:
    count = document["imported"]
    said = (
        ngettext("%(n)d row would be imported.", "%(n)d rows would be imported.", count)
        if document["dry_run"]
        else ngettext("%(n)d row imported.", "%(n)d rows imported.", count)
    )
    lines = [
        _("Sheet “%(sheet)s”, headings in row %(row)s, unit %(unit)s")
        % {"sheet": document["sheet"], "row": document["header_row"], "unit": document["unit"] or "–"},
        said % {"n": count},
        _("Already there: %(n)d") % {"n": len(document["duplicates"])},
    ]
    for entry in document["rejected"]:
        place = _("Row %(row)s, %(column)s “%(value)s”") % entry
        lines.append(f"{place}: {entry['why']}. {entry['mend']}")
    for entry in document["warnings"]:
        lines.append(f"{entry.get('row') or ''} {entry['why']}. {entry['mend']}".strip())
    return lines
