"""The timetable engine on the shared samples: what it reached, what it proved, and the ratio between the two.

    python benchmarks/timetable.py [--time-limit 60] [--threads 2] [NAME …]

One line per sample and goal. The ratio is worse/better of value and bound, 1 when proven: for a
minimised figure bound/value, for a maximised one value/bound.
"""

import argparse
import sys
from pathlib import Path

from bridgehead.engines.scheduling.files import read_instance
from bridgehead.engines.scheduling.solution import Level
from bridgehead.engines.scheduling.solver import solve

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples" / "timetable"
ROW = "{:<32} {:<10} {:<12} {:>12} {:>12} {:>7} {:>8}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="samples (all forums)")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="their folder")
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    paths = sorted(path for path in arguments.samples.glob("*.json*") if _wanted(path, arguments.names))
    if not paths:
        sys.stderr.write(f"no samples in {arguments.samples}\n")
        return 2
    sys.stdout.write(ROW.format("instance", "status", "goal", "value", "bound", "ratio", "seconds"))
    for path in paths:
        solution = solve(
            read_instance(path), time_limit=arguments.time_limit, threads=arguments.threads, seed=1
        )
        name, status, seconds = _name(path), solution.status, f"{solution.runtime_s:.1f}"
        for level in solution.levels:
            goal = f"{level.sense} {'+'.join(level.terms)}"
            ratio = f"{_ratio(level):.4f}"
            sys.stdout.write(ROW.format(name, status, goal, level.value, level.bound, ratio, seconds))
            name = status = seconds = ""
        if not solution.levels:
            sys.stdout.write(ROW.format(name, status, "", "", "", "", seconds))
        sys.stdout.flush()
    return 0


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
