"""`bridgehead paper CALL --format hwpx|xlsx -o FILE --lang ko|en`: the selection committee's paper."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bridgehead import documents
from bridgehead.calls import paper
from bridgehead.calls.models import Call


class Command(BaseCommand):
    help = "Write the selection committee's paper of a call."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("call", metavar="CALL", help="the call's address (slug)")
        parser.add_argument("--format", choices=paper.FORMATS, default="hwpx")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
        parser.add_argument("--lang", choices=["ko", "en"], default="ko")

    def handle(self, *args: Any, **options: Any) -> None:
        call = Call.objects.select_related("programme__host").filter(slug=options["call"]).first()
        if call is None:
            raise CommandError(f"There is no call “{options['call']}”.", returncode=2)
        data = documents.render(paper.build(call, options["lang"]), options["format"])
        try:
            options["output"].write_bytes(data)
        except OSError as error:
            raise CommandError(f"Cannot write {options['output']}: {error.strerror}", returncode=2) from None
        self.stderr.write(f"{options['output']}: {len(data)} bytes")
