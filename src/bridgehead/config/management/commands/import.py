"""`bridgehead import KIND FILE …`: what each room can take in, under one set of manners.

With `--json` one object goes to standard output and nothing else; words go to standard error. Exit 0 when all is well,
1 when rows were rejected, 2 for wrong usage or an unreadable file.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bridgehead.kit.imports import IMPORTERS, CannotImport, ImportRequest


class Command(BaseCommand):
    help = "Takes records in from a workbook, a CSV file or a feed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help=", ".join(sorted(IMPORTERS)))
        parser.add_argument("file", type=Path)
        parser.add_argument("--programme", default="", metavar="P", help="slug of the programme")
        parser.add_argument("--call", default="", metavar="C", help="slug of the call")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument(
            "--partial", action="store_true", help="import the good rows although others are rejected"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--lang", choices=["ko", "en"], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        handler = IMPORTERS.get(options["kind"])
        if handler is None:
            kinds = ", ".join(sorted(IMPORTERS)) or "nothing"
            raise CommandError(f"cannot import “{options['kind']}”; there is: {kinds}", returncode=2)
        request = ImportRequest(
            path=options["file"],
            programme=options["programme"],
            call=options["call"],
            dry_run=options["dry_run"],
            partial=options["partial"],
            language=options["lang"],
        )
        try:
            result = handler(request)
        except CannotImport as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(result.document, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(result.lines))
        if not result.ok:
            raise SystemExit(1)
