"""`bridgehead check`: what is wrong with this installation, and how to mend it."""

from typing import Any

from django.core.management.commands.check import Command as DjangoCheck
from django.utils.translation import gettext as _

from bridgehead.config.checks import problems


class Command(DjangoCheck):
    help = "Check configuration, database, storage, worker, keys and clock."

    def handle(self, *labels: Any, **options: Any) -> None:
        super().handle(*labels, **options)
        found = problems()
        for problem in found:
            self.stderr.write(f"✗ {problem}")
        if found:
            raise SystemExit(1)
        self.stdout.write(_("Everything an installation needs is there."))
