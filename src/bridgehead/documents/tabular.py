"""The texts and column widths of a printed table, shared by HWPX and PDF."""

from collections.abc import Sequence

from bridgehead.documents import page, shown
from bridgehead.documents.blocks import Cell, Language, Table

Row = list[str]
_NARROWEST, _WIDEST, _PADDING = 3.0, 18.0, 1.5


def texts_of(table: Table, language: Language) -> tuple[Row, list[Row], Row | None]:
    """Heading, rows and total as printed; a row of another length than the columns is refused."""

    def texts(row: Sequence[Cell]) -> Row:
        return [shown.cell(value, column, language) for value, column in zip(row, table.columns, strict=True)]

    head = [shown.clean(shown.heading(column, language)) for column in table.columns]
    return head, [texts(row) for row in table.rows], None if table.total is None else texts(table.total)


def weights(table: Table, language: Language) -> list[float]:
    """Relative widths: as the column says, otherwise its longest text in em, within reason."""
    head, rows, total = texts_of(table, language)
    everything = [head, *rows, *([total] if total else [])]
    widths = []
    for index, column in enumerate(table.columns):
        longest = max(page.em_width(line) for row in everything for line in row[index].split("\n"))
        widths.append(column.width or min(max(longest, _NARROWEST), _WIDEST) + _PADDING)
    return widths
