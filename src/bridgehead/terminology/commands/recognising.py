"""`terms recognise < TEXT`: every term of the dictionary in a running text, one JSON object a line."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from bridgehead.terminology.queries.recognising import found_in

HELP = "find the dictionary's terms in a text on standard input"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--lang", default="", help="only terms of this language")


def run(options: dict[str, Any]) -> int:
    for found in found_in(sys.stdin.read(), options["lang"]):
        for term in found.terms:
            said = {
                "start": found.start,
                "end": found.end,
                "surface": found.surface,
                "concept": term.concept,
                "term": term.text,
                "lang": term.lang,
                "status": term.status,
            }
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    return 0
