"""`bridgehead news import FEED.xml` and `bridgehead news feed`: Atom (RFC 4287) in and out.

With `--json` one object goes to standard output and nothing else; words go to standard error. Exit 0 when all is well,
2 for wrong usage, an unreadable feed, or one that does not tell whose news it is.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bridgehead.documents.atom import BadFeed, write_feed
from bridgehead.newsroom.actions.feeds import NEW, OLDER, UNCHANGED, UPDATED, FeedReport, NoHost, import_feed
from bridgehead.newsroom.feed import LATEST, feed_of
from bridgehead.newsroom.queries import releases_for_feed
from bridgehead.organisations.models import Host


class Command(BaseCommand):
    help = "Take in an Atom feed, or write the feed of our own releases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        taking = what.add_parser("import", help="each entry once, under its own id")
        taking.add_argument("file", type=Path)
        taking.add_argument("--host", default="", help="whose news it is; by default told from the feed")
        taking.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        taking.add_argument("--json", action="store_true", help="one JSON object on standard output")
        writing = what.add_parser("feed", help="our releases as Atom on standard output")
        writing.add_argument("--lang", choices=["ko", "en"], default="", help="one language only")
        writing.add_argument("--host", default="", help="one office only")
        writing.add_argument("-o", "--output", type=Path, help="a file instead of standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "import":
            self._import(**options)
        else:
            self._feed(**options)

    def _import(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        host = self._host(options["host"])
        try:
            report = import_feed(data=file.read_bytes(), host=host, by=None, dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
        except BadFeed as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        except NoHost as error:
            raise CommandError(f"{error} (--host SLUG)", returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(report, file), ensure_ascii=False, indent=2))
            return
        for entry in report.entries:
            self.stdout.write(f"{entry.result:<10}{entry.published.date()}  {entry.title}")
        counts = ", ".join(f"{report.count(name)} {name}" for name in (NEW, UPDATED, UNCHANGED, OLDER))
        self.stdout.write(f"{report.host.slug}: {counts}" + (" (dry run)" if dry_run else ""))

    def _host(self, slug: str) -> Host | None:
        host = Host.objects.filter(slug=slug).first() if slug else None
        if slug and host is None:
            raise CommandError(f"There is no host “{slug}”.", returncode=2)
        return host

    def _feed(self, *, lang: str, host: str, output: Path | None, **options: Any) -> None:
        self._host(host)
        address = f"{settings.SITE_URL}/feed/atom/"
        content = write_feed(
            feed_of(releases_for_feed(lang, host)[:LATEST], language=lang or "ko", address=address)
        )
        if output:
            output.write_bytes(content)
        else:
            self.stdout.write(content.decode())


def as_json(report: FeedReport, file: Path) -> dict[str, Any]:
    return {
        "file": file.name,
        "feed": report.feed.id,
        "host": report.host.slug,
        "entries": len(report.entries),
        **{name: report.count(name) for name in (NEW, UPDATED, UNCHANGED, OLDER)},
        "dry_run": report.dry_run,
        "results": [
            {
                "id": entry.id,
                "result": entry.result,
                "title": entry.title,
                "language": entry.language,
                "published": entry.published.isoformat(),
                "updated": entry.updated.isoformat(),
                "bullets": entry.bullets,
                "url": entry.url,
            }
            for entry in report.entries
        ],
    }
