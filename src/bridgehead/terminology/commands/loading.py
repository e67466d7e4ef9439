"""`terms load`: the termbase that comes with Bridgehead, approved. Harmless when it is there already."""

import sys
from argparse import ArgumentParser
from typing import Any

from bridgehead.terminology import shipped

HELP = "load the termbase that comes with Bridgehead"


def add_arguments(parser: ArgumentParser) -> None:
    """None: there is one shipped termbase."""


def run(options: dict[str, Any]) -> int:
    report = shipped.load()
    sys.stderr.write(f"{report.concepts} concepts: {len(report.new)} new, {len(report.changed)} changed\n")
    return 0
