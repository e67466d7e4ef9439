"""Files that are not what they should be: a clear reason, the line, and nothing half-read."""

import pytest

from bridgehead.engines.termbase import TermbaseError, formats, read

TBX = (
    '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
    "<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n{}</body></text></tbx>"
)
ENTRY = '<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>{}</term></termSec></langSec></conceptEntry>\n'
BOMB = '<!DOCTYPE tbx [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;&a;">]>\n' + TBX.format(ENTRY.format("&b;"))
OUTSIDE = '<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n' + TBX.format(ENTRY.format("&x;"))
TURTLE = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix e: <http://e.example/> .\n"

BAD = {
    "entity bomb": (BOMB, 2, "entities"),
    "file from outside": (OUTSIDE, 1, "entities"),
    "torn XML": (TBX.format(ENTRY.format("x"))[:-9], 5, "well-formed"),
    "HTML": ("<?xml version='1.0'?>\n<html><body/></html>", 2, "not TBX"),
    "unknown style": (TBX.replace("dca", "abc").format(ENTRY.format("x")), 1, "style"),
    "no entry": (TBX.format(""), 1, "conceptEntry"),
    "twice the same id": (TBX.format(ENTRY.format("x") + ENTRY.format("y")), 5, "twice"),
    "empty term": (TBX.format("\n" + ENTRY.format(" ")), 5, "empty term"),
    "empty language": (
        TBX.format('<conceptEntry id="c1">\n<langSec xml:lang="en"/></conceptEntry>'),
        5,
        "no term",
    ),
    "language without name": (TBX.format(ENTRY.format("x").replace(' xml:lang="en"', "")), 4, "no xml:lang"),
    "unknown status": (
        TBX.format(ENTRY.format('x</term><termNote type="administrativeStatus">maybe</termNote><term>')),
        4,
        "status",
    ),
    "torn JSON": ('[{"id": "a",\n "pref": {"ko": ["x"}}]', 2, "JSON"),
    "JSON object": ('\n{"id": "a"}', 2, "list"),
    "JSON behind the list": ('[{"id": "a", "pref": {"ko": ["x"]}}]\n]', 1, "after the end"),
    "JSON twice the same id": (
        '[{"id": "a", "pref": {"ko": ["x"]}},\n{"id": "a", "pref": {"ko": ["y"]}}]',
        2,
        "twice",
    ),
    "JSON of numbers": ("[\n1]", 2, "object"),
    "JSON text for a list": ('[\n{"id": "a", "pref": "x"}]', 2, "by language"),
    "JSON empty language": ('[\n{"id": "a", "pref": {"": ["x"]}}]', 2, "no language"),
    "JSON empty term": ('[\n{"id": "a", "terms": [{"lang": "ko", "term": " "}]}]', 2, "empty term"),
    "JSON unknown member of a term": (
        '[\n{"id": "a", "terms": [{"lang": "ko", "term": "x", "pref": 1}]}]',
        2,
        "pref",
    ),
    "JSON nested without end": ("[" * 100_000, 1, "JSON"),
    "torn Turtle": (TURTLE + 'e:a a skos:Concept ;\n skos:prefLabel "x"@en', 4, "Turtle"),
    "Turtle without concepts": (TURTLE + 'e:a skos:prefLabel "x"@en .', 0, "no skos:Concept"),
    "Turtle concept without label": (TURTLE + "\ne:a a skos:Concept .", 4, "no term"),
    "RDF in XML": ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', 1, "Turtle"),
    "CSV without columns": ("a,b\n1,2\n", 1, "missing: id, lang, term"),
    "CSV row without id": ("id,lang,term\n,ko,금\n", 2, "no id"),
    "CSV row without term": ("id,lang,term\nc,ko,금\nc,en,\n", 3, "without a term"),
    "CSV quote never closed": ('id,lang,term\nc,ko,"금\n', 2, "CSV"),
    "CSV without language": ("id,lang,term\nc,,금\n", 2, "no language"),
    "nothing": (" \n", 0, "empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_line(name):
    text, line, reason = BAD[name]
    file_name = "x.csv" if "CSV" in name else "x.ttl" if "Turtle" in name else ""
    with pytest.raises(TermbaseError) as refused:
        read(text.encode(), name=file_name)
    first = refused.value.problems[0]
    assert reason in first.message
    assert first.line == line


def test_every_finding_is_told_at_once():
    with pytest.raises(TermbaseError) as refused:
        read(b'[{"id": "", "pref": {"ko": ["x"]}},\n{"id": "b", "pref": {"k": ["x"]}}]')
    assert [problem.line for problem in refused.value.problems] == [1, 2]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "MAX_BYTES", 1_000_000)
    path = tmp_path / "large.tbx"
    path.write_bytes(b" " * 1_000_001)
    with pytest.raises(TermbaseError, match="divide it"):
        formats.read_file(path)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04rubbish", b"\xff\xfe\x00", b"\x00\x01\x02", b"id,lang,term\nc,ko,\xff\xff\n"]
)
def test_rubbish_is_refused(content):
    with pytest.raises(TermbaseError):
        read(content)
