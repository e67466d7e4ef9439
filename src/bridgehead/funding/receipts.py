"""All receipts of a settlement as PDF: an index in front, a bookmark each, what was refused or reversed stamped on every page.

Pages are written to disk volume by volume, so that thousands of photos never stand in memory together. Up to a thousand lines
with files make one book; beyond that further volumes follow, and the index in the first names volume and page.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from bridgehead import documents
from bridgehead.documents import stamp
from bridgehead.documents.blocks import Block, Column, Document, Language, Meta, Paragraph, Table
from bridgehead.funding.models import SupportLine
from bridgehead.funding.rules import State
from bridgehead.questions.models import Attachment

Tell = Callable[[int, int], None]
LINES_A_VOLUME = 1000
STAMPED = (State.REFUSED, State.REVERSED)
#: A4 at 150 dots per inch: a photo of a receipt stays readable, and a programme's receipts stay sendable.
_PAGE = (1240, 1754)


@dataclass(frozen=True)
class Evidence:
    """A receipt under the number by which the sheet of lines refers to it."""

    number: str
    line: SupportLine
    volume: int
    page: int


@dataclass
class Book:
    """The volumes as files, and by line its number."""

    volumes: list[IO[bytes]] = field(default_factory=list)
    evidence: dict[int, Evidence] = field(default_factory=dict)


def write_book(
    lines: Iterable[SupportLine], *, title: str, meta: Meta, language: Language, tell: Tell
) -> Book:
    """`tell` is called with receipts done and receipts in all."""
    with_file = [line for line in lines if line.receipt or line.papers]
    papers = _papers(with_file)
    book, done = Book(), 0
    for start in range(0, len(with_file), LINES_A_VOLUME):
        body = PdfWriter()
        for line in with_file[start : start + LINES_A_VOLUME]:
            done += 1
            book.evidence[line.pk] = Evidence(
                f"R-{done:04d}", line, len(book.volumes) + 1, len(body.pages) + 1
            )
            for page in _pages_of(line, papers):
                added = body.add_page(page)
                if line.state in STAMPED:
                    _stamp(added, str(line.get_state_display()), language)
            tell(done, len(with_file))
        if start:
            _bookmark(body, book, before=0)
        book.volumes.append(_on_disk(body))
    first = book.volumes[0] if book.volumes else None
    book.volumes[:1] = [_with_index(first, book, title=title, meta=meta, language=language)]
    return book


def _on_disk(writer: PdfWriter) -> IO[bytes]:
    out = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it when it stands in the bundle)
    writer.write(out)
    out.seek(0)
    return out


def _with_index(
    body: IO[bytes] | None, book: Book, *, title: str, meta: Meta, language: Language
) -> IO[bytes]:
    front = PdfReader(BytesIO(_index(list(book.evidence.values()), title, meta, language)))
    writer = PdfWriter()
    writer.append(front)
    writer.add_outline_item(_("Index"), 0)
    if body is not None:
        with body:
            writer.append(body, import_outline=False)
            _bookmark(writer, book, before=len(front.pages), volume=1)
            return _on_disk(writer)
    return _on_disk(writer)


def _bookmark(writer: PdfWriter, book: Book, *, before: int, volume: int = 0) -> None:
    """Of the volume, else of the one being written."""
    of = volume or len(book.volumes) + 1
    for one in book.evidence.values():
        if one.volume == of:
            line = one.line
            words = f"{one.number} {line.firm} · {line.cost_item} · {line.get_state_display()}"
            writer.add_outline_item(words, before + one.page - 1)


def _index(evidence: list[Evidence], title: str, meta: Meta, language: Language) -> bytes:
    more = any(one.volume > 1 for one in evidence)
    columns = [
        Column(_("No.")),
        Column(_("Firm")),
        Column(_("Cost item")),
        Column(_("Receipt")),
        Column(_("State")),
    ]
    columns += [Column(_("Volume"), "integer")] if more else []
    columns += [Column(_("Page"), "integer")]
    rows = [
        [
            one.number,
            one.line.firm.name,
            one.line.cost_item.name,
            f"{one.line.receipt_number} {one.line.receipt_issuer}",
            one.line.get_state_display(),
            *([one.volume] if more else []),
            one.page,
        ]
        for one in evidence
    ]
    note = _("Pages are counted after this index. Refused and reversed lines are included and say so.")
    blocks: list[Block] = (
        [Paragraph(note), Table(columns, rows)] if rows else [Paragraph(_("No receipts yet."))]
    )
    document = Document(title, language, blocks, meta=meta, ends=False, landscape=True)
    return documents.render(document, "pdf")


def _papers(lines: list[SupportLine]) -> dict[str, Attachment]:
    keys = [key for line in lines for key in line.papers.values()]
    return {str(one.pk): one for one in Attachment.objects.filter(pk__in=keys)} if keys else {}


def _pages_of(line: SupportLine, papers: dict[str, Attachment]) -> Iterator[PageObject]:
    """The receipt, then the documents that came with it."""
    files = [line.receipt, *(papers.get(key) for key in line.papers.values())]
    for attachment in files:
        if attachment is None:
            continue
        yield from PdfReader(_as_pdf(attachment)).pages


def _stamp(page: PageObject, word: str, language: Language) -> None:
    """The word over the middle of the page, as large as the page allows."""
    mark = PdfReader(BytesIO(stamp.draw(word, language))).pages[0]
    box = page.mediabox
    scale = min(float(box.width) / stamp.WIDTH, float(box.height) / stamp.HEIGHT)
    across = float(box.left) + (float(box.width) - stamp.WIDTH * scale) / 2
    up = float(box.bottom) + (float(box.height) - stamp.HEIGHT * scale) / 2
    page.merge_transformed_page(mark, Transformation().scale(scale).translate(across, up))


def _as_pdf(attachment: Attachment) -> BytesIO:
    """The file as PDF; one that cannot be read leaves an empty page, so that its number stays true."""
    try:
        with attachment.file.open("rb") as content:
            data = BytesIO(content.read())
        if attachment.content_type != "application/pdf":
            return _photo_as_pdf(data)
        if len(PdfReader(data).pages):
            data.seek(0)
            return data
    except (OSError, UnidentifiedImageError, PyPdfError):
        pass
    return _blank()


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
