"""The command line: files in and out, exit statuses, messages, interruption."""

import json
import signal
import subprocess
import sys
import time

import pytest

from bridgehead.engines.scheduling.cli import main
from tests.engines.scheduling.build import goals, instance, meet, shape
from tests.engines.scheduling.test_solve import scattered


@pytest.fixture
def folder(tmp_path):
    def write(data):
        (tmp_path / "in.json").write_text(json.dumps(data))
        return [str(tmp_path / "in.json"), "--out", str(tmp_path / "out.json"), "--time-limit", "10"]

    write.out = tmp_path / "out.json"
    return write


def test_solve_writes_the_solution_and_succeeds(folder, capsys):
    data = instance([meet("r1", "ab")], objective=goals(("max", "held")))
    assert main(["solve", *folder(data), "--json"]) == 0
    written = json.loads(folder.out.read_text())
    assert written["format"] == "b2b-solution/1"
    assert (written["instance"], written["status"]) == ("hand-made", "optimal")
    assert [(row["request"], row["table"]) for row in written["assignments"]] == [("r1", "T1")]
    assert written["bound"] == {"held": 1}
    summary = json.loads(capsys.readouterr().out)
    assert (summary["assignments"], summary["objective"]["held"]) == (1, 1)


def test_infeasible_is_written_with_its_conflict_and_fails(folder, capsys):
    assert main(["solve", *folder(instance([meet("r1", "ab", allowed_slots=[])]))]) == 1
    written = json.loads(folder.out.read_text())
    assert (written["status"], written["conflict"], written["assignments"]) == ("infeasible", ["r1"], [])
    assert "cannot all be held: r1" in capsys.readouterr().err


def test_replan_keeps_the_published_slot(folder):
    data = instance([meet("r1", "ab")], previous={"assignments": [{"request": "r1", "slot": "d1s2"}]})
    assert main(["replan", *folder(data)]) == 0
    assert json.loads(folder.out.read_text())["assignments"][0]["slot"] == "d1s2"


def test_replan_without_previous_is_wrong_usage(folder, capsys):
    assert main(["replan", *folder(instance([meet("r1", "ab")]))]) == 2
    assert "previous: is missing" in capsys.readouterr().err


def test_bad_input_names_the_place(folder, capsys):
    assert main(["solve", *folder(instance([meet("r1", "ab", fixed_slot="s9")]))]) == 2
    assert "requests[0].fixed_slot: unknown slot s9" in capsys.readouterr().err
    assert not folder.out.exists()


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["solve"],
        ["solve", "in.json"],
        ["guess", "in.json", "--out", "out.json"],
        ["solve", "in.json", "--out", "out.json", "--time-limit", "0"],
        ["solve", "in.json", "--out", "out.json", "--time-limit", "nan"],
        ["solve", "in.json", "--out", "out.json", "--threads", "-1"],
        ["solve", "/nowhere/in.json", "--out", "out.json"],
        ["solve", "in.json", "--out", "/nowhere/out.json"],
    ],
)
def test_wrong_usage_is_two(argv, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(argv) == 2
    assert capsys.readouterr().err


def test_interrupt_writes_the_best_found_and_progress_is_json_lines(folder):
    command = [sys.executable, "-m", "bridgehead.engines.scheduling.cli", "solve", *folder(scattered())]
    command[-1] = "60"
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    first = next(line for line in process.stderr if json.loads(line)["best"] is not None)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    rest = process.stderr.read()
    assert process.wait(timeout=20) == 0
    assert time.monotonic() - started < 5
    assert set(json.loads(first)) >= {"best", "bound", "gap", "seconds", "level"}
    assert "60 meetings" in rest
    assert json.loads(folder.out.read_text())["status"] == "feasible"


def test_sessions_and_days_survive_the_round_trip(folder):
    data = instance([meet("r1", "ab", session="pm")], slots=shape(2, 2))
    assert main(["solve", *folder(data)]) == 0
    assert json.loads(folder.out.read_text())["assignments"][0]["slot"] in ("d1s2", "d2s2")
