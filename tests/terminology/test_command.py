"""`bridgehead terms …` on the database, as people and scripts call it."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from bridgehead.terminology.models import Concept, Proposal, Term
from tests.factories.terminology import a_concept, said, taken

pytestmark = pytest.mark.django_db
FILE = [
    {"id": "gem", "pref": {"ko": ["보석"], "en": ["gemstone"]}},
    {"id": "gold", "pref": {"ko": ["금"]}, "broader": ["metal"]},
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "trade.json"
    path.write_text(json.dumps(FILE), "utf-8")
    return path


def test_import_proposes_and_reports(file, capsys):
    call_command("terms", "import", str(file), "--json")
    told = json.loads(capsys.readouterr().out)
    assert {name: told[name] for name in ("concepts", "terms", "new", "changed", "approved", "format")} == {
        "concepts": 2,
        "terms": 3,
        "new": 2,
        "changed": 0,
        "approved": False,
        "format": "json",
    }
    assert told["warnings"] == [
        {"line": 1, "message": "“gold” names “metal” (broader), which is not in the file"}
    ]
    assert (Term.objects.count(), Proposal.objects.filter(state="proposed").count()) == (0, 5)


def test_import_with_approve_is_public(file):
    call_command("terms", "import", str(file), "--approve")
    assert Term.objects.count() == 3


def test_import_dry_run_changes_nothing(file):
    call_command("terms", "import", str(file), "--dry-run", "--approve")
    assert Concept.objects.count() == 0


def test_import_of_a_broken_file_keeps_nothing_and_names_lines(tmp_path, capsys):
    path = tmp_path / "broken.json"
    path.write_text('[{"id": "a", "pref": {"ko": ["금"]}},\n{"id": "a", "pref": {"ko": ["은"]}}]', "utf-8")
    with pytest.raises(SystemExit) as stopped:
        call_command("terms", "import", str(path), "--approve", "--json")
    told = capsys.readouterr()
    assert stopped.value.code == 2
    assert json.loads(told.out)["problems"][0]["line"] == 2
    assert "nothing was imported" in told.err
    assert Concept.objects.count() == 0


def test_import_of_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("terms", "import", str(tmp_path / "none.tbx"))
    assert refused.value.returncode == 2


@pytest.mark.parametrize("format", ["json", "tbx-basic", "tbx-linguist", "skos", "xlsx", "csv"])
def test_export_comes_back_unchanged(tmp_path, format, capsys):
    """Statuses survive every format: a forbidden term stays forbidden."""
    taken(
        said(
            "prong", ko=["난발", ("쓰메", "deprecated")], en="prong", en_definition="wire that holds a stone"
        )
    )
    path = tmp_path / "out"
    call_command("terms", "export", "--format", format, "-o", str(path))
    before = set(Term.objects.values_list("lang", "text", "status"))
    Concept.objects.all().delete()
    call_command("terms", "import", str(path), "--format", format.split("-")[0], "--approve")
    assert set(Term.objects.values_list("lang", "text", "status")) == before
    assert "losses" in capsys.readouterr().err


def test_search_prints_json(capsys):
    a_concept("gem")
    call_command("terms", "search", "ㅂㅅ", "--json")
    told = json.loads(capsys.readouterr().out)
    assert [found["id"] for found in told["results"]] == ["gem"]


def test_search_in_vain_exits_1(capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("terms", "search", "루비")
    assert stopped.value.code == 1


def test_recognise_prints_json_lines(capsys, monkeypatch):
    a_concept("gem")
    monkeypatch.setattr("sys.stdin", io.StringIO("보석은 gemstone"))
    call_command("terms", "recognise", "--lang", "ko")
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "start": 0,
        "end": 2,
        "surface": "보석",
        "concept": "gem",
        "term": "보석",
        "lang": "ko",
        "status": "preferred",
    }
