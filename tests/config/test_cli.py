"""The console script: one word, a clean standard output, and an exit code that says how it went."""

import json
import sys

import pytest

from bridgehead.config import cli
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs `bridgehead WORDS…` in this process: exit code, standard output, standard error."""

    def bridgehead(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bridgehead", *words])
        monkeypatch.setenv("BRIDGEHEAD_TASKS", "kept")  # so that what `demo` sets is undone after the test
        monkeypatch.setenv("BRIDGEHEAD_EMAIL_BACKEND", "kept")
        try:
            code = cli.main()
        except SystemExit as end:
            code = end.code or 0
        return code, *capsys.readouterr()

    return bridgehead


def test_results_end_with_0_and_print_one_object(run):
    code, out, err = run("results", a_programme(slug="jongno-2026").slug, "--json")
    assert (code, json.loads(out)["programme"], err) == (0, "jongno-2026", "")


@pytest.mark.parametrize(
    "words",
    [
        ("results", "nobody", "--json"),
        ("results",),
        ("results", "nobody", "--as-of", "2026-02-01"),
        ("report", "nobody", "--format", "docx", "-o", "x"),
        ("import", "nothing", "file.xlsx"),
        ("import", "consultations", "no-such-file.xlsx", "--programme", "nobody", "--json"),
        ("demo",),
        ("demo", "load", "--only", "nowhere"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_prints_nothing(run, words):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err


def test_unknown_kind_of_import_names_those_there_are(run):
    _code, _out, err = run("import", "nothing", "file.xlsx")
    assert "cannot import “nothing”" in err
    assert "consultations" in err


def test_demo_data_only_goes_into_a_demo(run, settings):
    settings.DEMO = False
    code, out, err = run("demo", "load")
    assert (code, out) == (2, "")
    assert "BRIDGEHEAD_DEMO=1" in err


def test_timetable_starts_without_django(run, tmp_path):
    code, out, err = run("timetable", "solve", str(tmp_path / "no.json"), "--out", str(tmp_path / "out.json"))
    assert (code, out) == (2, "")
    assert "no.json" in err
