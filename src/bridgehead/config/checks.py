"""What an installation needs beside its code, looked at while it runs."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from bridgehead.audit.models import Chain
from bridgehead.audit.queries import first_break


def problems() -> list[str]:
    """Sentences that name what is wrong and how to mend it; empty when all is well."""
    try:
        return [*_configuration(), *_database(), *_storage(), *_worker(), *_audit()]
    except DatabaseError as error:
        return [
            _("The database does not answer: %(error)s. Check DATABASE_URL and that the server runs.")
            % {"error": error}
        ]


def _configuration() -> Iterator[str]:
    if settings.SECRET_KEY == settings.INSECURE_KEY and not settings.DEMO:
        yield _("BRIDGEHEAD_SECRET_KEY is not set. Set it to 50 random characters and keep it secret.")
    if settings.DEMO and settings.SECRET_KEY != settings.INSECURE_KEY:
        yield _("BRIDGEHEAD_DEMO is on in an installation with a real key: anybody could sign in. Unset it.")
    if not settings.SITE_URL.startswith("https://") and not settings.DEMO:
        yield _(
            "BRIDGEHEAD_SITE_URL does not begin with https://: links in mails and cookies would be unprotected."
        )
    if not settings.NODE_MODULES.exists() and not Path(settings.STATIC_ROOT).exists():
        yield _("The browser assets are missing. Run npm ci.")


def _database() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield _("The database is older than the code. Run: bridgehead migrate")


def _storage() -> Iterator[str]:
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield _("Uploads cannot be stored in %(folder)s: %(error)s") % {"folder": folder, "error": error}


def _worker() -> Iterator[str]:
    if not settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        return
    waiting = (
        DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - timedelta(minutes=5)).count()
    )
    if waiting:
        yield _("%(count)s tasks wait for more than five minutes. Start a worker: bridgehead worker") % {
            "count": waiting
        }


def _audit() -> Iterator[str]:
    for chain in Chain.objects.all():
        position = first_break(chain.name)
        if position is not None:
            yield _(
                "The audit trail “%(chain)s” is broken at entry %(position)s: somebody changed it in the database."
            ) % {
                "chain": chain.name,
                "position": position,
            }
