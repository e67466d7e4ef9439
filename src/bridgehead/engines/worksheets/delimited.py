"""CSV and its relatives to a grid: encoding and delimiter are found out, not asked for."""

import codecs
import csv
import io
from collections import Counter

from .grids import Grid
from .messages import UnreadableSheet
from .schema import Limits

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_ROWS = 60


def read_delimited(content: bytes, name: str, limits: Limits) -> Grid:
    """The one grid of the text; rows count as a spreadsheet program shows them (records, not lines)."""
    text = _decode(content)
    first, _, rest = text.partition("\n")
    stated = first.strip().casefold().removeprefix("sep=") if first.casefold().startswith("sep=") else ""
    if len(stated) == 1:
        rows = [[], *_rows(rest, stated, limits)]
    else:
        rows = _rows(text, max(_DELIMITERS, key=lambda delimiter: _regularity(text, delimiter)), limits)
    if sum(map(len, rows)) > limits.cells:
        raise UnreadableSheet("too_big", limit=f"{limits.cells:,} cells")
    return Grid(name, rows, keeps_merges=False)


def _decode(content: bytes) -> str:
    encodings = [encoding for bom, encoding in _BOMS if content.startswith(bom)] or ["utf-8", "cp949"]
    position = 0
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            position = error.start
            continue
        if "\0" in text:
            raise UnreadableSheet("format", found="binary")
        return text
    raise UnreadableSheet("encoding", position=str(position + 1))


def _rows(text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > limits.rows:
                raise UnreadableSheet("too_big", limit=f"{limits.rows:,} rows")
    except csv.Error as error:
        raise UnreadableSheet("damaged", detail=f"CSV, {error}") from error
    return rows


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows share one width above 1, then that width: the true delimiter has most."""
    widths: Counter[int] = Counter()
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            if number >= _SAMPLE_ROWS:
                break
            widths[len(row)] += 1
    except csv.Error:
        return 0, 0
    return max(((count * (width - 1), width) for width, count in widths.items() if width > 1), default=(0, 0))
