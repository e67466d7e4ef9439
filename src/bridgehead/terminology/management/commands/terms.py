"""`bridgehead terms …` on the database. Forms that read files only are answered by the engine, before Django starts.

Exit 0 when it was done, 1 for a negative answer (nothing found), 2 for wrong usage or an unreadable file.
"""

import sys
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bridgehead.engines.termbase import TermbaseError
from bridgehead.terminology.commands import COMMANDS


class Command(BaseCommand):
    help = "The dictionary: import, export, search and recognise terms."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        for word, module in COMMANDS.items():
            part = import_module(module)
            part.add_arguments(words.add_parser(word, help=part.HELP))

    def handle(self, *args: Any, word: str, **options: Any) -> None:
        try:
            code = import_module(COMMANDS[word]).run(options)
        except BrokenPipeError:
            sys.stderr.close()
            return
        except (TermbaseError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        if code:
            sys.exit(code)
