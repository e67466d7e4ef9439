"""`credential verify|check-model FILE`: needs neither database nor network.

The first word on standard output is `valid` or `invalid`, the reasons follow, one a line. Exit 0 only for valid,
1 for invalid, 2 for wrong usage or a file that cannot be read.
"""

import argparse
import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from types import FrameType

from bridgehead.engines.credentials import instants, verify
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.online import Online
from bridgehead.engines.credentials.reasons import Code, Reason, Verdict
from bridgehead.engines.credentials.strictjson import MAX_BYTES
from bridgehead.engines.credentials.verify import Policy

LONGEST = 14  # seconds; the answer is promised within 20, and starting takes time too


class Unreadable(Exception):
    """A file that was named cannot be read."""


def main(argv: list[str]) -> int:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    _limit_time(as_json=arguments.json)
    try:
        verdict = _verdict(arguments)
    except Unreadable as error:
        sys.stderr.write(f"bridgehead credential: {error}\n")
        return 2
    finally:
        signal.alarm(0)
    sys.stdout.write(_answer(verdict, as_json=arguments.json))
    return 0 if verdict.valid else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bridgehead credential", description="Check a credential.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("verify", help="is it valid, and from an issuer you trust?")
    check.add_argument("--proof-only", action="store_true", help="the signatures alone")
    check.add_argument("--at", type=_moment, metavar="TIME", help="ask for this moment (now)")
    check.add_argument("--trust", action="append", default=[], metavar="ISSUER", help="an issuer you trust")
    model = commands.add_parser("check-model", help="does it follow the W3C data model?")
    for command in (check, model):
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument(
            "--resolve", action="append", default=[], type=_resolution, metavar="URL=FILE",
            help="take this document (a DID document, status list or context) from a file",
        )  # fmt: skip
        command.add_argument("--online", action="store_true", help="fetch what is missing")
        command.add_argument("--json", action="store_true", help="the answer as one JSON object")
    return parser


def _verdict(arguments: argparse.Namespace) -> Verdict:
    data = _read(arguments.file)
    known = {url: _read(path) for url, path in arguments.resolve}
    documents = Documents(known, Online() if arguments.online else None)
    if arguments.command == "check-model":
        return verify.check_model(data, Policy(documents=documents))
    check = verify.verify_proofs if arguments.proof_only else verify.verify
    return check(data, Policy(arguments.trust, arguments.at or instants.now(), documents))


def _read(path: Path) -> bytes:
    """One byte more than is accepted at most, so that a file without end is read like one too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path}: {getattr(error, 'strerror', None) or error}") from None


def _moment(text: str) -> datetime:
    try:
        return instants.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _resolution(text: str) -> tuple[str, Path]:
    """Both sides may have `=` in them: the longest address whose file is there."""
    places = [place for place, letter in enumerate(text) if letter == "="]
    if not places:
        raise argparse.ArgumentTypeError("must be URL=FILE")
    there = [place for place in reversed(places) if Path(text[place + 1 :]).is_file()]
    place = there[0] if there else places[-1]
    return text[:place], Path(text[place + 1 :])


def _limit_time(*, as_json: bool) -> None:
    def give_up(number: int, frame: FrameType | None) -> None:
        late = Verdict((Reason(Code.TIME_LIMIT),))
        os.write(sys.stdout.fileno(), _answer(late, as_json=as_json).encode())
        os._exit(1)

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST)


def _answer(verdict: Verdict, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(verdict.to_dict(), ensure_ascii=False) + "\n"
    return "\n".join([verdict.word, *map(str, verdict.reasons)]) + "\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
