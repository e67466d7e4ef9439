"""`terms epub|pdf`: options and work, for the command without a database and for the one with it."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bridgehead.engines.termbase.model import Concept
from bridgehead.engines.termbase.names import main
from bridgehead.engines.termbase.publishing.book import book_of
from bridgehead.engines.termbase.publishing.edition import PUBLISHER, Edition, languages_of
from bridgehead.engines.termbase.publishing.epub import epub
from bridgehead.engines.termbase.publishing.setting import pdf

KINDS = {"epub": ("the dictionary as EPUB 3.3", epub), "pdf": ("the dictionary as a print PDF", pdf)}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.add_argument("--source", default="ko", metavar="LANG", help="language of the headwords (ko)")
    parser.add_argument(
        "--targets",
        default=None,
        metavar="LANG,LANG",
        help="languages of the equivalents (all that have terms)",
    )
    parser.add_argument("--title", default="", help="title of the book")
    parser.add_argument("--publisher", default=PUBLISHER)
    parser.add_argument("--edition", default="1", help="number or name of the edition")
    parser.add_argument(
        "--date", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD",
        help="date of the edition (SOURCE_DATE_EPOCH, else today); the same date makes the same bytes",
    )  # fmt: skip


def publish(kind: str, concepts: Sequence[Concept], arguments: argparse.Namespace) -> None:
    """Writes the file and says on standard error what is in it. Raises `TermbaseError` where nothing can be printed."""
    book = book_of(concepts, edition_of(concepts, arguments))
    content = KINDS[kind][1](book)
    arguments.output.write_bytes(content)
    sys.stderr.write(f"{len(book.entries)} entries with {book.terms} terms written to {arguments.output}\n")
    if book.left_out:
        names = ", ".join(concept.id for concept in book.left_out[:5])
        more = " …" if len(book.left_out) > 5 else ""
        sys.stderr.write(
            f"{len(book.left_out)} concepts without a term in “{arguments.source}” are left out: {names}{more}\n"
        )


def edition_of(concepts: Sequence[Concept], arguments: argparse.Namespace) -> Edition:
    source = arguments.source
    if arguments.targets is None:
        targets = [lang for lang in languages_of(concepts) if lang != main(source)]
    else:
        targets = [lang.strip() for lang in arguments.targets.split(",") if lang.strip()]
    return Edition(
        issued=arguments.date or _today(),
        source=source,
        targets=tuple(targets),
        version=arguments.edition,
        title=arguments.title,
        publisher=arguments.publisher,
    )


def _today() -> date:
    """The day a build system names, so that it can rebuild the same book tomorrow."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date()
