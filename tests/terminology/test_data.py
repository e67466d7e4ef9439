"""The termbase we ship, held to what its README promises.

The files are written by hand; these tests are the proof-reader who never tires.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

import bridgehead.terminology

DATA = Path(bridgehead.terminology.__file__).parent / "data"
FILES = sorted(DATA.glob("*.json"))
CONCEPTS: list[dict[str, Any]] = [
    concept for path in FILES for concept in json.loads(path.read_text("utf-8"))
]
IDS = {concept["id"] for concept in CONCEPTS}

CONCEPT_KEYS = {"id", "field", "terms", "definitions", "broader", "related", "notes"}
TERM_KEYS = {"lang", "term", "status", "pos", "hanja", "romanisation", "register", "origin", "where", "note"}
HANJA = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
HANGUL_SYLLABLE = re.compile("[가-힣]")
LATIN_ONLY = re.compile(r"[A-Za-z0-9 .,()&%-]+")


def terms(**wanted):
    """(concept, term) for every term whose values are the wanted ones."""
    for concept in CONCEPTS:
        for term in concept["terms"]:
            if all(term.get(key) == value for key, value in wanted.items()):
                yield concept, term


def definition(concept, lang):
    [text] = [entry["text"] for entry in concept["definitions"] if entry["lang"] == lang]
    return text


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_termbase_is_large_enough():
    bench = {concept["id"] for concept, term in terms(lang="ko") if term["register"] in {"bench", "slang"}}
    other = {c["id"] for c, term in terms(status="preferred") if term["lang"] in {"it", "zh", "ja"}}
    assert len(CONCEPTS) >= 430
    assert len(bench) >= 60
    assert len(other) >= 80


def test_ids_are_unique_english_slugs():
    counts = Counter(concept["id"] for concept in CONCEPTS)
    assert [id for id, count in counts.items() if count > 1] == []
    assert [id for id in IDS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)] == []


def test_concepts_have_known_keys_only():
    assert [concept["id"] for concept in CONCEPTS if not set(concept) <= CONCEPT_KEYS] == []


def test_readme_names_the_fields_in_use():
    named = re.findall(r"^\| `([a-z.]+)` \|", (DATA / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(named) == sorted({concept["field"] for concept in CONCEPTS})


def test_terms_have_known_keys_and_values():
    for concept, term in terms():
        where = (concept["id"], term["term"])
        assert set(term) <= TERM_KEYS, where
        assert term["lang"] in {"ko", "en", "it", "zh", "ja"}, where
        assert term["status"] in {"preferred", "admitted", "deprecated", "superseded"}, where
        assert term["pos"] in {"noun", "verb", "adjective"}, where
        assert term["register"] in {"standard", "bench", "slang"}, where


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_text_is_nfc_trimmed_and_never_empty(path):
    for text in strings(json.loads(path.read_text("utf-8"))):
        assert text
        assert text == unicodedata.normalize("NFC", text)
        assert text == " ".join(text.split())


def test_each_concept_prefers_one_term_in_korean_and_one_in_english():
    for concept in CONCEPTS:
        preferred = Counter(term["lang"] for term in concept["terms"] if term["status"] == "preferred")
        assert (preferred["ko"], preferred["en"]) == (1, 1), concept["id"]
        assert max(preferred.values()) == 1, concept["id"]


def test_no_term_stands_twice_in_one_concept():
    for concept in CONCEPTS:
        counts = Counter((term["lang"], term["term"]) for term in concept["terms"])
        assert max(counts.values()) == 1, concept["id"]


def test_homonyms_say_what_they_are_confused_with():
    """One word preferred for two concepts misleads, unless each of them says so."""
    owners = defaultdict(list)
    for concept, term in terms(status="preferred"):
        owners[term["lang"], term["term"].casefold()].append((concept["id"], term.get("note")))
    shared = {word: found for word, found in owners.items() if len(found) > 1}
    assert [word for word, found in shared.items() if not all(note for _, note in found)] == []


def test_each_concept_is_defined_once_in_korean_and_in_english():
    for concept in CONCEPTS:
        assert Counter(entry["lang"] for entry in concept["definitions"]) == {"ko": 1, "en": 1}, concept["id"]
        assert {entry["source"] for entry in concept["definitions"]} == {"Bridgehead termbase"}, concept["id"]


def test_english_definitions_start_like_a_noun_phrase():
    for concept in CONCEPTS:
        text = definition(concept, "en")
        assert not text[0].isupper(), concept["id"]
        assert not re.match(r"(an?|the) ", text), concept["id"]
        assert not text.endswith("."), concept["id"]


def test_korean_definitions_are_not_sentences():
    """A definition stands where the term could stand: 반지는 …, not 반지는 …이다."""
    for concept in CONCEPTS:
        text = definition(concept, "ko")
        assert HANGUL_SYLLABLE.search(text), concept["id"]
        assert not re.search(r"(이다|한다|된다|있다|없다|는다|니다)$|[.。]$", text), concept["id"]


@pytest.mark.parametrize(("lang", "least"), [("ko", 2), ("en", 3)])
def test_definitions_say_more_than_the_term(lang, least):
    for concept in CONCEPTS:
        [name] = [t["term"] for t in concept["terms"] if (t["lang"], t["status"]) == (lang, "preferred")]
        said = set(definition(concept, lang).casefold().split()) - set(name.casefold().split())
        assert len(said) >= least, concept["id"]


def test_no_two_concepts_share_a_definition():
    for lang in ("ko", "en"):
        counts = Counter(definition(concept, lang) for concept in CONCEPTS)
        assert [text for text, count in counts.items() if count > 1] == []


def test_korean_terms_are_romanised():
    for concept, term in terms(lang="ko"):
        assert LATIN_ONLY.fullmatch(term.get("romanisation", "")), (concept["id"], term["term"])


def test_only_korean_terms_have_hanja_and_romanisation():
    assert [
        (concept["id"], term["term"])
        for concept, term in terms()
        if term["lang"] != "ko" and {"hanja", "romanisation"} & set(term)
    ] == []


def test_hanja_are_cjk_ideographs_one_for_each_syllable():
    for concept, term in terms():
        if "hanja" in term:
            where = (concept["id"], term["term"])
            assert HANJA.fullmatch(term["hanja"]), where
            assert len(term["hanja"]) == len(HANGUL_SYLLABLE.findall(term["term"])), where
            assert len(term["hanja"]) == len(term["term"].replace(" ", "")), where


def test_bench_words_say_where_they_are_heard_and_never_lead():
    for concept, term in terms():
        if term["register"] != "standard":
            where = (concept["id"], term["term"])
            assert term.get("where"), where
            assert term["status"] in {"admitted", "deprecated"}, where


def test_words_taken_from_japanese_give_the_japanese_word():
    japanese = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
    borrowed = [(c["id"], t) for c, t in terms(lang="ko") if t.get("origin", "").startswith("Japanese")]
    assert len(borrowed) >= 50
    assert [(id, t["term"]) for id, t in borrowed if not japanese.search(t["origin"])] == []


def test_references_point_to_other_concepts_of_the_termbase():
    for concept in CONCEPTS:
        links = concept.get("broader", []) + concept.get("related", [])
        assert set(links) <= IDS - {concept["id"]}, concept["id"]
        assert len(links) == len(set(links)), concept["id"]


def test_broader_concepts_never_lead_back():
    TopologicalSorter({concept["id"]: concept.get("broader", []) for concept in CONCEPTS}).prepare()


def test_notes_are_written_in_korean_and_in_english():
    for concept in CONCEPTS:
        assert set(concept.get("notes", {})) in (set(), {"ko", "en"}), concept["id"]
