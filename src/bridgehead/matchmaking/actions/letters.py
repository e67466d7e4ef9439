"""Mail to a party in its language, with a way back in: a buyer's own link, or the page a firm signs in to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from bridgehead.kit.signing import digest, new_token
from bridgehead.mailing.actions import MailFile, write
from bridgehead.matchmaking.guests import CODES, language_of
from bridgehead.matchmaking.models import Party, PartyLink
from bridgehead.matchmaking.rules import link_expires_at

CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH"
CANCELLING = "text/calendar; charset=utf-8; method=CANCEL"


def new_link(party: Party, *, at: datetime | None = None) -> str:
    """A token for the buyer; only its hash stays."""
    now, token = at or timezone.now(), new_token()
    programme = party.forum.programme
    last_day = programme.edition.ends_on if programme.edition else programme.ends_on
    PartyLink.objects.create(
        party=party,
        token_hash=digest(token),
        made_at=now,
        expires_at=link_expires_at(now=now, last_day=last_day),
    )
    return token


def way_in(party: Party, token: str = "") -> str:
    """The absolute address of the party's page."""
    with translation.override(language_of(party)):
        if party.is_firm:
            return settings.SITE_URL + reverse("matchmaking:my", args=[party.forum.programme.slug])
        return settings.SITE_URL + reverse("matchmaking:buyer", args=[token])


def send_letter(
    party: Party,
    *,
    kind: str,
    context: Mapping[str, Any],
    token: str = "",
    attachment: MailFile | None = None,
    at: datetime | None = None,
) -> None:
    """Nothing without an address. A buyer's letter gets a link of its own unless `token` is given."""
    if not party.email:
        return
    if not token and not party.is_firm:
        token = new_link(party, at=at)
    programme = party.forum.programme
    write(
        kind=f"matchmaking.{kind}",
        to=party.email,
        language=language_of(party),
        written_in=CODES.values(),
        template=f"matchmaking/mail/{kind}.txt",
        context={
            "party": party,
            "programme": programme,
            "forum": party.forum,
            "zone": party.forum.zone,
            "url": way_in(party, token),
            **context,
        },
        about=party,
        host_slug=programme.host.slug,
        attachment=attachment,
    )
