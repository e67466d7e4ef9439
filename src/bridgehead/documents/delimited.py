"""Tables as CSV: UTF-8 with a byte-order mark so that Excel reads Korean, or CP949 for older programs."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.documents import shown
from bridgehead.documents.blocks import Amount, Cell, Column
from bridgehead.documents.neutral import neutralised

Encoding = Literal["utf-8", "cp949"]
_SHOWN_AT_MOST = 10


@dataclass(frozen=True)
class Unencodable:
    """A cell that CP949 cannot hold. `row` counts lines of the file from 1, the heading being the first."""

    row: int
    column: str
    characters: str

    def __str__(self) -> str:
        named = ", ".join(f"{character} (U+{ord(character):04X})" for character in self.characters)
        return _("row %(row)s, column “%(column)s”: %(characters)s") % {
            "row": self.row,
            "column": self.column,
            "characters": named,
        }


class CannotEncode(ValueError):
    """Says every place that would be damaged, so that the officer can mend them or take UTF-8."""

    def __init__(self, cells: Sequence[Unencodable]) -> None:
        self.cells = tuple(cells)
        listed = "\n".join(str(cell) for cell in self.cells[:_SHOWN_AT_MOST])
        more = len(self.cells) - _SHOWN_AT_MOST
        rest = "\n" + _("and %(count)s more cells") % {"count": more} if more > 0 else ""
        super().__init__(_("CP949 cannot hold these characters:") + f"\n{listed}{rest}")


def write(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, encoding: Encoding = "utf-8"
) -> bytes:
    """The bytes of a CSV file with a heading line. Raises `CannotEncode` before anything is lost."""
    if encoding not in ("utf-8", "cp949"):
        raise ValueError(f"no CSV in {encoding!r}; there are utf-8 and cp949")
    lines = [[neutralised(shown.clean(_heading(column))) for column in columns]]
    lines += [[_cell(value) for value, _column in zip(row, columns, strict=True)] for row in rows]
    if encoding == "cp949" and (lost := list(_unencodable(lines))):
        raise CannotEncode(lost)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode("utf-8-sig" if encoding == "utf-8" else "cp949")


def _heading(column: Column) -> str:
    return f"{column.label} ({column.currency})" if column.currency else column.label


def _cell(value: Cell) -> str:
    """Numbers bare and ungrouped, dates in ISO 8601 with their zone: made to be read by programs."""
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralised(shown.clean(value))
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Amount):
        return f"{value.amount:f} {value.currency}"
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat(
            timespec="seconds"
        )
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _unencodable(lines: Sequence[Sequence[str]]) -> Iterator[Unencodable]:
    for number, line in enumerate(lines, start=1):
        for label, text in zip(lines[0], line, strict=True):
            lost = dict.fromkeys(character for character in text if not _fits(character))
            if lost:
                yield Unencodable(row=number, column=label, characters="".join(lost))


def _fits(character: str) -> bool:
    try:
        character.encode("cp949")
    except UnicodeEncodeError:
        return False
    return True
