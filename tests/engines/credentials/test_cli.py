"""`bridgehead credential verify|check-model`, run as people run it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bridgehead.engines.credentials import cli
from tests.engines.credentials import vectors, world
from tests.engines.credentials.world import ISSUER, REVOCATIONS, SUSPENSIONS

AT = ["--at", "2026-06-01T09:00:00+09:00"]


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def written(document: Any, name: str = "certificate.json") -> str:
        path = tmp_path / name
        path.write_bytes(document if isinstance(document, bytes) else world.data(document))
        return str(path)

    return written


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    code = cli.main(list(words))
    return code, capsys.readouterr().out.splitlines()


def test_valid(capsys: pytest.CaptureFixture[str], write: Any) -> None:
    path = write(world.sign(world.certificate()))
    assert _run(capsys, "verify", *AT, "--trust", "did:key:z6Mk", "--trust", ISSUER, path) == (0, ["valid"])


def test_invalid_with_every_reason(capsys: pytest.CaptureFixture[str], write: Any) -> None:
    path = write(world.sign(world.certificate()))
    code, lines = _run(capsys, "verify", "--at", "2031-01-01T00:00:00Z", path)
    assert (code, lines[0]) == (1, "invalid")
    assert [line.split(":")[0] for line in lines[1:]] == ["expired", "untrusted"]


def test_proof_only(capsys: pytest.CaptureFixture[str], write: Any) -> None:
    path = write(world.sign(world.certificate()))
    assert _run(capsys, "verify", "--proof-only", "--at", "2031-01-01T00:00:00Z", path) == (0, ["valid"])
    path = write({**vectors.ALUMNI, "proof": vectors.CHAIN})
    assert _run(capsys, "verify", "--proof-only", path) == (0, ["valid"])


def test_documents_handed_in(capsys: pytest.CaptureFixture[str], write: Any) -> None:
    lists = world.lists(suspended=[94_567])
    given = [
        f"--resolve={url}={write(lists[url], f'status={place}.json')}"
        for place, url in enumerate((REVOCATIONS, SUSPENSIONS))
    ]
    path = write(world.with_status())
    code, lines = _run(capsys, "verify", *AT, "--trust", ISSUER, *given, path)
    assert (code, [line.split(":")[0] for line in lines]) == (1, ["invalid", "suspended"])
    code, lines = _run(capsys, "verify", *AT, "--trust", ISSUER, path)
    assert (code, [line.split(":")[0] for line in lines]) == (1, ["invalid", *["status-unreadable"] * 2])


def test_a_web_issuer(capsys: pytest.CaptureFixture[str], write: Any) -> None:
    path = write(world.sign(world.certificate(world.WEB_ISSUER), method=f"{world.WEB_ISSUER}#key-1"))
    document = write(world.web_document(), "did.json")
    for url in (world.WEB_ISSUER, "https://iksan.example/certificates/did.json"):
        given = ["--trust", world.WEB_ISSUER, "--resolve", f"{url}={document}"]
        assert _run(capsys, "verify", *AT, *given, path) == (0, ["valid"])


def test_check_model(capsys: pytest.CaptureFixture[str], write: Any) -> None:
    assert _run(capsys, "check-model", write(world.certificate())) == (0, ["valid"])
    code, lines = _run(capsys, "check-model", write({**world.certificate(), "issuer": 1}))
    assert (code, lines[0], lines[1].split(":")[0]) == (1, "invalid", "model")


def test_json(capsys: pytest.CaptureFixture[str], write: Any) -> None:
    code, lines = _run(capsys, "verify", *AT, "--json", write(world.sign(world.certificate())))
    answer = json.loads("\n".join(lines))
    assert (code, answer["result"], answer["valid"]) == (1, "invalid", False)
    assert [reason["code"] for reason in answer["reasons"]] == ["untrusted"]


@pytest.mark.parametrize("data", [b"", b"x", b"[" * 100_000, b'{"a":1,"a":2}', b"\x1f\x8b\x08"])
@pytest.mark.parametrize("words", [["verify"], ["verify", "--proof-only"], ["check-model"]])
def test_whatever_the_file(
    capsys: pytest.CaptureFixture[str], write: Any, words: list[str], data: bytes
) -> None:
    code, lines = _run(capsys, *words, write(data))
    assert (code, lines[0], len(lines)) == (1, "invalid", 2)


def test_a_file_without_end(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = _run(capsys, "verify", "/dev/zero")
    assert (code, lines[0], lines[1].split(":")[0]) == (1, "invalid", "too-large")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["verify"],
        ["verify", "missing.json"],
        ["verify", "/"],
        ["verify", "--at", "yesterday", "x"],
        ["verify", "--at", "2026-01-01T00:00:00", "x"],
        ["verify", "--resolve", "https://a.example", "x"],
        ["verify", "--resolve", "https://a.example=missing.json", "/dev/null"],
        ["check-model", "--trust", "x", "y"],
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert cli.main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err != ""


def test_the_console_script_starts_without_database(write: Any) -> None:
    script = Path(sys.executable).with_name("bridgehead")
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    path = write(world.sign(world.certificate()))
    words = [script, "credential", "verify", "--trust", ISSUER, *AT, path]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (0, "valid\n")


def test_an_answer_in_time_for_a_pipe_nobody_writes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    program = "import sys; from bridgehead.engines.credentials import cli; cli.LONGEST = 1; sys.exit(cli.main(sys.argv[1:]))"
    words = [sys.executable, "-c", program, "verify", str(pipe)]
    started = time.monotonic()
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=20)
    assert (done.returncode, done.stdout.split()[0]) == (1, "invalid")
    assert time.monotonic() - started < 15
