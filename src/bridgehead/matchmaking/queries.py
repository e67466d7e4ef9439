"""Who sees which forum and party, and the lists their pages show."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from bridgehead.accounts import roles
from bridgehead.calls.models import Award
from bridgehead.kit.signing import digest
from bridgehead.matchmaking.models import (
    Block,
    Forum,
    Meeting,
    Party,
    PartyLink,
    Proposal,
    Slot,
    Timetable,
    Wish,
)
from bridgehead.matchmaking.rules import LATE_AFTER
from bridgehead.organisations.queries import Visitor, organisations_of
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to

PLANNED = Meeting.State.PLANNED


def forums_visible_to(user: Visitor, permission: str = roles.VIEW) -> QuerySet[Forum]:
    return Forum.objects.filter(programme__in=programmes_visible_to(user, permission)).select_related(
        "programme__host", "programme__edition"
    )


def parties_of_maker(user: Visitor) -> QuerySet[Party]:
    """The firms' parties a person acts for, the next fair first."""
    return (
        Party.objects.filter(side=Party.Side.FIRM, organisation__in=organisations_of(user))
        .select_related("forum__programme__host", "forum__programme__edition", "organisation")
        .order_by("-forum__programme__starts_on", "pk")
    )


def party_by_token(token: str, now: datetime | None = None) -> Party | None:
    """The buyer whose link this is, unless it has been replaced or is too old."""
    link = (
        PartyLink.objects.filter(token_hash=digest(token), expires_at__gt=now or timezone.now())
        .select_related(
            "party__forum__programme__host", "party__forum__programme__edition", "party__organisation"
        )
        .first()
    )
    return link.party if link else None


def firms_to_take_over(programme: Programme) -> QuerySet[Award]:
    """Firms that accepted their place and are not in the forum yet."""
    here = Party.objects.filter(forum__programme=programme, organisation=OuterRef("firm"))
    return (
        Award.objects.filter(Q(programme=programme), ~Exists(here), state=Award.State.ACCEPTED)
        .select_related("firm")
        .prefetch_related("firm__contacts", "firm__memberships__user")
    )


def parties_of(forum: Forum, side: str) -> QuerySet[Party]:
    """With how many wishes each made and got, for the desk's lists."""
    return (
        forum.parties.filter(side=side)
        .select_related("organisation")
        .annotate(
            wishes_made=Count("wishes", distinct=True),
            wishes_got=Count("wished_by", distinct=True),
        )
        .order_by("organisation__name_en", "organisation__name_ko", "pk")
    )


def late_parties(forum_filter: Q, now: datetime | None = None) -> QuerySet[Party]:
    """Invited more than a week ago and silent since."""
    before = (now or timezone.now()) - LATE_AFTER
    return Party.objects.filter(
        forum_filter, state=Party.State.INVITED, invited_at__lt=before, answered_at__isnull=True
    )


def counterparts(party: Party) -> QuerySet[Party]:
    """Whom this party may wish to meet: the other side, as far as it takes part."""
    side = Party.Side.BUYER if party.is_firm else Party.Side.FIRM
    return (
        Party.objects.filter(forum=party.forum_id, side=side, state=Party.State.ACCEPTED)
        .select_related("organisation")
        .order_by("organisation__name_en", "organisation__name_ko", "pk")
    )


NO = -1


def wishes_of(party: Party) -> dict[int, int]:
    """Other party → strength, or -1 where this party said no. What the other side said is not in it."""
    refused = own_blocks(party).values_list("buyer" if party.is_firm else "firm", flat=True)
    return dict(party.wishes.values_list("wished", "strength")) | dict.fromkeys(refused, NO)


def own_blocks(party: Party) -> QuerySet[Block]:
    """The noes this party said itself."""
    return Block.objects.filter(**{party.side: party, "said_by": party.side})


def kept_apart(forum: Forum) -> set[tuple[int, int]]:
    """(firm, buyer) of every pair that is not to meet, whoever said so. For planning and for officers only."""
    return set(Block.objects.filter(forum=forum).values_list("firm", "buyer"))


def blocks_of(forum: Forum) -> QuerySet[Block]:
    """For the officer."""
    return forum.blocks.select_related("firm__organisation", "buyer__organisation")


def wished_by_officer(party: Party) -> set[int]:
    return set(party.wishes.filter(by_officer=True).values_list("wished", flat=True))


def slots_of(forum: Forum) -> list[Slot]:
    return list(forum.slots.all())


def meetings_of(party: Party) -> QuerySet[Meeting]:
    """In the published timetable, cancelled ones too."""
    return (
        Meeting.objects.filter(
            Q(firm=party) | Q(buyer=party),
            timetable__published_at__isnull=False,
            timetable__forum=party.forum_id,
        )
        .select_related("firm__organisation", "buyer__organisation", "slot", "table", "interpreter")
        .order_by("slot__starts_at", "pk")
    )


def meetings_on(forum: Forum, day: date) -> list[Meeting]:
    """What is published for a day of the fair, on its clock, in the order of time."""
    start = datetime.combine(day, time(), tzinfo=ZoneInfo(forum.zone))
    rows = Meeting.objects.filter(
        timetable__forum=forum,
        timetable__published_at__isnull=False,
        state=PLANNED,
        slot__starts_at__gte=start,
        slot__starts_at__lt=start + timedelta(days=1),
    )
    return list(
        rows.select_related(
            "firm__organisation", "buyer__organisation", "slot", "table", "interpreter", "timetable"
        ).order_by("slot__starts_at", "pk")
    )


def offers_to(party: Party) -> QuerySet[Proposal]:
    """Free times this party is asked about."""
    return (
        Proposal.objects.filter(Q(firm=party) | Q(buyer=party), state=Proposal.State.OFFERED)
        .select_related("firm__organisation", "buyer__organisation", "slot", "table")
        .order_by("slot__starts_at", "pk")
    )


def offers_of(forum: Forum) -> QuerySet[Proposal]:
    """Found, offered and declined ones, for the officer."""
    states = [Proposal.State.OPEN, Proposal.State.OFFERED, Proposal.State.DECLINED]
    return forum.proposals.filter(state__in=states).select_related(
        "firm__organisation", "buyer__organisation", "slot", "table"
    )


def waiting_of(party: Party) -> list[Party]:
    """Whom this party wished and does not meet, the most wanted first; empty before anything is published."""
    if party.forum.published_at is None:
        return []
    met = meetings_of(party)
    others = {row.firm_id if row.buyer_id == party.pk else row.buyer_id for row in met}
    wishes = party.wishes.filter(wished__state=Party.State.ACCEPTED).exclude(wished__in=others)
    return [wish.wished for wish in wishes.select_related("wished__organisation").order_by("-strength", "pk")]


def runs_of(forum: Forum) -> QuerySet[Timetable]:
    """All timetables of a forum for comparing them, without their meetings."""
    return (
        forum.timetables.annotate(held=Count("meetings", filter=Q(meetings__state=PLANNED)))
        .select_related("made_by", "published_by")
        .order_by("-number")
    )


def timetables_of(forum: Forum) -> QuerySet[Timetable]:
    """With everything their page shows of the meetings."""
    meetings = Meeting.objects.select_related("firm__organisation", "buyer__organisation", "slot", "table")
    return (
        forum.timetables.annotate(held=Count("meetings", filter=Q(meetings__state=PLANNED)))
        .select_related("base", "made_by", "published_by")
        .prefetch_related(Prefetch("meetings", queryset=meetings.order_by("slot__starts_at", "pk")))
    )


@dataclass(frozen=True)
class Numbers:
    """What there is to plan with. `capacity` counts a place for every table and every firm's stand in every slot."""

    firms: int
    buyers: int
    wishes: int
    pairs: int
    mutual: int
    slots: int
    tables: int
    stands: int

    @property
    def capacity(self) -> int:
        return self.slots * (self.tables + self.stands)


def numbers_of(forum: Forum) -> Numbers:
    accepted = Party.State.ACCEPTED
    rows = list(
        Wish.objects.filter(wisher__forum=forum, wisher__state=accepted, wished__state=accepted).values_list(
            "wisher", "wished"
        )
    )
    pairs = {frozenset(row) for row in rows}
    sides = dict(forum.parties.filter(state=accepted).order_by().values_list("side").annotate(Count("pk")))
    stands = Award.objects.filter(
        programme=forum.programme_id,
        state=Award.State.ACCEPTED,
        stand__isnull=False,
        firm__in=forum.parties.filter(state=accepted).values("organisation"),
    )
    return Numbers(
        firms=sides.get(Party.Side.FIRM, 0),
        buyers=sides.get(Party.Side.BUYER, 0),
        wishes=len(rows),
        pairs=len(pairs),
        mutual=len(rows) - len(pairs),
        slots=forum.slots.count(),
        tables=forum.tables.count(),
        stands=stands.count(),
    )
