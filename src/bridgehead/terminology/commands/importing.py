"""`terms import FILE`: everything becomes proposals, or with `--approve` is public at once. All or nothing."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from bridgehead.engines.termbase import READABLE, TermbaseError, read_file
from bridgehead.terminology.actions.importing import ImportReport, import_concepts

HELP = "take in a termbase: TBX, SKOS, XLSX, CSV or JSON"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--format", choices=READABLE, default="", help="told from content and name without it"
    )
    parser.add_argument("--approve", action="store_true", help="public at once, without review")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(options: dict[str, Any]) -> int:
    file: Path = options["file"]
    try:
        reading = read_file(file, format=options["format"])
        report = import_concepts(
            concepts=reading.concepts,
            warnings=reading.warnings,
            by=None,
            approve=options["approve"],
            dry_run=options["dry_run"],
            reason=file.name,
        )
    except TermbaseError as error:
        return _refused(file, error, as_json=options["json"])
    if options["json"]:
        said = {"file": str(file), "format": reading.format, **report.to_dict()}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    for line in _words(report):
        sys.stderr.write(f"{line}\n")
    return 0


def _refused(file: Path, error: TermbaseError, *, as_json: bool) -> int:
    """Nothing was kept; the problems go where the answer would have gone."""
    if as_json:
        problems = [{"line": each.line, "message": each.message} for each in error.problems]
        sys.stdout.write(json.dumps({"file": str(file), "problems": problems}, ensure_ascii=False) + "\n")
    sys.stderr.write(f"bridgehead terms: {file}: nothing was imported\n{error}\n")
    return 2


def _words(report: ImportReport) -> list[str]:
    done = "would be " if report.dry_run else ""
    how = "approved" if report.approved else "proposed for review"
    return [
        *(str(warning) for warning in report.warnings),
        f"{report.concepts} concepts with {report.terms} terms read: {len(report.new)} new, "
        f"{len(report.changed)} changed, {report.unchanged} unchanged; "
        f"{len(report.changes)} sections {done}{how}",
    ]
