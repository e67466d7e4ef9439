"""`bridgehead import buyers`: the same reading and the same actions as the page."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.engines.worksheets import UnreadableSheet
from bridgehead.kit.imports import CannotImport, ImportRequest, ImportResult, content_of, language
from bridgehead.matchmaking.actions.directory import BuyerPlan, import_buyers, plan_buyers
from bridgehead.organisations.models import Host
from bridgehead.programmes.models import Programme


def import_for_command(request: ImportRequest) -> ImportResult:
    with translation.override(request.language):
        host = _host(request.programme)
        content = content_of(request)
        try:
            plan = plan_buyers(host=host, content=content)
        except UnreadableSheet as error:
            raise CannotImport(error.describe(language())) from error
        taken = len(plan.new) if request.partial or not plan.read.refused else 0
        if taken and not request.dry_run:
            import_buyers(
                host=host, content=content, by=None, partial=request.partial, name=request.path.name
            )
        document = as_json(plan, file=request.path.name, imported=taken, dry_run=request.dry_run)
        return ImportResult(ok=not plan.read.refused, document=document, lines=_lines(document))


def _host(slug: str) -> Host:
    """Whose directory: that of the programme's host, or of the only host there is."""
    if slug:
        programme = Programme.objects.filter(slug=slug).select_related("host").first()
        if programme is None:
            raise CannotImport(_("There is no programme “%(slug)s”.") % {"slug": slug})
        return programme.host
    hosts = list(Host.objects.all()[:2])
    if len(hosts) != 1:
        raise CannotImport(_("Say which programme: --programme SLUG"))
    return hosts[0]


def as_json(plan: BuyerPlan, *, file: str, imported: int, dry_run: bool) -> dict[str, Any]:
    """The object of the interface. Address cards have no sheet and no headings."""
    reading = plan.read.reading
    ignored = [{"row": row.row, "why": row.why(language())} for row in reading.ignored] if reading else []
    return {
        "file": file,
        "sheet": reading.sheet if reading else "",
        "header_row": reading.header_row if reading else None,
        "unit": "",
        "rows": len(plan.read.rows),
        "imported": imported,
        "duplicates": [
            *({"row": row, "same_as": other} for row, other in plan.repeated),
            *({"row": row.number, "recorded_as": buyer.slug} for row, buyer, _sign in plan.known),
        ],
        "rejected": [vars(refusal) for refusal in plan.read.refused],
        "ignored": ignored,
        "warnings": [],
        "totals": {"amount": None, "currency": None},
        "dry_run": dry_run,
    }


def _lines(document: dict[str, Any]) -> list[str]:
    count = document["imported"]
    said = (
        ngettext("%(n)d row would be imported.", "%(n)d rows would be imported.", count)
        if document["dry_run"]
        else ngettext("%(n)d row imported.", "%(n)d rows imported.", count)
    )
    lines = [said % {"n": count}, _("Already there: %(n)d") % {"n": len(document["duplicates"])}]
    for entry in document["rejected"]:
        place = _("Row %(row)s, %(column)s “%(value)s”") % entry
        lines.append(f"{place}: {entry['why']}. {entry['mend']}")
    return lines
