"""Excel workbooks (.xlsx, .xlsm, .xls) to grids, guarded against files made to exhaust the machine."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from .grids import Grid, spread_merges
from .messages import UnreadableSheet
from .schema import Limits

_CELL = re.compile(rb"<(?:\w+:)?c(\s[^<>]*)?(?<!/)>")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_REFERENCE = re.compile(rb"""(?:^|\s)r=["']([A-Z]{1,3})(\d{1,7})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</|<(?:\w+:)?is\b")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"""(?:^|\s)t=["']e["']""")
_STRING = re.compile(rb"""(?:^|\s)t=["']str["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHUNK = 1 << 20

Faults = dict[tuple[int, int], tuple[str, dict[str, str]]]


def read_workbook(content: bytes, limits: Limits) -> list[Grid]:
    """Every worksheet of the workbook, in its order."""
    faults = _inspect_package(content, limits) if content.startswith(b"PK") else {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            _grid(workbook, index, faults.get(meta.name, {}), limits)
            for index, meta in enumerate(workbook.sheets_metadata)
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise UnreadableSheet("password") from error
    except CalamineError as error:
        code = "password" if "password" in str(error).lower() else "damaged"
        raise UnreadableSheet(code, **({} if code == "password" else {"detail": str(error)[:80]})) from error


def _grid(workbook: CalamineWorkbook, index: int, faults: Faults, limits: Limits) -> Grid:
    sheet = workbook.get_sheet_by_index(index)
    if sheet.total_height > limits.rows:
        raise UnreadableSheet("too_big", limit=f"{limits.rows:,} rows")
    rows = sheet.to_python(skip_empty_area=False)
    for row, column in faults:
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
    ranges = [(*start, *end) for start, end in sheet.merged_cell_ranges or []]
    width = max((len(row) for row in rows), default=0)
    visible = workbook.sheets_metadata[index].visible == SheetVisibleEnum.Visible
    return Grid(sheet.name, rows, spread_merges(ranges, len(rows), width, limits), faults, visible)


def _inspect_package(content: bytes, limits: Limits) -> dict[str, Faults]:
    """Refuse oversized packages before parsing, and find cells whose formula has no usable value.

    The parser gives an error or a never computed formula as an empty cell: an amount would vanish silently.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        names = set(package.namelist())
        if "xl/workbook.xml" not in names:
            raise UnreadableSheet("format", found="xlsb" if "xl/workbook.bin" in names else "zip")
        _check_unpacked_size(content, package, limits)
        return {
            name: _inspect_sheet(package.read(part), limits)
            for name, part in _sheet_parts(package)
            if part in names
        }
    except UnreadableSheet:
        raise
    except (
        *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, DefusedXmlException),
        *(LookupError, ValueError, EOFError, NotImplementedError, RuntimeError, OSError),
    ) as error:
        raise UnreadableSheet("damaged", detail=type(error).__name__) from error


def _check_unpacked_size(content: bytes, package: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack everything without keeping it: the sizes a package declares may be lies."""
    left = limits.unpacked_bytes
    for info in package.infolist():
        start = info.header_offset
        name_length = int.from_bytes(content[start + 26 : start + 28], "little")
        extra_length = int.from_bytes(content[start + 28 : start + 30], "little")
        begin = start + 30 + name_length + extra_length
        packed = content[begin : begin + info.compress_size]
        if info.compress_type == zipfile.ZIP_DEFLATED:
            inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            while packed and left >= 0 and not inflate.eof:
                left -= len(inflate.decompress(packed, _CHUNK))
                packed = inflate.unconsumed_tail
        else:
            left -= max(info.file_size, len(packed))
        if left < 0:
            raise UnreadableSheet("too_big", limit=f"{limits.unpacked_bytes // 1_000_000:,} MB unpacked")


def _sheet_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_RELATION), "")
            yield element.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _filled_cells(xml: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Row, column, attributes and body of each cell with content; linear even in malformed XML."""
    starts = list(_CELL.finditer(xml))
    for number, start in enumerate(starts):
        limit = starts[number + 1].start() if number + 1 < len(starts) else len(xml)
        end = _CELL_END.search(xml, start.end(), limit)
        attributes = start[1] or b""
        reference = _REFERENCE.search(attributes)
        if reference:
            body = xml[start.end() : end.start() if end else limit]
            yield int(reference[2]) - 1, _column_index(reference[1]), attributes, body


def _inspect_sheet(xml: bytes, limits: Limits) -> Faults:
    faults: Faults = {}
    bottom = right = 0
    for row, column, attributes, body in _filled_cells(xml):
        bottom, right = max(bottom, row), max(right, column)
        value = _VALUE.search(body)
        if _ERROR.search(attributes):
            error = value[1].decode("ascii", "replace") if value and value[1] else "#ERROR"
            faults[row, column] = ("formula_error", {"error": error})
        elif _FORMULA.search(body) and not (value and value[1]) and not _STRING.search(attributes):
            faults[row, column] = ("formula_unsaved", {})
    if bottom >= limits.rows:
        raise UnreadableSheet("too_big", limit=f"{limits.rows:,} rows")
    if (bottom + 1) * (right + 1) > limits.cells:
        raise UnreadableSheet("too_big", limit=f"{limits.cells:,} cells")
    return faults


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
