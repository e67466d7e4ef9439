"""`bridgehead report PROGRAMME --format … -o FILE`: the results report."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bridgehead.outcomes.files import FORMATS, results_file
from bridgehead.outcomes.queries import results
from bridgehead.programmes.models import Programme


class Command(BaseCommand):
    help = "Write the results report of a programme to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument("--lang", choices=["ko", "en"], default="ko")
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        programme = (
            Programme.objects.select_related("host", "operator", "edition")
            .filter(slug=options["programme"])
            .first()
        )
        if programme is None:
            raise CommandError(f"There is no programme “{options['programme']}”.", returncode=2)
        content = results_file(results(programme), options["format"], options["lang"])
        try:
            options["output"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"Cannot write {options['output']}: {error.strerror}", returncode=2) from error
        self.stderr.write(f"{options['output']}: {len(content):,} bytes")
