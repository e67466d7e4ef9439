"""`bridgehead results PROGRAMME`: the result ladder and indicators of one programme."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bridgehead.kit.money import format_money
from bridgehead.outcomes.queries import results
from bridgehead.outcomes.results_json import as_json
from bridgehead.programmes.models import Programme


def _moment(text: str) -> datetime:
    """Raises ValueError (which argparse turns into a usage error) for a moment without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


class Command(BaseCommand):
    help = "State the result ladder of a programme; stages are never added together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
        parser.add_argument(
            "--as-of", type=_moment, help="a moment with its zone, such as 2025-03-09T00:00:00+09:00"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.select_related("host").filter(slug=options["programme"]).first()
        if programme is None:
            raise CommandError(f"There is no programme “{options['programme']}”.", returncode=2)
        found = results(programme, options["as_of"])
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{programme.title} ({found.as_of.isoformat()})")
        for stage, rung in found.ladder.rungs.items():
            self.stdout.write(f"  {stage:<13}{rung.count:>6}  {format_money(rung.amount, found.currency)}")
