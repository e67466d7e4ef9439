"""`bridgehead credential issue CASE -o FILE` and `credential badge PROGRAMME -o FOLDER`. The other words need no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bridgehead.certification import papers, queries
from bridgehead.certification.actions.badges import give_badges
from bridgehead.certification.actions.signing import NoKey, sign_certificate
from bridgehead.certification.models import Certificate
from bridgehead.programmes.models import Programme

FORMATS = ("json", "pdf", "card")


class Command(BaseCommand):
    help = "Write signed files: `credential issue CASE -o FILE`, `credential badge PROGRAMME -o FOLDER`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["issue", "badge"])
        parser.add_argument(
            "of", metavar="CASE|PROGRAMME", help="the number of a case or certificate; for badges a programme"
        )
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE|FOLDER")
        parser.add_argument("--format", choices=FORMATS, default="json")
        parser.add_argument("--lang", choices=["ko", "en"], default="ko")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            {"issue": self._issue, "badge": self._badges}[options["what"]](**options)
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename}: {error.strerror}", returncode=2) from None
        except NoKey as error:
            raise CommandError(str(error)) from None

    def _issue(self, *, of: str, output: Path, format: str, lang: str, **_more: Any) -> None:
        data = papers.write(self._find(of), format, lang)
        output.write_bytes(data)
        self.stderr.write(f"{output}: {len(data)} bytes")

    def _badges(self, *, of: str, output: Path, format: str, lang: str, **_more: Any) -> None:
        """Give a badge to everybody of the programme who has none, and write one file for each that is valid."""
        programme = Programme.objects.filter(slug=of).first()
        if programme is None:
            raise CommandError(f"There is no programme “{of}”.")
        given = give_badges(awards=queries.participants(programme), by=None)
        output.mkdir(parents=True, exist_ok=True)
        badges = queries.badges().filter(award__programme=programme, credential__revoked_at=None)
        for badge in badges:
            ending = "json" if format == "json" else f"{format}.pdf"
            file = output / f"{badge.award.firm.slug}.{ending}"
            file.write_bytes(papers.write(badge, format, lang))
        self.stderr.write(f"{output}: {len(badges)} badges, {len(given)} given now")

    def _find(self, number: str) -> Certificate:
        certificates = Certificate.objects.filter(replaced_at=None).select_related("credential", "case__firm")
        found = certificates.filter(case__number=number).first() or certificates.filter(number=number).first()
        if found is None:
            raise CommandError(f"Case “{number}” has no certificate. It is issued when the case is decided.")
        if found.credential is None:
            sign_certificate(certificate=found, by=None)
        return found
