"""`terms pdf -o FILE`: the approved concepts as a book; the engine has the options."""

import argparse
from typing import Any

from bridgehead.engines.termbase.publishing import command
from bridgehead.terminology.queries.concepts import all_as_engine

HELP = "write the dictionary for print (PDF)"
add_arguments = command.add_arguments


def run(options: dict[str, Any]) -> int:
    command.publish("pdf", list(all_as_engine()), argparse.Namespace(**options))
    return 0
