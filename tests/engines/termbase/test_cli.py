"""`bridgehead terms` on files: exactly what scripts read, and exit codes that say how it went."""

import io
import json
import sys

import pytest

from bridgehead.engines.termbase import cli

PLAIN = [
    {
        "id": "c1",
        "pref": {"ko": ["보석"], "en": ["gemstone"]},
        "alt": {"ko": ["寶石"]},
        "def": {"ko": ["단단한 광물"]},
    },
    {"id": "c2", "pref": {"ko": ["가공"], "en": ["processing"]}, "alt": {}, "def": {}},
]


@pytest.fixture
def termbase(tmp_path):
    path = tmp_path / "terms.json"
    path.write_text(json.dumps(PLAIN), encoding="utf-8")
    return path


@pytest.fixture
def run(monkeypatch, capfd):
    def terms(*words, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = cli.main([str(word) for word in words])
        sys.stdout.flush()
        return code, *capfd.readouterr()

    return terms


def test_search_answers_each_line_with_a_list_of_ids(run, termbase):
    queries = "보석\nㅂㅅ\nqhtjr\n\n가ㄱ\n寶石\nposŏk\nzzzzzz\n"
    code, out, _err = run("search", "--stdin", "--termbase", termbase, stdin=queries)
    assert code == 0
    assert [json.loads(line) for line in out.splitlines()] == [
        ["c1"],
        ["c1"],
        ["c1"],
        [],
        ["c2"],
        ["c1"],
        ["c1"],
        [],
    ]


def test_search_tells_terms_and_reasons_as_json(run, termbase):
    code, out, _err = run("search", "ㅂ석", "--termbase", termbase, "--json")
    match = {"term": "보석", "lang": "ko", "status": "preferred", "why": "initials"}
    assert (code, json.loads(out)) == (0, {"query": "ㅂ석", "hits": [{"concept": "c1", "matches": [match]}]})


def test_search_ends_with_1_when_nothing_is_found(run, termbase):
    assert run("search", "zzzzzz", "--termbase", termbase)[:2] == (1, "")


def test_recognise_answers_each_request_with_offsets(run):
    requests = [
        {"text": "지금 금은 비싸다", "terms": ["금", "은"]},
        {"text": "💍 반지를", "terms": ["반지"]},
        {"text": "x", "terms": []},
    ]
    code, out, _err = run("recognise", "--stdin", stdin="\n".join(map(json.dumps, requests)))
    assert (code, [json.loads(line) for line in out.splitlines()]) == (0, [[[3, 4]], [[2, 4]], []])


@pytest.mark.parametrize(
    "line", ["no json", "[]", '{"text": "x"}', '{"text": 1, "terms": []}', '{"text": "x", "terms": [1]}']
)
def test_recognise_names_the_line_it_cannot_read(run, line):
    code, out, err = run("recognise", "--stdin", stdin='{"text": "x", "terms": []}\n' + line)
    assert (code, out) == (2, "[]\n")
    assert "line 2" in err


def test_recognise_names_concepts_of_a_termbase(run, termbase):
    code, out, _err = run(
        "recognise", "--termbase", termbase, "--lang", "ko", stdin="첫 줄\n보석을 가공한다. Gemstones\n"
    )
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [
        (each["start"], each["end"], each["surface"], each["concept"], each["term"]) for each in found
    ] == [
        (4, 6, "보석", "c1", "보석"),
        (8, 10, "가공", "c2", "가공"),
    ]


def test_convert_goes_through_every_format_and_back(run, termbase, tmp_path):
    source = termbase
    for name in ("a.tbx", "b.ttl", "c.xlsx", "d.csv", "e.json"):
        code, _out, err = run("convert", source, "-o", tmp_path / name)
        assert (code, err) == (0, f"2 concepts written to {tmp_path / name}\n")
        source = tmp_path / name
    assert run("search", "--stdin", "--termbase", source, stdin="寶石\n")[1] == '["c1"]\n'


def test_convert_lists_what_is_lost(run, tmp_path):
    path = tmp_path / "in.json"
    path.write_text('[{"id": "c", "colour": "red", "pref": {"ko": ["금"]}}]', encoding="utf-8")
    _code, out, _err = run("convert", path, "-o", tmp_path / "out.ttl", "--json")
    assert json.loads(out)["losses"] == [{"concept": "c", "what": "colour", "value": "red", "how": "dropped"}]


def test_convert_of_a_bad_file_leaves_the_old_output(run, tmp_path):
    bad, old = tmp_path / "bad.json", tmp_path / "out.csv"
    bad.write_text('[{"id": "c"}]', encoding="utf-8")
    old.write_text("old")
    code, out, err = run("convert", bad, "-o", old)
    assert (code, out, old.read_text()) == (2, "", "old")
    assert "line 1" in err


@pytest.mark.parametrize(
    "words", [(), ("search",), ("convert", "x"), ("search", "x", "--termbase", "no-such-file")]
)
def test_wrong_usage_ends_with_2(run, words):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err


@pytest.mark.parametrize(
    ("words", "ours"),
    [
        (["search", "--stdin", "--termbase", "f"], True),
        (["search", "x", "--termbase=f"], True),
        (["recognise", "--stdin"], True),
        (["convert", "a", "-o", "b"], True),
        (["search", "x"], False),
        (["recognise", "--lang", "ko"], False),
        (["import", "f"], False),
        ([], False),
    ],
)
def test_what_needs_the_database_is_left_to_the_room(words, ours):
    assert cli.handles(words) == ours
