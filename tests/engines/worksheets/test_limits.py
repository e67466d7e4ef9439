"""Files that are no table, or made to do harm."""

import codecs
import io
import struct
import zipfile

import pytest

from bridgehead.engines.worksheets import CONSULTATIONS, Limits, Options, UnreadableSheet, read

from .sheets import book, patched, rows_book, write_rows

GOOD = [["Firm", "Date", "Buyer"], ["G", "2025-03-04", "A"]]


def refusal(source, options=None) -> UnreadableSheet:
    with pytest.raises(UnreadableSheet) as caught:
        read(source, CONSULTATIONS, options)
    assert caught.value.describe("ko") != caught.value.describe("en")
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<html><table><tr><td>Firm</td></tr></table></html>", "format"),
        (b"%PDF-1.7 ...", "format"),
        (b"PK\x03\x04 not a zip at all", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"\xff\xff\xff,\x80\x81", "encoding"),
        (b"a\0b,c", "format"),
        ("이름,값\n하나,둘\n".encode(), "no_header"),
        (b"Firm,Buyer,Amount (USD)\nG,A,1\n", "missing_columns"),
    ],
)
def test_read_refuses_what_is_no_table(content, code):
    assert refusal(content).code == code


def test_read_says_which_columns_are_missing():
    error = refusal(rows_book([["x"], ["Firm", "Buyer", "Country"]]))
    assert (
        error.describe("en")
        == "Row 2 of sheet 상담실적 has the headings, but not: 상담일. Add these columns."
    )
    assert (
        error.describe("ko")
        == "‘상담실적’ 시트 2행 머리글에 다음 항목이 없음: 상담일. 해당 열을 추가하십시오."
    )


def test_read_refuses_missing_file_and_sheet(tmp_path):
    assert refusal(tmp_path / "none.xlsx").code == "file_missing"
    assert refusal(rows_book(GOOD), Options(sheet="no")).code == "no_sheet"


def test_read_stops_at_its_limits():
    content = rows_book(GOOD)
    assert refusal(content, Options(limits=Limits(bytes=100))).code == "too_big"
    assert refusal(content, Options(limits=Limits(unpacked_bytes=1000))).code == "too_big"
    assert refusal(content, Options(limits=Limits(rows=1))).code == "too_big"
    assert refusal(content, Options(limits=Limits(cells=5))).code == "too_big"
    assert refusal(b"Firm,Date,Buyer\n" * 9, Options(limits=Limits(rows=8))).code == "too_big"
    assert refusal(b"Firm,Date,Buyer\n" * 9, Options(limits=Limits(cells=8))).code == "too_big"


def test_read_refuses_a_sheet_spread_over_the_whole_grid():
    def fill(workbook, sheet):
        write_rows(sheet, GOOD)
        sheet.write(1_048_575, 16_383, "x")

    assert refusal(book(fill)).code == "too_big"


def test_read_formatted_but_empty_rows_to_the_end_do_no_harm():
    def fill(workbook, sheet):
        write_rows(sheet, GOOD)
        sheet.write_blank(1_048_575, 5, None, workbook.add_format({"bold": True}))

    assert len(read(book(fill), CONSULTATIONS).rows) == 1


def test_read_merge_over_the_whole_sheet_does_no_harm():
    content = patched(
        rows_book(GOOD),
        b"</sheetData>",
        b'</sheetData><mergeCells><mergeCell ref="E1:XFD1048576"/></mergeCells>',
    )
    assert len(read(content, CONSULTATIONS).rows) == 1


def test_read_refuses_a_package_that_unpacks_to_too_much():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<a/>")
        package.writestr("xl/bomb.xml", b" " * 30_000_000)
    lying = bytearray(buffer.getvalue())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = lying.index(signature, lying.index(signature) + 4)
        struct.pack_into("<I", lying, at + offset, 10)
    assert refusal(bytes(lying), Options(limits=Limits(unpacked_bytes=20_000_000))).code == "too_big"


def test_read_refuses_entities_and_other_packages():
    entity = patched(rows_book(GOOD), b"<workbook ", b'<!DOCTYPE a [<!ENTITY b "x">]><workbook ')
    assert refusal(entity).code == "damaged"
    assert refusal(patched(rows_book(GOOD), b'encoding="UTF-8"', b'encoding="UMF-8"')).code == "damaged"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("xl/workbook.bin", b"x")
    assert (
        refusal(buffer.getvalue())
        .describe("en")
        .startswith("This is neither an Excel workbook nor CSV (xlsb).")
    )


def test_read_csv_with_a_stated_delimiter():
    text = codecs.BOM_UTF8 + b"sep=|\nFirm|Date|Buyer\nG, Ltd|2025-03-04|A\n"
    rows = read(text, CONSULTATIONS).rows
    assert [(row.number, row.values["firm"]) for row in rows] == [(3, "G, Ltd")]
