"""The console script `bridgehead`: one word, then what Django calls a management command of some room."""

import os
import sys

from django.core.management import execute_from_command_line

from bridgehead.config import server


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bridgehead.config.settings")
    words = sys.argv[1:]
    if words[:1] == ["timetable"]:  # needs no database, so it starts without Django
        from bridgehead.engines.scheduling import cli as timetable  # noqa: PLC0415  (slow: loads the solver)

        return timetable.main(words[1:])
    if words[:1] == ["credential"] and words[1:2] not in (
        ["issue"],
        ["badge"],
    ):  # checking needs no database either
        from bridgehead.engines.credentials import cli as credentials  # noqa: PLC0415  (only this command needs it)

        return credentials.main(words[1:])
    if words[:1] == ["terms"]:
        from bridgehead.engines.termbase import cli as terms  # noqa: PLC0415  (slow: loads what only it needs)

        if terms.handles(words[1:]):  # on files; everything else about terms is in the database
            return terms.main(words[1:])
    if words[:1] == ["serve"]:  # Django starts in the processes that make pages
        return server.main(words[1:])
    if words[:1] == ["demo"]:  # the demo's mails are written and shown in the outbox, but reach nobody
        os.environ["BRIDGEHEAD_TASKS"] = "django_tasks.backends.immediate.ImmediateBackend"
        os.environ["BRIDGEHEAD_EMAIL_BACKEND"] = "django.core.mail.backends.dummy.EmailBackend"
    execute_from_command_line(["bridgehead", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
