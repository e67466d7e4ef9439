"""Who takes part: firms from their awards, buyers by invitation, and what they answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.calls.models import Award
from bridgehead.matchmaking.actions.letters import new_link, send_letter
from bridgehead.matchmaking.actions.meetings import cancel_all_of
from bridgehead.matchmaking.models import BuyerRecord, Forum, Party
from bridgehead.matchmaking.queries import firms_to_take_over
from bridgehead.matchmaking.reminding import ANSWER, KINDS, may_write, silent
from bridgehead.matchmaking.rules import closed
from bridgehead.organisations.models import Contact, Organisation
from bridgehead.programmes.actions import free_slug


class AlreadyInvited(Exception):
    """The buyer is in this forum's list."""

    def __init__(self, party: Party) -> None:
        super().__init__(_("%(buyer)s is in the list already. Change the entry there.") % {"buyer": party})
        self.party = party


class NoAddress(Exception):
    def __init__(self, party: Party) -> None:
        super().__init__(_("There is no email address of %(party)s. Add it first.") % {"party": party})


class NotABuyer(Exception):
    def __init__(self) -> None:
        super().__init__(_("Only buyers are invited by link; firms sign in."))


class TooLate(Exception):
    """The wishes have closed."""

    def __init__(self) -> None:
        super().__init__(
            _("Wishes are closed, so nothing was changed. Please write to the officer in charge instead.")
        )


@dataclass(frozen=True)
class Invitation:
    """The token is in the mail and nowhere else; whoever needs it has to take it from here."""

    party: Party
    token: str


@transaction.atomic
def take_over_firms(*, forum: Forum, by: Any) -> list[Party]:
    """Every firm that accepted its place takes part; done twice, nobody is added twice."""
    Forum.objects.select_for_update().get(pk=forum.pk)
    added = [_party_of(forum, award) for award in firms_to_take_over(forum.programme)]
    if added:
        data = {"firms": [party.organisation.slug for party in added]}
        audit.record(
            by=by, verb="matchmaking.take_over", target=forum, chain=forum.programme.host.slug, data=data
        )
    return added


def _party_of(forum: Forum, award: Award) -> Party:
    name, email, language = _contact(award.firm)
    return Party.objects.create(
        forum=forum,
        organisation=award.firm,
        side=Party.Side.FIRM,
        state=Party.State.ACCEPTED,
        contact_name=name,
        email=email,
        language=language,
        answered_at=timezone.now(),
    )


def _contact(firm: Organisation) -> tuple[str, str, str]:
    """Name, address and language: of the firm's contact, or else of a person who acts for it."""
    for contact in firm.contacts.all():
        if contact.email:
            return contact.name, contact.email, contact.language
    for membership in firm.memberships.all():
        if membership.user.is_active:
            return membership.user.name, membership.user.email, membership.user.language
    return "", "", "ko"


@transaction.atomic
def add_buyer(
    *,
    forum: Forum,
    name: str,
    country: str,
    by: Any,
    email: str = "",
    contact_name: str = "",
    language: str = "en",
    interest: str = "",
    guaranteed_meetings: int = 0,
    reconstructed: bool = False,
) -> Party:
    """Put a buyer on the list, not yet invited. A buyer known by name and country is not entered a second time."""
    buyer = _known_buyer(name, country) or Organisation.objects.create(
        slug=free_slug(Organisation, name, "buyer", 80),
        kind=Organisation.Kind.BUYER,
        name_en=name.strip(),
        country=country,
        reconstructed=reconstructed,
    )
    existing = Party.objects.filter(forum=forum, organisation=buyer).first()
    if existing is not None:
        raise AlreadyInvited(existing)
    try:
        with transaction.atomic():
            party = Party.objects.create(
                forum=forum,
                organisation=buyer,
                side=Party.Side.BUYER,
                contact_name=contact_name.strip(),
                email=email.strip(),
                language=language,
                interest=interest.strip(),
                guaranteed_meetings=guaranteed_meetings,
            )
    except IntegrityError:
        raise AlreadyInvited(Party.objects.get(forum=forum, organisation=buyer)) from None
    remember(party)
    _record(party, "party.add", by)
    return party


def _known_buyer(name: str, country: str) -> Organisation | None:
    """By name and country; an entry that was merged away leads to the one that was kept."""
    names = Q(name_en__iexact=name.strip()) | Q(name_ko__iexact=name.strip())
    found = (
        Organisation.objects.filter(names, kind=Organisation.Kind.BUYER, country=country)
        .select_related("buyer_record__merged_into")
        .order_by("buyer_record__merged_into", "pk")
    )
    buyer = found.filter(Q(buyer_record=None) | Q(buyer_record__merged_into=None)).first() or found.first()
    record = getattr(buyer, "buyer_record", None)
    return record.merged_into if record is not None and record.merged_into else buyer


def remember(party: Party) -> None:
    """A buyer of a forum stands in its host's directory, with the address it was entered with."""
    buyer = party.organisation
    BuyerRecord.objects.get_or_create(
        organisation=buyer, defaults={"host": party.forum.programme.host, "interest": party.interest}
    )
    if party.email and not buyer.contacts.filter(email__iexact=party.email).exists():
        Contact.objects.create(
            organisation=buyer,
            name=party.contact_name or str(buyer)[:100],
            email=party.email,
            language=party.language[:5],
        )


@transaction.atomic
def add_from_directory(*, forum: Forum, record: BuyerRecord, by: Any) -> Party:
    """A buyer of the directory comes onto a forum's list with its first address. Raises AlreadyInvited."""
    existing = Party.objects.filter(forum=forum, organisation=record.organisation).first()
    if existing is not None:
        raise AlreadyInvited(existing)
    contact = record.organisation.contacts.exclude(email="").order_by("pk").first()
    party = Party.objects.create(
        forum=forum,
        organisation=record.organisation,
        side=Party.Side.BUYER,
        contact_name=contact.name if contact else "",
        email=contact.email if contact else "",
        language=contact.language if contact else "en",
        interest=record.interest,
    )
    _record(party, "party.add", by)
    return party


@transaction.atomic
def edit_party(
    *,
    party: Party,
    by: Any,
    email: str,
    contact_name: str,
    language: str,
    interest: str,
    guaranteed_meetings: int = 0,
) -> Party:
    party = (
        Party.objects.select_for_update(of=("self",))
        .select_related("forum__programme__host")
        .get(pk=party.pk)
    )
    party.email, party.contact_name = email.strip(), contact_name.strip()
    party.language, party.interest = language, interest.strip()
    party.guaranteed_meetings = guaranteed_meetings
    party.save(update_fields=["email", "contact_name", "language", "interest", "guaranteed_meetings"])
    _record(party, "party.edit", by)
    return party


@transaction.atomic
def invite(*, party: Party, by: Any, at: datetime | None = None) -> Invitation:
    """Mail a new link in the buyer's language; every earlier link stops working."""
    now = at or timezone.now()
    party = (
        Party.objects.select_for_update(of=("self",))
        .select_related("forum__programme__host", "forum__programme__edition", "organisation")
        .get(pk=party.pk)
    )
    if party.is_firm:
        raise NotABuyer
    if not party.email:
        raise NoAddress(party)
    again = party.invited_at is not None
    party.links.all().delete()
    token = new_link(party, at=now)
    party.invited_at = now
    party.save(update_fields=["invited_at"])
    kind = "reminder" if again and party.state == Party.State.INVITED else "invitation"
    send_letter(party, kind=kind, context={}, token=token)
    _record(party, "party.remind" if again else "party.invite", by, at=at)
    return Invitation(party, token)


@transaction.atomic
def remind_late(*, forum: Forum, by: Any, at: datetime | None = None) -> list[Party]:
    """Invite everybody again who has been silent for a week; who was reminded just now is not late any more."""
    return remind(forum=forum, by=by, what=[ANSWER], at=at)


@transaction.atomic
def remind(*, forum: Forum, by: Any, what: Iterable[str], at: datetime | None = None) -> list[Party]:
    """One letter to each who has not done `what` (see `reminding`), and never two within a day: pressed twice, or by two
    officers at once, it is sent once."""
    now = at or timezone.now()
    Forum.objects.select_for_update().get(pk=forum.pk)
    told: list[Party] = []
    for kind in [kind for kind in KINDS if kind in set(what)]:
        waiting = silent(forum, kind, now).exclude(email="").select_related("organisation").order_by("pk")
        for party in waiting:
            if may_write(party, now) and party.pk not in {one.pk for one in told}:
                party.forum = forum
                _remind(party, kind, by, now)
                told.append(party)
    return told


def _remind(party: Party, kind: str, by: Any, now: datetime) -> None:
    if kind == ANSWER:
        invite(party=party, by=by, at=now)
    else:
        send_letter(party, kind=f"remind_{kind}", context={}, at=now)
        _record(party, "party.remind", by, at=now)
    Party.objects.filter(pk=party.pk).update(reminded_at=now)


@transaction.atomic
def answer_invitation(
    *,
    party: Party,
    accept: bool,
    by: Any,
    reason: str = "",
    late_too: bool = False,
    at: datetime | None = None,
) -> Party:
    """Take part or not; the answer may be changed until wishes close, and taken back for good at any time.

    Whoever leaves after the timetable was published has the meetings cancelled, and the others are told.
    `late_too` lets an officer enter an acceptance after the wishes have closed.
    """
    now = at or timezone.now()
    party = (
        Party.objects.select_for_update(of=("self",))
        .select_related("forum__programme__host")
        .get(pk=party.pk)
    )
    state = Party.State.ACCEPTED if accept else Party.State.DECLINED
    if party.state == state:
        return party
    if accept and closed(party.forum.wishes_close_at, now) and not late_too:
        raise TooLate
    party.state, party.answered_at = state, now
    party.save(update_fields=["state", "answered_at"])
    _record(party, "party.accept" if accept else "party.decline", by, reason=reason, at=at)
    if not accept:
        cancel_all_of(party, by=by, reason=reason, at=at)
    return party


def _record(party: Party, verb: str, by: Any, *, reason: str = "", at: datetime | None = None) -> None:
    chain = party.forum.programme.host.slug
    audit.record(by=by, verb=verb, target=party, chain=chain, reason=reason, at=at)
