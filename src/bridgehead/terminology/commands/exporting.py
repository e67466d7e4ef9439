"""`terms export --format F -o FILE`: all approved concepts; what the format cannot carry is listed."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from bridgehead.engines.termbase import WRITABLE, write_file
from bridgehead.terminology.queries.concepts import all_as_engine

HELP = "write the dictionary: TBX, SKOS, XLSX, CSV or JSON"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=WRITABLE, default="", help="told from the ending of FILE without it"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")


def run(options: dict[str, Any]) -> int:
    concepts = list(all_as_engine())
    losses = write_file(options["output"], concepts, options["format"])
    for loss in losses:
        how = "written as a note" if loss.how == "note" else "not carried"
        sys.stderr.write(f"{loss.concept}: {loss.what} {how}: {loss.value}\n")
    sys.stderr.write(f"{len(concepts)} concepts written to {options['output']}, {len(losses)} losses\n")
    return 0
