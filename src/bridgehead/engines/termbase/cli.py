"""`terms search|recognise|convert|epub|pdf` on files: needs no database.

Exit 0 when it was done, 1 when a search found nothing, 2 for wrong usage or input that cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

from bridgehead.engines.termbase.formats import ENDINGS, READABLE, WRITABLE, Reading, read_file, write_file
from bridgehead.engines.termbase.model import Concept
from bridgehead.engines.termbase.problems import TermbaseError
from bridgehead.engines.termbase.recognise import Recogniser
from bridgehead.engines.termbase.search import TermIndex

BOOKS = {"epub": "the dictionary as an e-book", "pdf": "the dictionary for print"}


def handles(words: Sequence[str]) -> bool:
    """Whether these words after `terms` are ours; all others need the database."""
    command, given = (words[0] if words else ""), {word.split("=")[0] for word in words}
    if command == "convert":
        return True
    if command in ("search", *BOOKS):
        return "--termbase" in given
    return command == "recognise" and bool(given & {"--termbase", "--stdin"})


def main(argv: Sequence[str]) -> int:
    try:
        arguments = _parser(argv[:1]).parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(_COMMANDS[arguments.command](arguments))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (TermbaseError, OSError) as error:
        sys.stderr.write(f"bridgehead terms: {error}\n")
        return 2


def _parser(command: Sequence[str] = ()) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bridgehead terms", description="The dictionary on files, without a database."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    search = commands.add_parser("search", help="find concepts as people type them")
    search.add_argument("query", nargs="*", metavar="QUERY")
    search.add_argument(
        "--termbase", type=Path, required=True, metavar="FILE", help="TBX, SKOS, XLSX, CSV or JSON"
    )
    search.add_argument(
        "--stdin", action="store_true", help="one query a line in, one JSON list of concept ids a line out"
    )
    search.add_argument("--lang", action="append", default=[], help="only terms of this language")
    search.add_argument("--limit", type=_count, default=10)
    search.add_argument("--json", action="store_true", help="one JSON object with terms and reasons")
    recognise = commands.add_parser("recognise", help="find terms in running text")
    recognise.add_argument(
        "--termbase", type=Path, metavar="FILE", help="terms of this file, in plain text from standard input"
    )
    recognise.add_argument(
        "--stdin", action="store_true", help='JSON lines {"text", "terms"} in, lists of [start, end] out'
    )
    recognise.add_argument("--lang", default="", help="only terms of this language")
    convert = commands.add_parser("convert", help="from one format into another")
    convert.add_argument("source", type=Path, metavar="IN")
    convert.add_argument("-o", "--output", type=Path, required=True, metavar="OUT")
    convert.add_argument(
        "--from", dest="read_as", choices=READABLE, default="", help="format of IN (by content and name)"
    )
    convert.add_argument(
        "--to",
        dest="write_as",
        choices=WRITABLE,
        default="",
        help=f"format of OUT (by ending: {', '.join(ENDINGS)})",
    )
    convert.add_argument(
        "--json", action="store_true", help="print counts, warnings and losses as one JSON object"
    )
    for kind, described in BOOKS.items():
        book = commands.add_parser(kind, help=described)
        book.add_argument("--termbase", type=Path, required=True, metavar="FILE", help="as for search")
        if kind in command:
            _publishing().add_arguments(book)
    return parser


def _publishing() -> ModuleType:
    """Loaded for books only: setting them needs fonts and a typesetter, which a search does not."""
    return import_module("bridgehead.engines.termbase.publishing.command")


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError("must be from 1 to 1000")
    return value


def _search(arguments: argparse.Namespace) -> int:
    index = TermIndex(_reading(arguments.termbase).concepts)
    if arguments.stdin:
        for line in _lines(sys.stdin):
            hits = index.search(line, limit=arguments.limit, langs=arguments.lang)
            _print([hit.concept for hit in hits])
        return 0
    query = " ".join(arguments.query)
    hits = index.search(query, limit=arguments.limit, langs=arguments.lang)
    if arguments.json:
        _print({"query": query, "hits": [hit.to_dict() for hit in hits]})
        return 0 if hits else 1
    for hit in hits:
        terms = ", ".join(f"{match.entry.text} ({match.entry.lang})" for match in hit.matches)
        sys.stdout.write(f"{hit.concept}\t{terms}\t{hit.why.name.lower().replace('_', ' ')}\n")
    return 0 if hits else 1


def _recognise(arguments: argparse.Namespace) -> int:
    if arguments.termbase:
        return _recognise_terms_of(_reading(arguments.termbase).concepts, arguments.lang)
    for number, line in enumerate(_lines(sys.stdin), 1):
        if line.strip():
            text, terms = _request(line, number)
            _print([[found.start, found.end] for found in _recogniser(terms).find(text)])
    return 0


def _request(line: str, number: int) -> tuple[str, tuple[str, ...]]:
    try:
        request = json.loads(line)
        text, terms = request["text"], tuple(request["terms"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise TermbaseError('not a JSON object {"text": …, "terms": […]}', number) from error
    if not isinstance(text, str) or not all(isinstance(term, str) for term in terms):
        raise TermbaseError("“text” and every one of “terms” must be text", number)
    return text, terms


@lru_cache(maxsize=8)
def _recogniser(terms: tuple[str, ...]) -> Recogniser:
    return Recogniser(terms)


def _recognise_terms_of(concepts: list[Concept], lang: str) -> int:
    terms = [(term, concept.id) for concept in concepts for term in concept.terms if lang in ("", term.lang)]
    recogniser = Recogniser([term.text for term, _ in terms], [term.lang for term, _ in terms])
    for found in recogniser.find("\n".join(_lines(sys.stdin))):
        for term, concept in (terms[number] for number in found.terms):
            said = {
                "start": found.start,
                "end": found.end,
                "surface": found.surface,
                "concept": concept,
                "term": term.text,
            }
            _print({**said, "lang": term.lang, "status": term.status})
    return 0


def _convert(arguments: argparse.Namespace) -> int:
    reading = _reading(arguments.source, arguments.read_as)
    losses = write_file(arguments.output, reading.concepts, arguments.write_as)
    if arguments.json:
        _print(
            {
                "file": str(arguments.source),
                "output": str(arguments.output),
                "concepts": len(reading.concepts),
                "terms": sum(len(concept.terms) for concept in reading.concepts),
                "warnings": [{"line": each.line, "message": each.message} for each in reading.warnings],
                "losses": [loss.to_dict() for loss in losses],
            }
        )
        return 0
    for loss in losses:
        how = "written as a note" if loss.how == "note" else "not carried"
        sys.stderr.write(f"{loss.concept}: {loss.what} {how}: {loss.value}\n")
    sys.stderr.write(f"{len(reading.concepts)} concepts written to {arguments.output}\n")
    return 0


def _publish(arguments: argparse.Namespace) -> int:
    _publishing().publish(arguments.command, _reading(arguments.termbase).concepts, arguments)
    return 0


def _reading(path: Path, format: str = "") -> Reading:
    try:
        reading = read_file(path, format=format)
    except TermbaseError as error:
        raise TermbaseError(f"{path}\n{error}") from error
    for warning in reading.warnings:
        sys.stderr.write(f"{path}: {warning}\n")
    return reading


def _lines(stream: TextIO) -> Iterator[str]:
    """Lines as they come, so that a script may talk to us; U+0085 and the like do not end one."""
    for line in iter(stream.buffer.readline, b""):
        yield line.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")


def _print(value: Any) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


_COMMANDS = {"search": _search, "recognise": _recognise, "convert": _convert} | dict.fromkeys(BOOKS, _publish)

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
