"""The timetable engine on the shared samples, beside CP-SAT alone under the same limit.

    python benchmarks/timetable.py [--time-limit 60] [--threads 2] [--ours] [NAME …]

One line per sample and goal. The bound is ours; the ratio is that of our value and bound, worse to better, 1
when proven: for a minimised figure bound/value, for a maximised one value/bound. The first run on a
machine compiles; run it twice.
"""

import argparse
import sys
from pathlib import Path

from bridgehead.engines.scheduling.files import read_instance
from bridgehead.engines.scheduling.metrics import level_value
from bridgehead.engines.scheduling.solution import Level, Solution
from bridgehead.engines.scheduling.solver import solve

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples" / "timetable"
ROW = "{:<32} {:<12} {:>12} {:>12} {:>12} {:>7} {:<9} {:>8}\n"
HEAD = ("instance", "goal", "CP-SAT alone", "ours", "bound", "ratio", "status", "seconds")


def main() -> int:
    arguments = _parser().parse_args()
    paths = sorted(path for path in arguments.samples.glob("*.json*") if _wanted(path, arguments.names))
    if not paths:
        sys.stderr.write(f"no samples in {arguments.samples}\n")
        return 2
    sys.stdout.write(ROW.format(*HEAD))
    for path in paths:
        instance = read_instance(path)
        limits = {"time_limit": arguments.time_limit, "threads": arguments.threads, "seed": 1}
        alone = None if arguments.ours else solve(instance, decompose=False, **limits)
        _show(_name(path), alone, solve(instance, **limits))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="samples (all forums)")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="their folder")
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--ours", action="store_true", help="without CP-SAT alone")
    return parser


def _show(name: str, alone: Solution | None, ours: Solution) -> None:
    status, seconds = ours.status, f"{ours.runtime_s:.1f}"
    for level in ours.levels:
        goal = f"{level.sense} {'+'.join(level.terms)}"
        theirs = _theirs(alone, level)
        ratio = f"{_ratio(level):.4f}"
        sys.stdout.write(ROW.format(name, goal, theirs, level.value, level.bound, ratio, status, seconds))
        name = status = seconds = ""
    if not ours.levels:
        sys.stdout.write(ROW.format(name, "", "", "", "", "", status, seconds))
    sys.stdout.flush()


def _theirs(alone: Solution | None, level: Level) -> str:
    if alone is None:
        return ""
    return f"{level_value(level, dict(alone.objective))}" if alone.valid else "none"


def _name(path: Path) -> str:
    return path.name.split(".json")[0]


def _wanted(path: Path, names: list[str]) -> bool:
    return _name(path) in names if names else path.name.startswith(("forum-", "random-"))


def _ratio(level: Level) -> float:
    if level.proven:
        return 1.0
    better, worse = (level.bound, level.value) if level.sense == "max" else (level.value, level.bound)
    return worse / better if better else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
