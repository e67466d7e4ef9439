"""Workbooks made for the tests, as small as what they show."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter


def book(fill: Callable[[Any, Any], None], name: str = "상담실적") -> bytes:
    """A workbook of one sheet; `fill(workbook, sheet)` writes it."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(workbook, workbook.add_worksheet(name))
    workbook.close()
    return buffer.getvalue()


def write_rows(sheet: Any, rows: Sequence[Sequence[Any]], *, top: int = 0, left: int = 0) -> None:
    for number, row in enumerate(rows, start=top):
        for column, value in enumerate(row, start=left):
            if value is not None:
                sheet.write(number, column, value)


def rows_book(rows: Sequence[Sequence[Any]], name: str = "상담실적") -> bytes:
    """A workbook holding these rows and nothing else."""
    return book(lambda _, sheet: write_rows(sheet, rows), name)


def brief(reading: Any, *keys: str) -> list[tuple[Any, ...]]:
    """Row number and the named values of each good row."""
    return [(row.number, *(row.values[key] for key in keys)) for row in reading.rows]


def patched(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with a piece of its XML exchanged, for what no writer writes on purpose."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return buffer.getvalue()
