"""Exchange: what goes out comes back, what a format cannot carry is listed, and forbidden terms stay forbidden."""

import csv
import io
import time
from dataclasses import replace

import pytest
from rdflib import Graph

from bridgehead.engines.termbase import WRITABLE, Concept, Definition, Term, read, write
from bridgehead.engines.termbase.model import RELATIONS
from tests.engines.termbase.synthetic import concepts

PRONG = Concept(
    "prong",
    (
        Term(
            "ko", "난발", pos="noun", hanja="", romanisation="nanbal", source="자체", context="난발을 세운다."
        ),
        Term(
            "ko",
            "쓰메",
            "deprecated",
            register="slang",
            origin="일본어 爪",
            where="종로 공방",
            note="난발로 순화",
        ),
        Term("ko", "옛난발", "superseded"),
        Term("en", "prong", pos="noun"),
        Term("en", "claw", "admitted", register="bench"),
        Term("it", "griffa", gender="feminine", pronunciation="ˈɡriffa"),
        Term("ar", "مخلب"),
    ),
    subject="manufacturing.setting",
    definitions=(
        Definition("ko", "보석을 무는 금속 발", "자체"),
        Definition("en", 'A metal "claw" & more\nof it <here>.'),
    ),
    notes={"ko": "비고\n둘째 줄"},
    broader=("setting",),
    images=("https://example.org/prong.png",),
    uri="https://example.org/terms/prong",
)
SETTING = Concept(
    "setting", (Term("ko", "난집"), Term("en", "setting"), Term("en", "mount")), related=("prong",)
)
SAMPLE = [PRONG, SETTING]


def _unordered(found: list[Concept]) -> list[Concept]:
    """RDF has no order."""
    return sorted(
        (
            replace(
                concept,
                terms=tuple(sorted(concept.terms, key=str)),
                definitions=tuple(sorted(concept.definitions, key=str)),
                **{relation: tuple(sorted(getattr(concept, relation))) for relation in RELATIONS},
            )
            for concept in found
        ),
        key=lambda concept: concept.id,
    )


@pytest.mark.parametrize("format", WRITABLE)
def test_what_is_written_is_read_again(format):
    assert _unordered(read(write(SAMPLE, format).content).concepts) == _unordered(SAMPLE)


@pytest.mark.parametrize("format", WRITABLE)
def test_the_same_concepts_give_the_same_bytes(format):
    assert write(SAMPLE, format).content == write(SAMPLE, format).content


@pytest.mark.parametrize("format", WRITABLE)
def test_forbidden_terms_stay_forbidden(format):
    found = {
        term.text: term.status
        for concept in read(write(SAMPLE, format).content).concepts
        for term in concept.terms
    }
    assert (found["쓰메"], found["옛난발"], found["난발"]) == ("deprecated", "superseded", "preferred")


@pytest.mark.parametrize(
    ("format", "listed"),
    [
        ("json", set()),
        (
            "tbx-basic",
            {("romanisation", "note"), ("register", "note"), ("origin", "note"), ("pronunciation", "note")},
        ),
        ("tbx-linguist", {("origin", "note")}),
        ("skos", set()),
        ("csv", set()),
        ("xlsx", set()),
    ],
)
def test_what_a_format_has_no_place_for_is_listed(format, listed):
    assert {(loss.what, loss.how) for loss in write(SAMPLE, format).losses} == listed


@pytest.mark.parametrize("format", [name for name in WRITABLE if name != "json"])
def test_members_only_our_json_knows_are_listed_as_dropped(format):
    concept = replace(SETTING, related=(), extra={"colour": "red"})
    losses = [loss.to_dict() for loss in write([concept], format).losses]
    assert [(loss["concept"], loss["what"], loss["how"]) for loss in losses] == [
        ("setting", "colour", "dropped")
    ]


def test_json_keeps_members_it_does_not_know():
    concept = replace(SETTING, extra={"colour": ["red", 1]})
    assert read(write([concept], "json").content).concepts == [concept]


@pytest.mark.parametrize("format", WRITABLE)
@pytest.mark.parametrize("id", ["2024-7", "a b", "금/은", "x#y", "1"])
def test_every_id_survives_every_format(format, id):
    pair = [Concept(id, (Term("ko", "금"),)), Concept("other", (Term("ko", "은"),), related=(id,))]
    found = read(write(pair, format).content).concepts
    assert {concept.id: concept.related for concept in found} == {id: (), "other": (id,)}


@pytest.mark.parametrize("format", WRITABLE)
def test_two_thousand_concepts_are_read_in_time(format):
    content = write(list(concepts()), format).content
    begun = time.process_time()
    assert len(read(content).concepts) == 2048
    assert time.process_time() - begun < 10


def test_plain_json_is_read():
    plain = b'[{"id": "c1", "pref": {"ko": ["\xea\xb8\x88"]}, "alt": {"en": ["gold", "Au"]}, "def": {"ko": ["x"]}}]'
    assert read(plain).concepts == [
        Concept(
            "c1",
            (Term("ko", "금"), Term("en", "gold", "admitted"), Term("en", "Au", "admitted")),
            definitions=(Definition("ko", "x"),),
        )
    ]


def test_mixed_normal_forms_become_one():
    decomposed = '[{"id": "c", "pref": {"ko": ["\u1100\u1173\u11b7"], "it": ["citta\u0300"]}}]'.encode()
    assert [term.text for term in read(decomposed).concepts[0].terms] == ["금", "città"]


def test_formulas_cannot_run_in_csv_and_come_back_as_they_were():
    evil = [Concept("c", tuple(Term("en", text) for text in ("=1+1", "+x", "-x", "@x", "'=x", "＝x", "a=b")))]
    content = write(evil, "csv").content
    terms = [row["term"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]
    assert terms == ["'=1+1", "'+x", "'-x", "'@x", "''=x", "'＝x", "a=b"]
    assert read(content).concepts == evil


def test_csv_in_cp949_with_korean_headings_and_semicolons_is_read():
    content = "번호;언어;용어;정의\nc1;ko;금;누런 금속\nc1;en;gold;\n".encode("cp949")
    assert read(content, name="x.csv").concepts == [
        Concept("c1", (Term("ko", "금"), Term("en", "gold")), definitions=(Definition("ko", "누런 금속"),))
    ]


def test_skos_labels_are_those_of_the_standard():
    graph = Graph().parse(data=write(SAMPLE, "skos").content.decode(), format="turtle")
    found = graph.query(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
        "SELECT ?label WHERE { <https://example.org/terms/prong> skos:hiddenLabel ?label } ORDER BY ?label"
    )
    assert [str(row.label) for row in found] == ["쓰메", "옛난발"]


def test_foreign_skos_is_read_with_local_names():
    turtle = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/v/> .
ex:gold a skos:Concept ; skos:prefLabel "gold"@en, "금"@ko ; skos:altLabel "Au"@en ; skos:broader ex:metal ;
  skos:scopeNote "noble"@en ; skos:exactMatch <http://other.example/1> .
ex:metal a skos:Concept ; skos:prefLabel "metal"@en .
"""
    reading = read(turtle.encode(), name="x.ttl")
    gold = reading.concepts[0]
    assert (gold.id, gold.uri, gold.broader, gold.notes) == (
        "gold",
        "http://example.org/v/gold",
        ("metal",),
        {"en": "noble"},
    )
    assert [(term.lang, term.text, term.status) for term in gold.terms] == [
        ("en", "gold", "preferred"),
        ("en", "Au", "admitted"),
        ("ko", "금", "preferred"),
    ]
    assert [(warning.line, "exactMatch" in warning.message) for warning in reading.warnings] == [(3, True)]
