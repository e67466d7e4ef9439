import io
import zipfile
from xml.etree import ElementTree

import pytest
from hwpx import HwpxDocument
from hwpx.tools.package_validator import validate_editor_open_safety

from bridgehead.documents import hwpx
from bridgehead.documents.blocks import Column, Document, Heading, Paragraph, Picture, Table
from tests.documents.papers import paper, png

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
HC = "{http://www.hancom.co.kr/hwpml/2011/core}"
OPF = "{http://www.idpf.org/2007/opf/}"


def xml(data: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))


@pytest.fixture(scope="module")
def data() -> bytes:
    return hwpx.render(paper())


@pytest.fixture(scope="module")
def section(data) -> ElementTree.Element:
    return xml(data, "Contents/section0.xml")


def test_render_package_starts_with_a_stored_mimetype(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/hwp+zip"
        assert archive.testzip() is None


def test_render_whole_file_passes_the_check_for_the_word_processor(data):
    assert validate_editor_open_safety(data).ok


def test_render_reopens_valid_with_all_its_text(data):
    document = HwpxDocument.open(data)
    assert document.validate().issues == ()
    assert document.text.plain().splitlines() == [
        "운영 결과 보고",
        "Reconstructed",
        "경기도 · 2025. 3. 20.",
        "1. 추진 개요",
        "가. 행사명",
        "나. 장소",
        "1) 전시장",
        "2) 공동관",
        "상담\t계약 추진",
        "558건\t145건",
        "USD 166,080,000\t",
        "단계별 성과",
        "가. 실적",
        "기업별 실적",
        "기업\t건수\t금액(달러)\t비율\t일자",
        "가나공방\t12\t5,312,345.67\t25.3%\t2025. 3. 4.",
        "=위험(1)\t3\t\t\t",
        "합계\t15\t5,312,345.67\t\t",
        "주: 상담일의 환율로 환산",
        "2. 향후 계획",
        '#eval("1+1") *굵게* $x$ @ref <tag> \\ // &amp;',
        "○ 후속 관리",
        "– 3개월 후 조사",
        "○ 성과 공개  끝.",
    ]


def test_render_page_is_a4_with_the_margins_of_official_documents(section):
    page = section.find(f".//{HP}pagePr")
    margin = page.find(f"{HP}margin")
    millimetres = {side: round(int(margin.get(side)) * 25.4 / 7200, 1) for side in margin.attrib}
    assert millimetres == {
        "header": 10,
        "footer": 10,
        "gutter": 0,
        "left": 20,
        "right": 15,
        "top": 20,
        "bottom": 15,
    }
    assert [round(int(page.get(side)) * 25.4 / 7200) for side in ("width", "height")] == [210, 297]


def test_render_footer_has_notice_and_counters_once(section):
    logical, drawn = section.iter(f"{HP}footer")
    for footer in (logical, drawn):
        assert "".join(node.text or "" for node in footer.iter(f"{HP}t")) == "경기도 · Reconstructed   /"
        assert [number.get("numType") for number in footer.iter(f"{HP}autoNum")] == ["PAGE", "TOTAL_PAGE"]
    assert list(section.iter(f"{HP}pageNum")) == []


def test_render_table_repeats_a_marked_heading_row_over_the_text_width(section):
    table = list(section.iter(f"{HP}tbl"))[1]
    assert (table.get("rowCnt"), table.get("colCnt"), table.get("repeatHeader")) == ("4", "5", "1")
    rows = table.findall(f"{HP}tr")
    assert [{cell.get("header") for cell in row.findall(f"{HP}tc")} for row in rows] == [
        {"1"},
        {"0"},
        {"0"},
        {"0"},
    ]
    widths = [int(size.get("width")) for size in rows[0].iter(f"{HP}cellSz")]
    assert sum(widths) == int(table.find(f"{HP}sz").get("width"))
    assert round(sum(widths) * 25.4 / 7200) == 175


def test_render_cells_are_bordered_and_the_heading_is_shaded(data, section):
    header = xml(data, "Contents/header.xml")
    fills = {fill.get("id"): fill for fill in header.iter(f"{HH}borderFill")}
    first = list(section.iter(f"{HP}tbl"))[1].find(f"{HP}tr/{HP}tc")
    fill = fills[first.get("borderFillIDRef")]
    sides = ("leftBorder", "rightBorder", "topBorder", "bottomBorder")
    assert {fill.find(f"{HH}{side}").get("type") for side in sides} == {"SOLID"}
    assert fill.find(f".//{HC}winBrush").get("faceColor") == "#ECF2FE"


def test_render_body_is_12_point_batang_and_title_18_point_dotum(data, section):
    header = xml(data, "Contents/header.xml")
    faces = {
        font.get("id"): font.get("face")
        for font in header.find(f".//{HH}fontface[@lang='HANGUL']").iter(f"{HH}font")
    }
    shapes = {shape.get("id"): shape for shape in header.iter(f"{HH}charPr")}

    def look(text: str) -> tuple[str, str]:
        run = next(run for run in section.iter(f"{HP}run") if run.findtext(f"{HP}t") == text)
        shape = shapes[run.get("charPrIDRef")]
        return faces[shape.find(f"{HH}fontRef").get("hangul")], shape.get("height")

    assert look("운영 결과 보고") == ("함초롬돋움", "1800")
    assert look("가. 행사명") == ("함초롬바탕", "1200")


def test_render_headings_have_outline_levels_without_automatic_marks(data, section):
    header = xml(data, "Contents/header.xml")
    shapes = {shape.get("id"): shape.find(f"{HH}heading") for shape in header.iter(f"{HH}paraPr")}
    styles = {style.get("id"): style.get("name") for style in header.iter(f"{HH}style")}
    levels = []
    for paragraph in section.iter(f"{HP}p"):
        heading = shapes[paragraph.get("paraPrIDRef")]
        if heading.get("type") == "OUTLINE":
            levels.append((heading.get("level"), styles[paragraph.get("styleIDRef")]))
    assert levels == [("0", "개요 1"), ("1", "개요 2"), ("0", "개요 1")]
    assert {head.text for head in header.iter(f"{HH}paraHead")} == {None}


def test_render_items_hang_below_their_mark(data, section):
    header = xml(data, "Contents/header.xml")
    shapes = {shape.get("id"): shape for shape in header.iter(f"{HH}paraPr")}
    margins = {}
    for paragraph in section.iter(f"{HP}p"):
        text = paragraph.findtext(f"{HP}run/{HP}t") or ""
        margin = shapes[paragraph.get("paraPrIDRef")].find(f".//{HH}margin")
        margins[text] = (
            int(margin.find(f"{HC}intent").get("value")),
            int(margin.find(f"{HC}left").get("value")),
        )
    assert margins["가. 행사명"][0] < 0 < margins["가. 행사명"][1] < margins["1) 전시장"][1]


def test_render_picture_keeps_its_proportions_and_says_what_it_shows(data, section):
    (picture,) = section.iter(f"{HP}pic")
    size = picture.find(f"{HP}sz")
    assert int(size.get("width")) / int(size.get("height")) == pytest.approx(2, abs=0.001)
    assert picture.findtext(f"{HP}shapeComment") == "상담 558건을 나타낸 막대"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (name,) = [name for name in archive.namelist() if name.startswith("BinData/")]
        assert archive.read(name) == png()


def test_render_metadata_names_title_and_author(data):
    package = xml(data, "Contents/content.hpf")
    assert package.findtext(f".//{OPF}title") == "운영 결과 보고"
    assert package.find(f".//{OPF}meta[@name='creator']").text == "경기도"
    assert not package.find(f".//{OPF}meta[@name='lastsaveby']").text


def test_render_picture_below_a_heading_does_not_become_one():
    document = Document("t", "ko", [Heading("h"), Picture(png(), "x")], ends=False)
    *_, paragraph = xml(hwpx.render(document), "Contents/section0.xml").findall(f"{HP}p")
    assert paragraph.find(f".//{HP}pic") is not None
    assert paragraph.get("styleIDRef") == "0"


def test_render_landscape_turns_the_page_and_widens_tables():
    document = Document("t", "ko", [Table([Column("a"), Column("b")], [["1", "2"]])], landscape=True)
    section = xml(hwpx.render(document), "Contents/section0.xml")
    page = section.find(f".//{HP}pagePr")
    assert page.get("landscape") == "NARROWLY"
    assert round(int(section.find(f".//{HP}tbl/{HP}sz").get("width")) * 25.4 / 7200) == 262


def test_render_long_table_flows_over_pages():
    table = Table([Column("n", "integer")], [[n] for n in range(200)])
    section = xml(hwpx.render(Document("t", "ko", [table])), "Contents/section0.xml")
    assert section.find(f".//{HP}tbl/{HP}pos").get("treatAsChar") == "0"
    assert section.find(f".//{HP}tbl").get("rowCnt") == "201"


def test_render_control_characters_are_left_out_and_line_breaks_kept():
    data = hwpx.render(Document("t\x00", "ko", [Paragraph("a\x0bb\nc\ud800")], ends=False))
    assert HwpxDocument.open(data).text.plain() == "t\nab\nc"


def test_render_picture_that_is_no_png_is_refused():
    with pytest.raises(ValueError, match="PNG"):
        hwpx.render(Document("t", "ko", [Picture(b"GIF89a", "x")]))
