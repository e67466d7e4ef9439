import io

import pytest
from pypdf import PdfReader

from bridgehead.documents import pdf
from bridgehead.documents.blocks import Column, Document, Heading, Meta, Paragraph, Picture, Table
from bridgehead.documents.fonts import FAMILY, font_directories
from tests.documents.papers import RESULTS, paper, png


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(data).pages).split())


def said(*texts: str) -> Document:
    return Document("t", "en", [Paragraph(text) for text in texts])


def test_render_is_tagged_titled_and_in_its_language():
    reader = read(pdf.render(paper()))
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "운영 결과 보고"
    assert reader.metadata.author == "경기도"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "ko"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert [item.title for item in reader.outline if not isinstance(item, list)] == [
        "1. 추진 개요",
        "2. 향후 계획",
    ]


def test_render_holds_every_text():
    text = words(pdf.render(paper()))
    for expected in (
        "운영 결과 보고",
        "Reconstructed",
        "1. 추진 개요",
        "가. 행사명",
        "2) 공동관",
        "558건",
        "기업별 실적",
        "금액(달러)",
        "가나공방 12 5,312,345.67 25.3% 2025. 3. 4.",
        "합계 15 5,312,345.67",
        "○ 성과 공개",
        "끝.",
    ):
        assert expected in text


@pytest.mark.parametrize(
    "text",
    [
        '#eval("1+1")',
        "*bold* _it_ $x^2$",
        "@ref <label> = heading",
        "\\u{41} // /* */",
        '#include "/etc/passwd"',
        "`]}",
    ],
)
def test_render_markup_in_text_stays_text(text):
    assert text in words(pdf.render(said(text)))


def test_render_notice_stands_on_every_page():
    table = Table([Column("n", "integer")], [[n] for n in range(150)])
    reader = read(pdf.render(Document("t", "en", [table], Meta(notice="Reconstructed"))))
    assert len(reader.pages) > 2
    assert all("Reconstructed" in page.extract_text() for page in reader.pages)
    assert f"1 / {len(reader.pages)}" in reader.pages[0].extract_text()


def test_render_text_no_font_can_draw_still_gives_a_document():
    assert "before" in words(pdf.render(said("before 👩‍🚀 \U000f0000 after")))


def test_render_what_the_standard_refuses_is_an_ordinary_tagged_pdf():
    root = read(pdf.render(Document("t", "en", [Picture(png(), alt="")]))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "pdfuaid" not in root["/Metadata"].get_data().decode()


def test_render_pictures_from_svg_and_png():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="1" y="9">drawn</text></svg>'
    )
    pictures = [Picture(png(), "one", svg=svg), Picture(png(), "two")]
    reader = read(pdf.render(Document("t", "en", pictures)))
    assert "drawn" in reader.pages[0].extract_text()
    assert len(reader.pages[0].images) == 1


def test_render_empty_table_and_deep_heading():
    empty = Table(RESULTS.columns, [], caption="c")
    text = words(pdf.render(Document("t", "ko", [Heading("a"), Heading("b", 2), Heading("c", 3), empty])))
    assert "1) c" in text
    assert "끝." in text


def test_render_landscape_turns_the_page():
    page = read(pdf.render(Document("t", "en", [Paragraph("p")], landscape=True))).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


def test_render_uses_our_font_where_the_assets_are_installed():
    if not font_directories():
        pytest.skip("NOT CHECKED: the font package is not installed (npm ci)")
    fonts = read(pdf.render(said("가")))
    names = {str(font["/BaseFont"]) for font in fonts.pages[0]["/Resources"]["/Font"].values()}
    assert any(FAMILY.replace(" ", "") in name for name in names)


def test_render_without_font_folders_falls_back_to_system_fonts():
    assert "plain" in words(pdf.render(said("plain"), fonts=[]))
