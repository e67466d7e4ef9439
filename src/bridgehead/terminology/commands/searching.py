"""`terms search QUERY…`: the answers of the search box."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from bridgehead.terminology.queries.searching import MOST, search
from bridgehead.terminology.queries.summaries import summaries

HELP = "find concepts as people type them"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--lang", default="", help="only terms of this language")
    parser.add_argument("--limit", type=int, choices=range(1, MOST + 1), default=10, metavar="N")
    parser.add_argument("--json", action="store_true", help="one JSON object with terms and reasons")


def run(options: dict[str, Any]) -> int:
    query, lang = " ".join(options["query"]), options["lang"]
    asked: dict[str, Any] = {"limit": options["limit"], "langs": [lang] if lang else ()}
    hits = search(query, **asked)
    if options["json"]:
        results = summaries(hits, lang or "ko")
        sys.stdout.write(json.dumps({"query": query, "results": results}, ensure_ascii=False) + "\n")
        return 0 if results else 1
    for hit in hits:
        terms = ", ".join(f"{match.entry.text} ({match.entry.lang})" for match in hit.matches)
        sys.stdout.write(f"{hit.concept}\t{terms}\t{hit.why.name.lower().replace('_', ' ')}\n")
    return 0 if hits else 1
