import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bridgehead.documents import shown, xlsx
from bridgehead.documents.blocks import Amount, Column, Meta, Picture
from tests.documents.papers import paper, png


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_workbook_keeps_the_types_of_its_cells():
    columns = [
        Column("기업"),
        Column("건수", "integer"),
        Column("금액", "money", currency="USD"),
        Column("지원", "money"),
        Column("비율", "percent"),
        Column("일자", "date"),
        Column("시각", "datetime"),
    ]
    moment = dt.datetime(2025, 3, 8, 15, 30, tzinfo=dt.UTC)
    row = ["가나", 12, Decimal("5312345.67"), Amount(Decimal("8000000"), "KRW"), Decimal("0.253")]
    with timezone.override("Asia/Seoul"):
        data = xlsx.workbook([xlsx.Sheet("실적", columns, [[*row, dt.date(2025, 3, 4), moment]])])
    assert sheets(data)["실적"] == [
        ["기업", "건수", "금액(달러)", "지원", "비율", "일자", "시각"],
        ["가나", 12, 5312345.67, 8000000, 0.253, dt.date(2025, 3, 4), dt.datetime(2025, 3, 9, 0, 30)],
    ]


def test_workbook_number_formats_by_kind():
    columns = [
        Column("a", "integer"),
        Column("b", "money", currency="KRW"),
        Column("c", "money"),
        Column("d", "percent"),
    ]
    row = [1, Decimal(2), Amount(Decimal(3), "USD"), Decimal("0.5")]
    styles = part(xlsx.workbook([xlsx.Sheet("s", columns, [row])]), "xl/styles.xml")
    assert 'formatCode="&quot;USD&quot; #,##0.00"' in styles
    assert 'formatCode="0.0%"' in styles
    assert 'formatCode="#,##0"' in styles


def test_workbook_freezes_and_filters_the_heading_without_the_total():
    sheet = xlsx.Sheet("s", [Column("a"), Column("n", "integer")], [["x", 1], ["y", 2]], total=["합계", 3])
    xml = part(xlsx.workbook([sheet]), "xl/worksheets/sheet1.xml")
    assert '<autoFilter ref="A1:B3"/>' in xml
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in xml


@pytest.mark.parametrize(
    "text", ["=1+1", "+82-2", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "{=1}"]
)
def test_workbook_text_is_never_a_formula(text):
    data = xlsx.workbook([xlsx.Sheet("s", [Column(text)], [[text]], total=[text])])
    assert "<f>" not in part(data, "xl/worksheets/sheet1.xml")
    assert sheets(data)["s"] == [[text], [text], [text]]
    assert ('quotePrefix="1"' in part(data, "xl/styles.xml")) is (text != "{=1}")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_workbook_any_text_comes_back_as_text(texts):
    data = xlsx.workbook([xlsx.Sheet("s", [Column("heading")], [[text] for text in texts], total=["end"])])
    assert "<f>" not in part(data, "xl/worksheets/sheet1.xml")
    assert [row[0] for row in sheets(data)["s"]] == ["heading", *map(shown.clean, texts), "end"]


def test_workbook_notes_say_source_as_of_and_notice():
    meta = Meta(
        organisation="Gyeonggi", as_of=dt.date(2025, 3, 9), source="floor log", notice="Reconstructed"
    )
    sheet = xlsx.Sheet("s", [Column("a")], [], note="rates of the day")
    data = xlsx.workbook([sheet], title="Results", language="en", meta=meta)
    assert [row[0] for row in sheets(data)["Notes"]][:7] == [
        "Results",
        "Reconstructed",
        "Gyeonggi",
        "As of 9 Mar 2025",
        "Source: floor log",
        "s: rates of the day",
        "Times are in the zone Asia/Seoul.",
    ]
    assert "Reconstructed" in part(data, "xl/worksheets/sheet1.xml")


def test_workbook_sheet_names_are_made_valid_and_unique():
    wanted = ["a/b:c", "A b C", "긴" * 40, "긴" * 40, "", "'q'", "history"]
    data = xlsx.workbook([xlsx.Sheet(name, [Column("x")], []) for name in wanted], language="en")
    assert list(sheets(data)) == [
        "a b c",
        "A b C (2)",
        "긴" * 31,
        "긴" * 27 + " (2)",
        "-",
        "q",
        "history (2)",
        "Notes",
    ]


def test_workbook_text_longer_than_a_cell_is_cut_and_said():
    data = xlsx.workbook([xlsx.Sheet("s", [Column("a")], [["x" * 40_000]])], language="en")
    read = sheets(data)
    assert read["s"][1][0] == "x" * 32_766 + "…"
    assert read["Notes"][-1] == ["s!A2 is longer than a cell can hold and was cut."]


def test_workbook_number_beyond_excels_precision_is_text():
    data = xlsx.workbook([xlsx.Sheet("s", [Column("n", "integer")], [[1234567890123456789]])])
    assert sheets(data)["s"][1] == ["1,234,567,890,123,456,789"]


def test_workbook_pictures_carry_their_description():
    data = xlsx.workbook(
        [xlsx.Sheet("s", [Column("a")], [])], language="en", pictures=[Picture(png(), "alt", "c")]
    )
    assert 'descr="alt"' in part(data, "xl/drawings/drawing1.xml")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("xl/media/image1.png") == png()


def test_workbook_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        xlsx.workbook([xlsx.Sheet("s", [Column("a")], [["x", "y"]])])


def test_render_document_gives_text_tables_charts_and_notes():
    read = sheets(xlsx.render(paper("en")))
    assert list(read) == ["Summary", "기업별 실적", "Charts", "Notes"]
    assert [row[0] for row in read["Summary"]][3:8] == [
        "1. 추진 개요",
        "  a. 행사명",
        "  b. 장소",
        "    1) 전시장",
        "    2) 공동관",
    ]
    assert ["상담", "558건", "USD 166,080,000"] in read["Summary"]
    assert read["기업별 실적"][1:] == [
        ["가나공방", 12, 5312345.67, 0.253, dt.date(2025, 3, 4)],
        ["=위험(1)", 3, "", "", ""],
        ["합계", 15, 5312345.67, "", ""],
    ]
