"""The printed dictionary: tagged, complete, the same bytes at every rebuild; and the lists both books share."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from bridgehead.engines.termbase import Concept, Term, cli, write_file
from bridgehead.engines.termbase.publishing import book_of, epub, pdf
from bridgehead.engines.termbase.publishing.collation import letter, sort_key
from bridgehead.engines.termbase.publishing.search_keys import variants
from tests.engines.termbase.books import CONCEPTS, EDITION


@pytest.fixture(scope="module")
def printed():
    return pdf(book_of(CONCEPTS, EDITION))


@pytest.fixture(scope="module")
def reader(printed):
    return PdfReader(io.BytesIO(printed))


def test_pdf_is_the_same_at_every_rebuild(printed):
    assert pdf(book_of(CONCEPTS, EDITION)) == printed


def test_pdf_is_tagged_titled_and_claims_pdf_ua(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "ko"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == "귀금속·보석 용어 사전"
    assert reader.metadata.creation_date_raw == "D:20260301000000Z"


def test_pdf_embeds_every_font(reader):
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()["/DescendantFonts"][0].get_object()[
            "/FontDescriptor"
        ]
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor.get_object()) for descriptor in fonts.values())


def test_pdf_outline_has_letters_and_lists(reader):
    assert [item.title for item in reader.outline if not isinstance(item, list)] == [
        *("일러두기", "ㄴ", "ㅂ", "ㅅ", "ㅇ", "C", "분야별 표제어", "현장어와 은어"),
        *("한국어 찾아보기", "영어 찾아보기", "아랍어 찾아보기", "중국어 찾아보기"),
    ]


def test_pdf_holds_every_text(reader):
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for expected in (
        "난발 [nanbal] 명사 · 보석 물림",
        'metal "claw" & more <here>',
        "claw (British)",
        "보석 寶石 [boseok]",
        "공공누리 제1유형",
        "KOGL type 1",
        "About this dictionary",
    ):
        assert expected in text


def test_pdf_index_names_the_page_of_the_entry(reader):
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    (entry,) = [number for number, text in enumerate(texts, 1) if "난발 [nanbal]" in text]
    (index,) = [text for text in texts if "claw 난발" in text]
    assert f"claw 난발 {entry}" in index


def test_pdf_places_words_as_text_never_as_markup():
    hostile = Concept("x", (Term("ko", '#eval("1+1") *금* $x$'), Term("en", "= heading @ref")))
    reader = PdfReader(io.BytesIO(pdf(book_of([hostile], replace(EDITION, targets=("en",))))))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert '#eval("1+1") *금* $x$' in text
    assert "= heading @ref" in text


def test_pdf_with_a_character_of_no_font_is_still_written():
    odd = Concept("x", (Term("ko", "금\U0001fae8"), Term("en", "gold")))
    assert pdf(book_of([odd], replace(EDITION, targets=("en",)))).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *[
            ("금", "ㄱ"),
            ("끌", "ㄱ"),
            ("쓰메", "ㅅ"),
            ("Àncora", "A"),
            ("oro", "O"),
            ("ガーネット", "か"),
            ("ワックス", "わ"),
        ],
        *[
            ("アメシスト", "あ"),
            ("ヴェルメイユ", "あ"),
            ("爪", "漢"),
            ("18K 금", "#"),
            ("خاتم", "خ"),
            ("кольцо", "К"),
        ],
    ],
)
def test_letter_under_which_a_word_is_listed(word, expected):
    assert letter(word) == expected


def test_words_are_listed_korean_first_tense_after_plain_and_figures_last():
    words = ["18K", "CAD", "爪", "나사", "끌", "금", "あ", "가공"]
    assert sorted(words, key=sort_key) == ["가공", "금", "끌", "나사", "あ", "爪", "CAD", "18K"]


def test_variants_of_a_term_are_other_spellings_only():
    assert variants(Term("en", "ring")) == ["rings"]
    found = variants(Term("ko", "보석 물림", romanisation="boseok mullim"))
    assert "보석물림" in found
    assert "boseok mullim" in found
    assert "보석 물림" not in found


@pytest.mark.parametrize("kind", ["epub", "pdf"])
def test_command_writes_the_same_file_twice_without_a_database(kind, tmp_path, capsys):
    termbase = tmp_path / "terms.json"
    write_file(termbase, CONCEPTS)
    made = []
    for name in ("one", "two"):
        output = tmp_path / f"{name}.{kind}"
        words = [
            kind,
            "--termbase",
            str(termbase),
            "-o",
            str(output),
            "--targets",
            "en",
            "--date",
            "2026-03-01",
        ]
        assert cli.handles(words)
        assert cli.main(words) == 0
        made.append(output.read_bytes())
    assert made[0] == made[1]
    told = capsys.readouterr().err
    assert "4 entries with 12 terms written to" in told
    assert "1 concepts without a term in “ko” are left out: foreign" in told


def test_command_dates_the_book_by_source_date_epoch_and_takes_every_language(tmp_path, monkeypatch):
    termbase, output = tmp_path / "terms.json", tmp_path / "book.epub"
    write_file(termbase, CONCEPTS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert cli.main(["epub", "--termbase", str(termbase), "-o", str(output)]) == 0
    edition = replace(EDITION, issued=date(2026, 1, 1), version="1", targets=("en", "zh", "ar"))
    assert output.read_bytes() == epub(book_of(CONCEPTS, edition))


def test_command_says_which_languages_there_are(tmp_path, capsys):
    termbase = tmp_path / "terms.json"
    write_file(termbase, CONCEPTS)
    assert cli.main(["pdf", "--termbase", str(termbase), "-o", str(tmp_path / "x"), "--source", "fr"]) == 2
    assert "there is no term in “fr”; there are ko, en, zh, ar" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
