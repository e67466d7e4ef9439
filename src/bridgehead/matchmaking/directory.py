"""Reading the buyers' directory: who sees whom, who may be entered twice, and what is known of attendance."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from bridgehead.accounts import roles
from bridgehead.matchmaking.doubles import Double, Entry, find
from bridgehead.matchmaking.matching import CAME
from bridgehead.matchmaking.models import BuyerRecord, Hosting, Party
from bridgehead.matchmaking.queries import meetings_of
from bridgehead.organisations.models import Contact, Host, Organisation
from bridgehead.organisations.queries import Visitor, hosts_where


def records_visible_to(user: Visitor, permission: str = roles.VIEW) -> QuerySet[BuyerRecord]:
    """One's own host's buyers, and those of other hosts who agreed to be shared. What was merged away is not shown."""
    hosts = hosts_where(user, permission)
    if not hosts.exists():
        return BuyerRecord.objects.none()
    return records_for(hosts)


def records_for(hosts: QuerySet[Host]) -> QuerySet[BuyerRecord]:
    return (
        BuyerRecord.objects.filter(Q(host__in=hosts) | Q(shared_at__isnull=False), merged_into=None)
        .select_related("organisation", "host")
        .prefetch_related(Prefetch("organisation__contacts", queryset=Contact.objects.order_by("pk")))
    )


def entries(records: QuerySet[BuyerRecord]) -> list[Entry]:
    return [entry_of(record.organisation) for record in records]


def entry_of(buyer: Organisation) -> Entry:
    contacts = list(buyer.contacts.all())
    return Entry(
        key=buyer.pk,
        name=buyer.name_en or buyer.name_ko,
        emails=frozenset(contact.email for contact in contacts if contact.email),
        phones=frozenset(filter(None, [buyer.phone, *(contact.phone for contact in contacts)])),
        website=buyer.website,
    )


@dataclass(frozen=True)
class Pair:
    """Two records that may be one buyer."""

    one: BuyerRecord
    other: BuyerRecord
    sign: str


def doubles_among(records: QuerySet[BuyerRecord]) -> list[Pair]:
    rows = list(records)
    by_key = {record.organisation_id: record for record in rows}
    found: list[Double] = find([entry_of(record.organisation) for record in rows])
    return [Pair(by_key[double.one], by_key[double.other], double.sign) for double in found]


@dataclass
class Known:
    """Finds the buyer a row of a file is, by the same signs."""

    entries: list[Entry] = field(default_factory=list)

    def of(self, row: Any) -> tuple[int, str] | None:
        website = getattr(row, "website", "")
        new = Entry(
            key=0,
            name=row.name,
            emails=frozenset(filter(None, [row.email])),
            phones=frozenset(filter(None, [row.phone])),
            website=website,
        )
        mine = [double for double in find([new, *self.entries]) if double.one == 0]
        return (mine[0].other, mine[0].sign) if mine else None


@dataclass(frozen=True)
class Account:
    """What was agreed with a hosted buyer against what happened."""

    promised: int
    planned: int
    to_attend: int
    attended: int
    missed: int

    @property
    def by_us(self) -> bool:
        return self.planned >= self.promised

    @property
    def by_buyer(self) -> bool:
        return self.attended >= self.to_attend


def kept_to(party: Party, hosting: Hosting) -> Account:
    meetings = [meeting for meeting in meetings_of(party) if meeting.is_planned]
    came = [meeting for meeting in meetings if meeting.outcome in CAME[Party.Side.BUYER]]
    ended = [meeting for meeting in meetings if meeting.outcome]
    return Account(
        promised=party.guaranteed_meetings,
        planned=len(meetings),
        to_attend=hosting.must_attend,
        attended=len(came),
        missed=len(ended) - len(came),
    )
