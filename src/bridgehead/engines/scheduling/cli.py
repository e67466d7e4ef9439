"""`timetable solve|replan IN --out OUT`: needs no database.

Exit 0 with a valid timetable, 1 when there is none (infeasible, or none found in time; OUT says which),
2 for wrong usage or input that cannot be read. Progress goes to standard error as JSON lines.
"""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bridgehead.engines.scheduling.fields import InstanceError
from bridgehead.engines.scheduling.files import read_instance, write_solution
from bridgehead.engines.scheduling.measures import Unsupported
from bridgehead.engines.scheduling.progress import Progress
from bridgehead.engines.scheduling.solution import Solution
from bridgehead.engines.scheduling.solver import replan, solve

MOST_CHANGES = 20  # told on the screen; the file has all
COMMANDS = {"solve": solve, "replan": replan}


def main(argv: list[str]) -> int:
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if not arguments.out.parent.is_dir():
        return _refuse(f"{arguments.out.parent}: no such folder")
    with _interruptible() as interrupted:
        try:
            solution = COMMANDS[arguments.command](
                read_instance(arguments.instance),
                time_limit=arguments.time_limit,
                threads=arguments.threads,
                seed=arguments.seed,
                on_progress=_Printer(),
                should_stop=interrupted.is_set,
            )
            write_solution(arguments.out, solution)
        except (InstanceError, Unsupported, OSError) as error:
            return _refuse(f"{arguments.instance}: {error}")
    _summarise(solution, as_json=arguments.json)
    return 0 if solution.valid else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bridgehead timetable", description="Compute a timetable.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (
        ("solve", "make a timetable"),
        ("replan", "change a published one least"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("instance", type=Path, metavar="IN", help="instance (.json or .json.gz)")
        command.add_argument("--out", type=Path, required=True, help="where to write the solution")
        command.add_argument("--time-limit", type=_seconds, default=60.0, metavar="S", help="seconds (60)")
        command.add_argument("--threads", type=_count, default=0, metavar="N", help="0: all cores")
        command.add_argument("--seed", type=_count, default=0, help="same seed, one thread: same answer")
        command.add_argument("--json", action="store_true", help="print a summary as one JSON object")
    return parser


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 7 * 86400:
        raise argparse.ArgumentTypeError("must be more than 0 and at most a week")
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**31:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return value


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set, so that the best timetable found is still written."""
    event = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield event
        return
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: event.set()) for number in signals}
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Printer:
    """JSON lines on standard error: every better plan, and bounds at most five times a second."""

    QUIET_SECONDS = 0.2

    def __init__(self) -> None:
        self._last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        last = self._last
        same = last is not None and (last.level, last.best) == (progress.level, progress.best)
        if same and last is not None and progress.seconds - last.seconds < self.QUIET_SECONDS:
            return
        self._last = progress
        sys.stderr.write(json.dumps(progress.to_dict()) + "\n")
        sys.stderr.flush()


def _summarise(solution: Solution, *, as_json: bool) -> None:
    if as_json:
        summary: dict[str, Any] = solution.to_dict()
        summary["assignments"] = len(solution.assignments)
        sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
        return
    lines = [f"{solution.status}: {len(solution.assignments)} meetings in {solution.runtime_s:.1f} s"]
    for level in solution.levels:
        name = " + ".join(metric if f == 1 else f"{f} x {metric}" for metric, f in level.terms.items())
        state = "proven" if level.proven else f"bound {level.bound}"
        lines.append(f"  {level.sense} {name}: {level.value} ({state})")
    if solution.conflict:
        lines.append(f"  cannot all be held: {', '.join(solution.conflict)}")
    lines += [f"  {reason}" for reason in solution.reasons]
    for change in solution.changes[:MOST_CHANGES]:
        where = f"{change.before or '-'} -> {change.after or '-'}"
        lines.append(f"  {change.what}: {change.request} ({' and '.join(change.parties)}) {where}")
    sys.stderr.write("\n".join(lines) + "\n")


def _refuse(message: str) -> int:
    sys.stderr.write(f"bridgehead timetable: {message}\n")
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
