"""The settlement of a programme, or of one firm in it, as one file: claim lines in the order of the national subsidy ledger, every
receipt in one indexed PDF, the ledger, and a manifest with the SHA-256 of each. What was refused or reversed is in it, marked.
"""

import hashlib
import json
import zipfile
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bridgehead.documents.blocks import Column, Language, Meta
from bridgehead.documents.xlsx import Sheet, workbook
from bridgehead.funding import queries
from bridgehead.funding.models import SupportLine
from bridgehead.funding.receipts import Evidence, Tell, write_book
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme

_PIECE = 1024 * 1024


def lines_of(programme: Programme, firm: Organisation | None) -> QuerySet[SupportLine]:
    """Of vouchers what was booked with them; the voucher itself would count the same money twice."""
    lines = SupportLine.objects.filter(programme=programme, voucher=None)
    lines = lines.filter(firm=firm) if firm else lines
    return lines.select_related("programme", "firm", "cost_item", "receipt", "payee").order_by(
        "firm__slug", "pk"
    )


def write(
    out: IO[bytes], *, programme: Programme, firm: Organisation | None, language: Language, tell: Tell
) -> dict[str, Any]:
    """Write the bundle to `out`; `tell` is called with receipts done and receipts in all. Returns the manifest.

    Each file is written to the bundle from disk and forgotten, so that receipts never stand in memory together.
    """
    lines = list(lines_of(programme, firm))
    title = _("Receipts of %(programme)s") % {"programme": programme.title}
    book = write_book(lines, title=title, meta=_meta(programme), language=language, tell=tell)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        sheet = _lines_sheet(programme, lines, book.evidence, language)
        files = [_put(bundle, _("settlement-lines.xlsx"), BytesIO(sheet))]
        for number, volume in enumerate(book.volumes, start=1):
            name = _("receipts.pdf") if number == 1 else _("receipts-%(n)s.pdf") % {"n": number}
            files.append(_put(bundle, name, volume))
        files.append(_put(bundle, _("ledger.xlsx"), BytesIO(_ledger_sheet(programme, firm, language))))
        manifest = _manifest(programme, firm, lines, files)
        bundle.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2))
    return manifest


def _put(bundle: zipfile.ZipFile, name: str, content: IO[bytes]) -> dict[str, Any]:
    """Copy a file into the bundle piece by piece; returns what the manifest says of it."""
    digest, size = hashlib.sha256(), 0
    packed = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
    info = zipfile.ZipInfo(name, date_time=timezone.localtime().timetuple()[:6])
    info.compress_type = packed
    with content, bundle.open(info, "w", force_zip64=True) as place:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            place.write(piece)
    return {"name": name, "bytes": size, "sha256": digest.hexdigest()}


def _in_won(line: SupportLine) -> tuple[Decimal, Decimal, Decimal]:
    """Supply value, VAT and total in won; what was given in kind has no receipt and no VAT."""
    total = Decimal(line.computation.get("converted", line.amount))
    vat = line.receipt_vat or Decimal(0)
    return total - vat, vat, total


def _paid_to(line: SupportLine) -> str:
    """Whom the cost was paid to: a voucher's provider, also before there is an invoice."""
    return line.payee.name if line.payee else line.receipt_issuer


def _lines_sheet(
    programme: Programme, lines: list[SupportLine], evidence: dict[int, Evidence], language: Language
) -> bytes:
    columns = [
        Column(pgettext("national ledger", "Programme")),
        Column(pgettext("national ledger", "Cost item")),
        Column(pgettext("national ledger", "Paid to")),
        Column(pgettext("national ledger", "Date"), "date"),
        Column(pgettext("national ledger", "Supply value"), "money", currency="KRW"),
        Column(pgettext("national ledger", "VAT"), "money", currency="KRW"),
        Column(pgettext("national ledger", "Total"), "money", currency="KRW"),
        Column(pgettext("national ledger", "Evidence")),
        Column(_("Firm")),
        Column(_("State")),
        Column(_("Supported amount"), "money", currency="KRW"),
        Column(pgettext("national ledger", "Paid"), "money", currency="KRW"),
        Column(_("Why")),
    ]
    rows = []
    for line in lines:
        known = evidence.get(line.pk)
        reason = line.refusal_reason or line.reversal_reason or line.reduction_reason or line.return_note
        rows.append(
            [
                programme.title, line.cost_item.name, _paid_to(line), line.receipt_on or line.settled_on, *_in_won(line),
                known.number if known else "", line.firm.name, line.get_state_display(), line.amount, line.paid, reason,
            ]
        )  # fmt: skip
    title = _("Settlement of %(programme)s") % {"programme": programme.title}
    return workbook([Sheet(_("Lines"), columns, rows)], title=title, language=language, meta=_meta(programme))


def _ledger_sheet(programme: Programme, firm: Organisation | None, language: Language) -> bytes:
    entries = queries.ledger_of(programme).order_by("on", "pk")
    entries = entries.filter(account__firm=firm) if firm else entries
    columns = [
        Column(_("Booked on"), "date"),
        Column(_("Movement")),
        Column(_("Firm")),
        Column(_("Cost item")),
        Column(pgettext("budget", "Source")),
        *(Column(label, "money", currency="KRW") for label in (_("Budget"), _("Committed"), _("Spent"))),
        Column(_("Why")),
        Column(_("Entry")),
        Column(_("Takes back entry")),
    ]
    rows = [
        [
            entry.on, entry.get_kind_display(), entry.account.firm.name if entry.account else "", entry.cost_item.name,
            entry.source.name if entry.source else "", entry.budget, entry.committed, entry.spent, entry.reason,
            str(entry.pk), str(entry.reverses_id or ""),
        ]
        for entry in entries
    ]  # fmt: skip
    sheet = Sheet(_("Ledger"), columns, rows)
    return workbook([sheet], title=_("Ledger"), language=language, meta=_meta(programme))


def _meta(programme: Programme) -> Meta:
    notice = _("Reconstructed data for demonstration") if programme.reconstructed else ""
    return Meta(organisation=programme.host.name, as_of=timezone.now(), notice=notice)


def _manifest(
    programme: Programme, firm: Organisation | None, lines: list[SupportLine], files: list[dict[str, Any]]
) -> dict[str, Any]:
    states = {state: [line for line in lines if line.state == state] for state in SupportLine.State.values}
    return {
        "programme": programme.slug,
        "firm": firm.slug if firm else None,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "lines": {state: len(found) for state, found in states.items() if found},
        "paid": f"{sum((line.paid for line in lines), Decimal(0)):.0f}",
        "currency": "KRW",
        "files": files,
    }
