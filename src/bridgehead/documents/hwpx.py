"""A document as HWPX, the format Korean committees read.

Numbers and bullets are written as text with a hanging indent, as officers type them: they survive copying, text
search and every reader. Headings still carry their outline level, so the outline pane of the word processor
works; the automatic marks of that outline are emptied, otherwise each number would appear twice.
"""

import datetime as dt
import struct
from typing import Any

from hwpx import HwpxDocument

from bridgehead.documents import page, shown
from bridgehead.documents.blocks import Align, Document, KeyFigures, Language, Picture, Table
from bridgehead.documents.hwpx_styles import SANS, Styles
from bridgehead.documents.outline import Line, parts
from bridgehead.documents.tabular import texts_of, weights

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
UNITS_PER_MM = 7200 / 25.4


def render(document: Document) -> bytes:
    """The bytes of an .hwpx file."""
    file = HwpxDocument.new()
    _prepare(file, document)
    styles = Styles(file)
    for index, part in enumerate(parts(document)):
        if isinstance(part, Line):
            _write_line(file, styles, part, first=index == 0)
        elif isinstance(part, Table):
            _write_table(file, styles, part, document.language)
        elif isinstance(part, Picture):
            _write_picture(file, styles, part)
        else:
            _write_figures(file, styles, part)
    return file.to_bytes()


def _prepare(file: HwpxDocument, document: Document) -> None:
    """Page, running footer, metadata, and an outline without automatic marks."""
    file.page.setup(
        paper_size="A4",
        margin_top_mm=page.TOP_MM,
        margin_right_mm=page.RIGHT_MM,
        margin_bottom_mm=page.BOTTOM_MM,
        margin_left_mm=page.LEFT_MM,
        header_margin_mm=page.HEADER_MM,
        footer_margin_mm=page.FOOTER_MM,
    )
    _write_footer(file, document)
    file.parts.clear_document_metadata(timestamp=f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}")
    file.parts.set_document_metadata(
        title=shown.clean(document.title),
        creator=shown.clean(document.meta.author or document.meta.organisation),
    )
    for head in file.parts.headers[0].element.iter(f"{HH}paraHead"):
        head.text = None


def _write_footer(file: HwpxDocument, document: Document) -> None:
    """Organisation, notice and “page / pages” on every page.

    The library adds Hancom's own page-number control beside the counter; it goes, or the page would be numbered
    twice.
    """
    before = " · ".join(
        filter(None, [shown.clean(document.meta.organisation), shown.clean(document.meta.notice)])
    )
    counter = {"page_number": "page/total"}
    children = [{"type": "run", "text": f"{before}   "}, counter] if before else [counter]
    file.page.set_footer(content=[{"align": "CENTER", "children": children}])
    small = file.styles.ensure_run(font=SANS, size=page.SMALL_PT, color=page.MUTED)
    for story in file.sections[0].element.iter(f"{HP}footer"):
        for control in list(story.iter(f"{HP}pageNum")):
            run = control.getparent().getparent()
            run.getparent().remove(run)
        for run in story.iter(f"{HP}run"):
            run.set("charPrIDRef", small)


def _write_line(file: HwpxDocument, styles: Styles, line: Line, *, first: bool) -> None:
    paragraph = (
        file.paragraphs[0] if first else file.add_paragraph("", inherit_style=False, include_run=False)
    )
    paragraph.add_run(line.whole, char_pr_id_ref=styles.characters(line.role, line.level))
    styles.shape(paragraph, line.role, line.level, hang_em=_hang(line), align=line.align)
    if line.role == "heading":
        paragraph.style_id_ref = file.styles.resolve(f"개요 {line.level}").id


def _hang(line: Line) -> float:
    return page.em_width(f"{line.mark} ") if line.mark else 0.0


def _plain_line(file: HwpxDocument, styles: Styles, text: str, role: str, align: Align) -> None:
    paragraph = file.add_paragraph("", inherit_style=False, include_run=False)
    paragraph.add_run(shown.clean(text), char_pr_id_ref=styles.characters(role))
    styles.shape(paragraph, role, align=align)


def _write_table(file: HwpxDocument, styles: Styles, table: Table, language: Language) -> None:
    if table.caption:
        _plain_line(file, styles, table.caption, "caption", "center")
    head, body, total = texts_of(table, language)
    rows = [("head", head), *(("cell", texts) for texts in body), *([("total", total)] if total else [])]
    grid = _new_grid(file, styles, len(rows), len(head))
    grid.set_column_widths(weights(table, language))
    grid.element.set("repeatHeader", "1")
    grid.set_treat_as_char(len(rows) <= page.ROWS_KEPT_TOGETHER)
    for row, (role, texts) in zip(grid.rows, rows, strict=True):
        for cell, text, column in zip(row.cells, texts, table.columns, strict=True):
            _fill(cell, styles, text, role, "center" if role == "head" else shown.alignment(column))
    if table.note:
        _plain_line(file, styles, table.note, "note", "left")


def _new_grid(file: HwpxDocument, styles: Styles, rows: int, columns: int) -> Any:
    """A bordered grid over the text width."""
    width = round(page.TEXT_WIDTH_MM * UNITS_PER_MM)
    return file.add_table(rows, columns, width=width, border_fill_id_ref=styles.border("cell"))


def _fill(cell: Any, styles: Styles, text: str, role: str, align: Align) -> None:
    paragraph = cell.paragraphs[0]
    for run in paragraph.runs:
        run.remove()
    paragraph.add_run(text, char_pr_id_ref=styles.characters(role))
    styles.shape(paragraph, role, align=align)
    cell.element.set("borderFillIDRef", styles.border(role))
    cell.element.set("header", "1" if role == "head" else "0")


def _write_picture(file: HwpxDocument, styles: Styles, picture: Picture) -> None:
    width, height = png_size(picture.png)
    shape = file.add_picture(
        picture.png, "png", width_mm=page.PICTURE_WIDTH_MM, height_mm=page.PICTURE_WIDTH_MM * height / width
    )
    shape.element.find(f"{HP}shapeComment").text = shown.clean(picture.alt)
    styles.shape(file.paragraphs[-1], "picture", align="center")
    if picture.caption:
        _plain_line(file, styles, picture.caption, "caption", "center")


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header of the file."""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("a picture must be a PNG")
    return struct.unpack(">II", png[16:24])


def _write_figures(file: HwpxDocument, styles: Styles, block: KeyFigures) -> None:
    """Key figures as a small table: label above, figure large, note below."""
    rows = [
        ("head", [figure.label for figure in block.figures]),
        ("figure", [f.value for f in block.figures]),
    ]
    if any(figure.note for figure in block.figures):
        rows.append(("small", [figure.note for figure in block.figures]))
    grid = _new_grid(file, styles, len(rows), len(block.figures))
    for row, (role, texts) in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell, styles, shown.clean(text), role, "center")
