"""`bridgehead demo load|personas|prepare`: the demo data, and who can be tried."""

import gc
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from bridgehead.portal.demo.loading import NAMES, load
from bridgehead.portal.demo.personas import PERSONAS


class Command(BaseCommand):
    requires_system_checks = ()  # the server that follows checks them
    help = "Load the demo data (all reconstructed except for sourced totals), or list its personas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        loading = commands.add_parser("load")
        loading.add_argument("--only", choices=NAMES, default="")
        commands.add_parser("personas")
        commands.add_parser("prepare", help="database, demo data and personas in one go")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demo data only goes into a demo installation: set BRIDGEHEAD_DEMO=1.", returncode=2
            )
        if options["what"] == "prepare":
            call_command("migrate", verbosity=0, skip_checks=True)
        if options["what"] != "personas":
            self._load(options.get("only") or "")
        if options["what"] != "load":
            self._list_personas()

    def _load(self, only: str) -> None:
        start = time.monotonic()
        gc.disable()  # the command ends soon: looking through all these rows for cycles is time lost
        try:
            load(only=only, say=self.stderr.write)
        finally:
            gc.enable()
        self.stderr.write(f"Demo data ready after {time.monotonic() - start:.1f} s")

    def _list_personas(self) -> None:
        self.stdout.write(f"{settings.SITE_URL}/ko/  ·  {settings.SITE_URL}/en/")
        with translation.override("en"):
            for persona in PERSONAS:
                self.stdout.write(f"  {settings.SITE_URL}/en/demo/#{persona.key:<22} {persona.what}")
