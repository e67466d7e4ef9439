"""Workbooks: tables as typed sheets, charts beside them, and a sheet that says where the figures come from.

Headings stand in the first row and nothing above them, so that an exported sheet can be edited and imported
again. Text is always written as text: a cell that begins with = + - @ is never a formula.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext, override

from bridgehead.documents import page, shown
from bridgehead.documents.blocks import Cell, Column, Document, KeyFigures, Language, Meta, Picture, Table
from bridgehead.documents.outline import Line, about, parts
from bridgehead.documents.xlsx_cells import Cells

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_NARROWEST, _WIDEST = 8, 60
_ROWS_MEASURED = 300
MOST_ROWS = 1_048_575
_PICTURE_SCALE = 0.5
_PIXELS_PER_ROW = 20


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    note: str = ""


@dataclass(frozen=True)
class Workbook:
    """What a workbook holds besides its sheets. `lines` become a first sheet of plain text."""

    sheets: Sequence[Sheet]
    title: str = ""
    language: Language = "ko"
    meta: Meta = field(default_factory=Meta)
    lines: Sequence[tuple[str, ...]] = ()
    pictures: Sequence[Picture] = ()


def workbook(
    sheets: Sequence[Sheet],
    *,
    title: str = "",
    language: Language = "ko",
    meta: Meta | None = None,
    pictures: Sequence[Picture] = (),
) -> bytes:
    """The bytes of an .xlsx file with these sheets and a notes sheet."""
    return _write(Workbook(sheets, title, language, meta or Meta(), (), pictures))


def render(document: Document) -> bytes:
    """A document as a workbook: its text first, then every table as a sheet, charts, notes."""
    run = parts(document)
    tables = [part for part in run if isinstance(part, Table)]
    with override(document.language):
        names = [table.caption or gettext("Table %d") % n for n, table in enumerate(tables, start=1)]
    sheets = [
        Sheet(name, table.columns, table.rows, table.total, table.note)
        for name, table in zip(names, tables, strict=True)
    ]
    pictures = [part for part in run if isinstance(part, Picture)]
    lines = tuple(_lines(run))
    return _write(Workbook(sheets, document.title, document.language, document.meta, lines, pictures))


def _lines(run: Sequence[Any]) -> Iterator[tuple[str, ...]]:
    for part in run:
        if isinstance(part, Line):
            yield ("  " * (part.level - 1) + part.whole,)
        elif isinstance(part, KeyFigures):
            yield from ((figure.label, figure.value, figure.note) for figure in part.figures)


def _write(book: Workbook) -> bytes:
    out = io.BytesIO()
    file = xlsxwriter.Workbook(out, {"in_memory": True})
    file.set_properties(
        {
            "title": book.title,
            "author": book.meta.author or book.meta.organisation,
            "comments": book.meta.notice,
        }
    )
    cells, names = Cells(file, book.language), Names()
    with override(book.language):
        if book.lines:
            _write_lines(file.add_worksheet(names.new(gettext("Summary"))), cells, book.lines)
        for sheet in book.sheets:
            _write_sheet(file.add_worksheet(names.new(sheet.name)), cells, sheet, book)
        if book.pictures:
            _write_pictures(file.add_worksheet(names.new(gettext("Charts"))), cells, book.pictures)
        _write_notes(file.add_worksheet(names.new(gettext("Notes"))), cells, book)
    file.close()
    return out.getvalue()


class Names:
    """Sheet names as Excel allows them: 31 characters, some forbidden, each once whatever its case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, wanted: str) -> str:
        plain = _FORBIDDEN_IN_NAMES.sub(" ", shown.clean(wanted)).replace("\n", " ").strip(" '") or "-"
        name, count = plain[:_LONGEST_NAME].rstrip(" '"), 1
        while name.casefold() in self._taken or name.casefold() == "history":
            count += 1
            suffix = f" ({count})"
            name = plain[: _LONGEST_NAME - len(suffix)] + suffix
        self._taken.add(name.casefold())
        return name


def _write_sheet(worksheet: Any, cells: Cells, sheet: Sheet, book: Workbook) -> None:
    if len(sheet.rows) > MOST_ROWS - 1:
        raise ValueError(f"a sheet holds at most {MOST_ROWS} rows, not {len(sheet.rows)}")
    _furnish(worksheet, book)
    for index, column in enumerate(sheet.columns):
        label = shown.heading(column, book.language)
        cells.text(worksheet, 0, index, label, "head")
        worksheet.set_column(index, index, _width(label, index, column, sheet, book.language))
    for number, row in enumerate(sheet.rows, start=1):
        cells.row(worksheet, number, row, sheet.columns)
    last = len(sheet.rows)
    if sheet.columns:
        worksheet.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
    worksheet.freeze_panes(1, 0)
    worksheet.repeat_rows(0)
    if sheet.total is not None:
        cells.row(worksheet, last + 1, sheet.total, sheet.columns, total=True)


def _furnish(worksheet: Any, book: Workbook) -> None:
    """Print on A4 across, with the title, the notice and page numbers at the foot of every page."""
    worksheet.set_paper(9)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    said = " · ".join(filter(None, [book.meta.organisation, book.title, book.meta.notice])).replace("&", "&&")
    worksheet.set_footer(f"&L{shown.clean(said)[:200]}&R&P / &N")


def _width(label: str, index: int, column: Column, sheet: Sheet, language: Language) -> float:
    """Wide enough for the heading with its filter button and for what stands below, within reason."""
    texts = [shown.cell(row[index], column, language) for row in sheet.rows[:_ROWS_MEASURED]]
    longest = max((page.em_width(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest * 2 + 2, page.em_width(label) * 2 + 4, _NARROWEST), _WIDEST)


def _write_lines(worksheet: Any, cells: Cells, lines: Sequence[tuple[str, ...]]) -> None:
    worksheet.set_column(0, 0, _WIDEST)
    worksheet.set_column(1, 2, 24)
    worksheet.set_portrait()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    for number, line in enumerate(lines):
        for index, text in enumerate(line):
            cells.text(worksheet, number, index, text, "title" if number == 0 else "wrapped")


def _write_pictures(worksheet: Any, cells: Cells, pictures: Sequence[Picture]) -> None:
    row = 0
    for picture in pictures:
        cells.text(worksheet, row, 0, picture.caption, "title")
        options = {
            "image_data": io.BytesIO(picture.png),
            "description": shown.clean(picture.alt)[:1000],
            "x_scale": _PICTURE_SCALE,
            "y_scale": _PICTURE_SCALE,
        }
        worksheet.insert_image(row + 1, 0, "chart.png", options)
        height = int.from_bytes(picture.png[20:24], "big")
        row += int(height * _PICTURE_SCALE / _PIXELS_PER_ROW) + 4


def _write_notes(worksheet: Any, cells: Cells, book: Workbook) -> None:
    """Where the figures come from, when they were taken, and what the reader must know about them."""
    worksheet.set_column(0, 0, 100)
    document = Document(book.title, book.language, (), book.meta)
    notes = [
        book.meta.notice,
        *about(document),
        *(f"{sheet.name}: {sheet.note}" for sheet in book.sheets if sheet.note),
    ]
    notes.append(gettext("Times are in the zone %s.") % timezone.get_current_timezone_name())
    notes.append(
        gettext(
            "Text that begins with = + - @ is kept as text. Saved as CSV by a spreadsheet program it would be read"
            " as a formula again: use our own CSV export instead."
        )
    )
    notes += [gettext("%s is longer than a cell can hold and was cut.") % place for place in cells.cut]
    cells.text(worksheet, 0, 0, book.title or gettext("Notes"), "title")
    for number, note in enumerate(filter(None, notes), start=1):
        cells.text(worksheet, number, 0, note, "wrapped")
