"""`bridgehead credential_key create|rotate|revoke|list HOST`: the keys with which a host signs certificates."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bridgehead.certification.actions import signing
from bridgehead.certification.models import SigningKey
from bridgehead.organisations.models import Host


class Command(BaseCommand):
    help = "Make, replace, revoke or list the keys with which a host signs certificates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["create", "rotate", "revoke", "list"])
        parser.add_argument("host", metavar="HOST")
        parser.add_argument("--key", help="the name of the key to revoke")
        parser.add_argument("--reason", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        host = Host.objects.filter(slug=options["host"]).first()
        if host is None:
            raise CommandError(f"There is no host “{options['host']}”.", returncode=2)
        try:
            self._do(host, options)
        except signing.NoKey as error:
            raise CommandError(str(error)) from None

    def _do(self, host: Host, options: dict[str, Any]) -> None:
        if options["what"] == "revoke":
            key = SigningKey.objects.filter(host=host, name=options["key"] or "", revoked=None).first()
            if key is None:
                raise CommandError("Name the key with --key; `list` shows them.", returncode=2)
            anew = signing.revoke_key(key=key, reason=options["reason"])
            self.stdout.write(f"{key}: revoked, {len(anew)} certificates issued anew")
        elif options["what"] == "list":
            for key in SigningKey.objects.filter(host=host):
                state = "revoked" if key.revoked else "retired" if key.retired else "signs"
                self.stdout.write(f"{key.name}\t{key.created:%Y-%m-%d}\t{state}")
        else:
            make = signing.create_key if options["what"] == "create" else signing.rotate_key
            self.stdout.write(make(host=host).name)
