"""The settlement of a programme, or of one firm in it, as one file: claim lines in the order of the national subsidy ledger, every
receipt in one indexed PDF, the ledger, and a manifest with the SHA-256 of each. What was refused or reversed is in it, marked.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from bridgehead import documents
from bridgehead.documents.blocks import Block, Column, Document, Language, Meta, Paragraph, Table
from bridgehead.documents.xlsx import Sheet, workbook
from bridgehead.funding import queries
from bridgehead.funding.models import SupportLine
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme
from bridgehead.questions.models import Attachment

Tell = Callable[[int, int], None]
#: A4 at 150 dots per inch: a photo of a receipt stays readable, and a programme's receipts stay sendable.
_PAGE = (1240, 1754)


@dataclass(frozen=True)
class Evidence:
    """A receipt under the number by which the sheet of lines refers to it."""

    number: str
    line: SupportLine
    page: int


def lines_of(programme: Programme, firm: Organisation | None) -> QuerySet[SupportLine]:
    lines = SupportLine.objects.filter(programme=programme)
    lines = lines.filter(firm=firm) if firm else lines
    return lines.select_related("programme", "firm", "cost_item", "receipt").order_by("firm__slug", "pk")


def write(
    out: IO[bytes], *, programme: Programme, firm: Organisation | None, language: Language, tell: Tell
) -> dict[str, Any]:
    """Write the bundle to `out`; `tell` is called with receipts done and receipts in all. Returns the manifest."""
    lines = list(lines_of(programme, firm))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        receipts, evidence = _receipts(programme, lines, language, tell)
        files = {
            _("settlement-lines.xlsx"): _lines_sheet(programme, lines, evidence, language),
            _("receipts.pdf"): receipts,
            _("ledger.xlsx"): _ledger_sheet(programme, firm, language),
        }
        manifest = _manifest(programme, firm, lines, files)
        for name, content in files.items():
            bundle.writestr(name, content)
        bundle.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2))
    return manifest


def _in_won(line: SupportLine) -> tuple[Decimal, Decimal, Decimal]:
    """Supply value, VAT and total in won; what was given in kind has no receipt and no VAT."""
    total = Decimal(line.computation.get("converted", line.amount))
    vat = line.receipt_vat or Decimal(0)
    return total - vat, vat, total


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
                programme.title, line.cost_item.name, line.receipt_issuer, line.receipt_on or line.settled_on, *_in_won(line),
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


def _receipts(
    programme: Programme, lines: list[SupportLine], language: Language, tell: Tell
) -> tuple[bytes, dict[int, Evidence]]:
    """All receipts behind one index, with a bookmark each; and by line its number."""
    with_file = [line for line in lines if line.receipt]
    body, evidence = PdfWriter(), {}
    for number, line in enumerate(with_file, start=1):
        evidence[line.pk] = Evidence(f"R-{number:04d}", line, len(body.pages) + 1)
        for page in _pages(line.receipt):
            body.append(page)
        tell(number, len(with_file))
    front = PdfReader(BytesIO(_index(programme, list(evidence.values()), language)))
    book = PdfWriter()
    book.append(front)
    book.add_outline_item(_("Index"), 0)
    if evidence:
        content = BytesIO()
        body.write(content)
        book.append(content, import_outline=False)
    for one in evidence.values():
        title = f"{one.number} {one.line.firm} · {one.line.cost_item} · {one.line.get_state_display()}"
        book.add_outline_item(title, len(front.pages) + one.page - 1)
    out = BytesIO()
    book.write(out)
    return out.getvalue(), evidence


def _index(programme: Programme, evidence: list[Evidence], language: Language) -> bytes:
    columns = [
        Column(_("No.")),
        Column(_("Firm")),
        Column(_("Cost item")),
        Column(_("Receipt")),
        Column(_("State")),
        Column(_("Page"), "integer"),
    ]
    rows = [
        [
            one.number,
            one.line.firm.name,
            one.line.cost_item.name,
            f"{one.line.receipt_number} {one.line.receipt_issuer}",
            one.line.get_state_display(),
            one.page,
        ]
        for one in evidence
    ]
    note = _("Pages are counted after this index. Refused and reversed lines are included and say so.")
    blocks: list[Block] = (
        [Paragraph(note), Table(columns, rows)] if rows else [Paragraph(_("No receipts yet."))]
    )
    title = _("Receipts of %(programme)s") % {"programme": programme.title}
    document = Document(title, language, blocks, meta=_meta(programme), ends=False, landscape=True)
    return documents.render(document, "pdf")


def _pages(attachment: Attachment | None) -> Iterator[IO[bytes]]:
    """The file as PDF; one that cannot be read leaves an empty page, so that its number stays true."""
    if attachment is None:
        return
    try:
        with attachment.file.open("rb") as content:
            data = BytesIO(content.read())
        if attachment.content_type == "application/pdf":
            if len(PdfReader(data).pages):
                data.seek(0)
                yield data
                return
        else:
            yield _photo_as_pdf(data)
            return
    except (OSError, UnidentifiedImageError, PyPdfError):
        pass
    yield _blank()


def _photo_as_pdf(data: BytesIO) -> BytesIO:
    out = BytesIO()
    with Image.open(data) as photo:
        photo.draft("RGB", _PAGE)
        turned = ImageOps.exif_transpose(photo).convert("RGB")
        turned.thumbnail(_PAGE)
        turned.save(out, "PDF", resolution=150, quality=80)
    out.seek(0)
    return out


def _blank() -> BytesIO:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    out.seek(0)
    return out


def _manifest(
    programme: Programme, firm: Organisation | None, lines: list[SupportLine], files: dict[str, bytes]
) -> dict[str, Any]:
    states = {state: [line for line in lines if line.state == state] for state in SupportLine.State.values}
    return {
        "programme": programme.slug,
        "firm": firm.slug if firm else None,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "lines": {state: len(found) for state, found in states.items() if found},
        "paid": f"{sum((line.paid for line in lines), Decimal(0)):.0f}",
        "currency": "KRW",
        "files": [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ],
    }
