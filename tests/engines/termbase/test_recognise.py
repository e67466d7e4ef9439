"""Recognition in running text: precision and recall on sentences written to be hard, and offsets that hold."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.engines.termbase import Recogniser
from bridgehead.engines.termbase.running_text import fold_chars
from tests.engines.termbase import sentences
from tests.engines.termbase.sentences import marked

_KOREAN = sentences.KOREAN_TERMS.replace("인조 보석", "인조_보석").replace("파베 세팅", "파베_세팅").split()
SETS = {
    "Korean": ([term.replace("_", " ") for term in _KOREAN], sentences.KOREAN),
    "English": (sentences.ENGLISH_TERMS.split("|"), sentences.ENGLISH),
    "others": (sentences.OTHER_TERMS.split("|"), sentences.OTHER),
}
LINES = [(name, line) for name, (_terms, text) in SETS.items() for line in text.strip().splitlines()]
RECOGNISERS = {name: Recogniser(terms) for name, (terms, _text) in SETS.items()}


@pytest.mark.parametrize(("name", "line"), LINES, ids=[line[:40] for _name, line in LINES])
def test_a_sentence_has_exactly_its_marked_terms(name, line):
    text, spans = marked(line)
    assert [(found.start, found.end) for found in RECOGNISERS[name].find(text)] == spans


def test_precision_and_recall_are_at_least_99_percent():
    right = found_in_all = wanted_in_all = 0
    for name, line in LINES:
        text, spans = marked(line)
        found = {(each.start, each.end) for each in RECOGNISERS[name].find(text)}
        right += len(found & set(spans))
        found_in_all += len(found)
        wanted_in_all += len(spans)
    assert wanted_in_all > 150
    assert right / found_in_all >= 0.99
    assert right / wanted_in_all >= 0.99


@pytest.mark.parametrize("form", ["NFD", "NFKD"])
@pytest.mark.parametrize("line", [line for name, line in LINES if name == "Korean"][:12])
def test_offsets_count_code_points_of_a_decomposed_text(form, line):
    text, spans = marked(line)
    decomposed = unicodedata.normalize(form, text)
    surfaces = [
        unicodedata.normalize("NFC", found.surface) for found in RECOGNISERS["Korean"].find(decomposed)
    ]
    assert surfaces == [text[start:end] for start, end in spans]


def test_offsets_hold_behind_double_spaces_and_characters_beyond_the_basic_plane():
    text = "💍💍  금은\u200b \u00ad은보다"
    assert [(found.start, found.end) for found in RECOGNISERS["Korean"].find(text)] == [(4, 5), (9, 10)]


def test_a_term_split_by_a_line_break_is_found_with_it():
    found = RECOGNISERS["Korean"].find("인조\n  보석을")
    assert [(each.start, each.end, each.surface) for each in found] == [(0, 7, "인조\n  보석")]


def test_found_terms_name_all_they_may_be():
    found = Recogniser(["Gold", "gold", "GOLD ring"]).find("gold")
    assert [each.terms for each in found] == [(1,)] or [each.terms for each in found] == [(0, 1)]


def test_italian_plurals_need_the_language():
    assert [found.surface for found in Recogniser(["anello"], ["it"]).find("due anelli")] == ["anelli"]
    assert Recogniser(["anello"]).find("due anelli") == []


@pytest.mark.parametrize("terms", [[], [""], ["  "]])
def test_without_terms_nothing_is_found(terms):
    assert Recogniser(terms).find("금은 보석") == []


def test_a_long_text_of_one_syllable_is_linear():
    text = "금" * 20_000
    begun = time.perf_counter()
    assert RECOGNISERS["Korean"].find(text) == []
    assert time.perf_counter() - begun < 5


@given(st.text())
def test_folding_a_text_is_folding_each_of_its_characters(text):
    assert fold_chars(text) == "".join(map(fold_chars, text))


_WRITTEN = st.sampled_from(
    ["보석", "금은", "인조 보석을", "지금", "é", "\u200b", "\u00ad", "  ", "\n\n", " ", ".", "💍"]
)


@given(st.lists(_WRITTEN).map("".join), st.sampled_from(["NFC", "NFD"]))
def test_every_find_stands_where_it_says_whatever_the_spaces_and_the_normal_form(text, form):
    written = unicodedata.normalize(form, text)
    for found in RECOGNISERS["Korean"].find(written):
        assert found.surface == written[found.start : found.end]
        shown = "".join(char for char in unicodedata.normalize("NFC", found.surface) if char.isalpha())
        assert shown in {"보석", "금", "은", "인조보석", "금은"}
