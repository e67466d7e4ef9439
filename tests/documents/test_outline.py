from bridgehead.documents.blocks import Document, Heading, Item, KeyFigures, Numbered, Paragraph, Table
from bridgehead.documents.outline import Line, parts
from tests.documents.papers import RESULTS, paper


def lines(document: Document) -> list[str]:
    return [part.whole for part in parts(document) if isinstance(part, Line)]


def test_parts_number_headings_and_continue_below_them():
    assert lines(paper()) == [
        "운영 결과 보고",
        "Reconstructed",
        "경기도 · 2025. 3. 20.",
        "1. 추진 개요",
        "가. 행사명",
        "나. 장소",
        "1) 전시장",
        "2) 공동관",
        "가. 실적",
        "2. 향후 계획",
        '#eval("1+1") *굵게* $x$ @ref <tag> \\ // &amp;',
        "○ 후속 관리",
        "– 3개월 후 조사",
        "○ 성과 공개  끝.",
    ]


def test_parts_without_heading_numbers_start_lists_at_the_first_level():
    document = Document("t", "ko", [Heading("h"), Numbered([Item("a"), Item("b")])], number_headings=False)
    assert lines(document) == ["t", "h", "1. a", "2. b  끝."]


def test_parts_heading_that_skips_a_level_takes_the_next_one():
    document = Document("t", "en", [Heading("a"), Heading("b", 3), Heading("c", 2), Heading("d")])
    assert lines(document) == ["t", "1. a", "a. b", "b. c", "2. d"]


def test_parts_ending_in_a_table_put_the_end_on_its_own_line():
    *_, table, end = parts(Document("t", "ko", [RESULTS]))
    assert isinstance(table, Table)
    assert end == Line("end", "  끝.")


def test_parts_in_english_or_switched_off_have_no_end_mark():
    assert lines(Document("t", "en", [Paragraph("p")])) == ["t", "p"]
    assert lines(Document("t", "ko", [Paragraph("p")], ends=False)) == ["t", "p"]


def test_parts_leave_out_key_figures_without_figures():
    assert lines(Document("t", "ko", [Paragraph("p"), KeyFigures([])])) == ["t", "p  끝."]


def test_parts_of_an_empty_document_are_its_title():
    assert parts(Document("t", "ko", [])) == [Line("title", "t", align="center")]
