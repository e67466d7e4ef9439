"""A document as HWPX, the format Korean committees read.

Numbers and bullets are written as text with a hanging indent, as officers type them: they survive copying, text
search and every reader. Headings still carry their outline level, so the outline pane of the word processor
works; the automatic marks of that outline are emptied, otherwise each number would appear twice.
"""

import datetime as dt
import struct
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from hwpx import HwpxDocument

from bridgehead.documents import page, shown
from bridgehead.documents.blocks import Align, Document, KeyFigures, Picture, Table
from bridgehead.documents.hwpx_styles import Styles
from bridgehead.documents.outline import Line, parts
from bridgehead.documents.tabular import texts_of, weights

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
UNITS_PER_MM = 7200 / 25.4


def render(document: Document) -> bytes:
    """The bytes of an .hwpx file."""
    writer = Writer(document)
    writer.prepare()
    for index, part in enumerate(parts(document)):
        if isinstance(part, Line):
            writer.line(part, first=index == 0)
        elif isinstance(part, Table):
            writer.table(part)
        elif isinstance(part, Picture):
            writer.picture(part)
        else:
            writer.figures(part)
    return archive(writer.file)


def archive(file: HwpxDocument) -> bytes:
    """The library reads an archive many times over to check it, which takes most of the time of a long document. It checks
    the frame here, everything but the body, and the body is put in afterwards; the tests check whole files."""
    section = file.sections[0]
    first, *body = section.element
    section.element[:] = [first]
    frame = file.to_bytes()
    section.element[:] = [first, *body]
    return _with_part(frame, section.part_name, section.to_bytes())


def _with_part(frame: bytes, name: str, content: bytes) -> bytes:
    """The archive with one part replaced; order, dates and the uncompressed type mark of the others stay."""
    out = BytesIO()
    with ZipFile(BytesIO(frame)) as old, ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = content if entry.filename == name else old.read(entry)
            new.writestr(entry, data)
    return out.getvalue()


class Writer:
    """One file in the making: each method adds one part of the document to its end."""

    def __init__(self, document: Document) -> None:
        self.file = HwpxDocument.new()
        self.styles = Styles(self.file)
        self.document = document
        self.width = round(page.text_width_mm(document.landscape) * UNITS_PER_MM)

    def prepare(self) -> None:
        """Page, running footer, metadata, and an outline without automatic marks."""
        self.file.page.setup(
            paper_size="A4",
            orientation="LANDSCAPE" if self.document.landscape else "PORTRAIT",
            margin_top_mm=page.TOP_MM,
            margin_right_mm=page.RIGHT_MM,
            margin_bottom_mm=page.BOTTOM_MM,
            margin_left_mm=page.LEFT_MM,
            header_margin_mm=page.HEADER_MM,
            footer_margin_mm=page.FOOTER_MM,
        )
        self._footer()
        meta = self.document.meta
        self.file.parts.clear_document_metadata(timestamp=f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}")
        self.file.parts.set_document_metadata(
            title=shown.clean(self.document.title), creator=shown.clean(meta.author or meta.organisation)
        )
        for head in self.file.parts.headers[0].element.iter(f"{HH}paraHead"):
            head.text = None

    def _footer(self) -> None:
        """Organisation, notice and “page / pages” on every page.

        The library adds Hancom's own page-number control beside the counter; it goes, or the page would be
        numbered twice.
        """
        facts = filter(None, [self.document.meta.organisation, self.document.meta.notice])
        before = shown.clean(" · ".join(facts))
        counter = {"page_number": "page/total"}
        children = [{"type": "run", "text": f"{before}   "}, counter] if before else [counter]
        self.file.page.set_footer(content=[{"align": "CENTER", "children": children}])
        small = self.styles.characters("small")
        for story in self.file.sections[0].element.iter(f"{HP}footer"):
            for control in list(story.iter(f"{HP}pageNum")):
                run = control.getparent().getparent()
                run.getparent().remove(run)
            for run in story.iter(f"{HP}run"):
                run.set("charPrIDRef", small)

    def line(self, line: Line, *, first: bool) -> None:
        """The first line goes into the paragraph that carries the page's settings."""
        paragraph = self.file.paragraphs[0] if first else self._paragraph()
        paragraph.add_run(line.whole, char_pr_id_ref=self.styles.characters(line.role, line.level))
        hang = page.em_width(f"{line.mark} ") if line.mark else 0.0
        self.styles.shape(paragraph, line.role, line.level, hang_em=hang, align=line.align)
        if line.role == "heading":
            paragraph.style_id_ref = self.file.styles.resolve(f"개요 {line.level}").id

    def _paragraph(self) -> Any:
        return self.file.add_paragraph("", inherit_style=False, include_run=False)

    def _plain(self, text: str, role: str, align: Align) -> None:
        if not text:
            return
        paragraph = self._paragraph()
        paragraph.add_run(shown.clean(text), char_pr_id_ref=self.styles.characters(role))
        self.styles.shape(paragraph, role, align=align)

    def table(self, table: Table) -> None:
        """Long tables flow over pages with their heading row repeated; short ones stay in one piece."""
        self._plain(table.caption, "caption", "center")
        head, body, total = texts_of(table, self.document.language)
        rows = [("head", head), *(("cell", texts) for texts in body), *([("total", total)] if total else [])]
        grid = self._grid(len(rows), len(head))
        grid.set_column_widths(weights(table, self.document.language))
        grid.element.set("repeatHeader", "1")
        grid.set_treat_as_char(len(rows) <= page.ROWS_KEPT_TOGETHER)
        for row, (role, texts) in zip(grid.rows, rows, strict=True):
            for cell, text, column in zip(row.cells, texts, table.columns, strict=True):
                self._fill(cell, text, role, "center" if role == "head" else shown.alignment(column))
        self._plain(table.note, "note", "left")

    def _grid(self, rows: int, columns: int) -> Any:
        return self.file.add_table(
            rows, columns, width=self.width, border_fill_id_ref=self.styles.border("cell")
        )

    def _fill(self, cell: Any, text: str, role: str, align: Align) -> None:
        paragraph = cell.paragraphs[0]
        for run in paragraph.runs:
            run.remove()
        paragraph.add_run(text, char_pr_id_ref=self.styles.characters(role))
        self.styles.shape(paragraph, role, align=align)
        cell.element.set("borderFillIDRef", self.styles.border(role))
        cell.element.set("header", "1" if role == "head" else "0")

    def picture(self, picture: Picture) -> None:
        width, height = png_size(picture.png)
        high = page.PICTURE_WIDTH_MM * height / width
        plain = {"para_pr_id_ref": "0", "style_id_ref": "0", "char_pr_id_ref": "0"}
        shape = self.file.add_picture(
            picture.png, "png", width_mm=page.PICTURE_WIDTH_MM, height_mm=high, **plain
        )
        shape.element.find(f"{HP}shapeComment").text = shown.clean(picture.alt)
        self.styles.shape(self.file.paragraphs[-1], "picture", align="center")
        self._plain(picture.caption, "caption", "center")

    def figures(self, block: KeyFigures) -> None:
        """Key figures as a small table: label above, figure large, note below."""
        rows = [("head", [f.label for f in block.figures]), ("figure", [f.value for f in block.figures])]
        if any(figure.note for figure in block.figures):
            rows.append(("small", [figure.note for figure in block.figures]))
        grid = self._grid(len(rows), len(block.figures))
        for row, (role, texts) in zip(grid.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                self._fill(cell, shown.clean(text), role, "center")


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header of the file."""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("a picture must be a PNG")
    return struct.unpack(">II", png[16:24])
