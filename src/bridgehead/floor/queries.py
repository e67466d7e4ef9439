"""Reading consultations, the ladder and the follow-up. Higher rooms build their figures on the two `…_as_of` sets."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.calls.models import Award
from bridgehead.floor.models import (
    WINS,
    Batch,
    Consultation,
    FieldConflict,
    FollowUp,
    FollowUpLink,
    Phone,
    Stage,
    StageRecord,
    Wave,
    WinLink,
)
from bridgehead.floor.rules import TALK, day_at_fair, fingerprint
from bridgehead.kit.signing import digest
from bridgehead.matchmaking.models import Meeting
from bridgehead.organisations.models import Organisation
from bridgehead.organisations.queries import Visitor, organisations_of
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to
from bridgehead.questions.models import Attachment
from bridgehead.questions.queries import Access

SUGGESTIONS = 60


# Figures


def consultations_as_of(programme: Programme, as_of: datetime | None = None) -> QuerySet[Consultation]:
    """The consultations that count: logged by that moment (default: the programme's own, else now), not withdrawn."""
    moment = as_of or programme.results_as_of or timezone.now()
    return Consultation.objects.filter(programme=programme, withdrawn_at__isnull=True, logged_at__lte=moment)


def stages_as_of(programme: Programme, as_of: datetime | None = None) -> QuerySet[StageRecord]:
    """The rungs reached by counted consultations and recorded by that moment, implied ones included."""
    moment = as_of or programme.results_as_of or timezone.now()
    return StageRecord.objects.filter(
        consultation__programme=programme,
        consultation__withdrawn_at__isnull=True,
        consultation__logged_at__lte=moment,
        recorded_at__lte=moment,
    )


@dataclass
class Rung:
    """One rung of a ladder: how many, and how much in each currency. Rungs are never added to each other."""

    stage: str
    label: Any
    count: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)

    def add(self, currency: str, count: int, total: Decimal | None) -> None:
        self.count += count
        if total:
            self.sums[currency] = self.sums.get(currency, Decimal(0)) + total


def rungs_of(consultations: QuerySet[Consultation]) -> list[Rung]:
    """The ladder of any set of consultations, in two queries; amounts stay in their own currencies."""
    plain = consultations.order_by()
    talks = Rung("consultation", Consultation._meta.verbose_name)
    for row in plain.values("currency").annotate(n=Count("pk"), total=Sum("amount")):
        talks.add(row["currency"], row["n"], row["total"])
    rungs = {value: Rung(value, label) for value, label in Stage.choices}
    records = StageRecord.objects.filter(consultation__in=plain.values("pk")).order_by()
    for row in records.values("stage", "currency").annotate(n=Count("pk"), total=Sum("amount")):
        rungs[row["stage"]].add(row["currency"], row["n"], row["total"])
    return [talks, *rungs.values()]


# The desk


def consultations_visible_to(user: Visitor, permission: str = roles.VIEW) -> QuerySet[Consultation]:
    return (
        Consultation.objects.filter(programme__in=programmes_visible_to(user, permission).values("pk"))
        .select_related("programme__host", "firm", "logged_by", "batch")
        .prefetch_related("stages__files__attachment", "stages__win")
    )


def desk_list(programme: Programme) -> QuerySet[Consultation]:
    return Consultation.objects.filter(programme=programme).select_related("firm").prefetch_related("stages")


def having_reached(consultations: QuerySet[Consultation], stage: str) -> QuerySet[Consultation]:
    """Those that reached at least this rung: the rows behind the figure of that stage. "talk" are those with none."""
    if stage == "talk":
        return consultations.exclude(pk__in=StageRecord.objects.values("consultation"))
    return consultations.filter(pk__in=StageRecord.objects.filter(stage=stage).values("consultation"))


def matching(consultations: QuerySet[Consultation], text: str) -> QuerySet[Consultation]:
    names = Q(firm__name_ko__icontains=text) | Q(firm__name_en__icontains=text)
    words = Q(buyer_name__icontains=text) | Q(product__icontains=text) | Q(note__icontains=text)
    return consultations.filter(names | words)


def awarded_firms(programme: Programme) -> QuerySet[Organisation]:
    """The firms that take part: an award made and not withdrawn."""
    awards = Award.objects.filter(programme=programme).exclude(state=Award.State.WITHDRAWN)
    return Organisation.objects.filter(pk__in=awards.values("firm"))


def participants(programme: Programme) -> QuerySet[Organisation]:
    """The firms that accepted their award: they log, and they are asked afterwards."""
    awards = Award.objects.filter(programme=programme, state=Award.State.ACCEPTED)
    return Organisation.objects.filter(pk__in=awards.values("firm"))


def countries_of(programme: Programme) -> list[str]:
    """The buyers' countries of a programme so far, the most frequent first."""
    found = (
        Consultation.objects.filter(programme=programme, withdrawn_at__isnull=True)
        .exclude(buyer_country="")
        .order_by()
        .values("buyer_country")
        .annotate(n=Count("pk"))
        .order_by("-n", "buyer_country")
    )
    return [row["buyer_country"] for row in found]


def days_of(programme: Programme) -> list[date]:
    return list(
        Consultation.objects.filter(programme=programme)
        .order_by("held_on")
        .values_list("held_on", flat=True)
        .distinct()
    )


# The maker


def programmes_of_maker(user: Visitor) -> QuerySet[Programme]:
    """Programmes in which a firm the person acts for takes part."""
    awards = Award.objects.filter(firm__in=organisations_of(user), state=Award.State.ACCEPTED)
    return Programme.objects.filter(pk__in=awards.values("programme")).select_related("host", "edition")


def my_firms(user: Visitor, programme: Programme) -> QuerySet[Organisation]:
    return participants(programme).filter(pk__in=organisations_of(user).values("pk"))


def consultations_of_maker(user: Visitor, programme: Programme) -> QuerySet[Consultation]:
    return (
        Consultation.objects.filter(programme=programme, firm__in=my_firms(user, programme).values("pk"))
        .select_related("firm", "programme__host")
        .prefetch_related("stages__files__attachment", "stages__win")
    )


@dataclass(frozen=True)
class KnownBuyer:
    """A buyer's name to suggest, and the country to fill in with it."""

    name: str
    country: str


def buyers_to_suggest(programme: Programme, firms: Iterable[Organisation], day: date) -> list[KnownBuyer]:
    """The day's meetings of the published timetable first, then those talked with before."""
    ids = [firm.pk for firm in firms]
    meetings = (
        Meeting.objects.filter(
            timetable__forum__programme=programme,
            timetable__published_at__isnull=False,
            state=Meeting.State.PLANNED,
            firm__organisation__in=ids,
            slot__starts_at__range=day_at_fair(programme, day),
        )
        .select_related("buyer__organisation")
        .order_by("slot__starts_at")
    )
    known = {meeting.buyer.organisation.name: meeting.buyer.organisation.country for meeting in meetings}
    earlier = (
        Consultation.objects.filter(programme=programme, firm__in=ids, withdrawn_at__isnull=True)
        .order_by()
        .values("buyer_name", "buyer_country")
        .annotate(last=Max("logged_at"))
        .order_by("-last")[:SUGGESTIONS]
    )
    for row in earlier:
        known.setdefault(row["buyer_name"], row["buyer_country"])
    return [KnownBuyer(name, country) for name, country in known.items()][:SUGGESTIONS]


# Import


def known_fingerprints(programme: Programme) -> dict[str, Consultation]:
    """Every consultation under what it was imported as and under what it says now, withdrawn ones included."""
    known: dict[str, Consultation] = {}
    for talk in Consultation.objects.filter(programme=programme).prefetch_related("stages"):
        known.setdefault(fingerprint_of(talk), talk)
        if talk.fingerprint:
            known[talk.fingerprint] = talk
    return known


def fingerprint_of(talk: Consultation) -> str:
    pursued = next((record for record in talk.rungs if record.stage == Stage.PURSUED), None)
    return fingerprint(
        firm_id=talk.firm_id,
        held_on=talk.held_on,
        buyer_name=talk.buyer_name,
        buyer_country=talk.buyer_country,
        product=talk.product,
        amount=talk.amount,
        currency=talk.currency,
        pursued=pursued.amount if pursued else None,
        pursued_currency=pursued.currency if pursued else "",
    )


def batches_of(programme: Programme) -> QuerySet[Batch]:
    return Batch.objects.filter(programme=programme, imported_at__isnull=False).select_related("uploaded_by")


# Follow-up


def waves_of(programme: Programme) -> QuerySet[Wave]:
    """With how many firms were asked and how many answered."""
    return Wave.objects.filter(programme=programme).annotate(
        asked=Count("follow_ups"),
        answered=Count("follow_ups", filter=Q(follow_ups__answered_at__isnull=False)),
    )


def follow_ups_of(programme: Programme) -> QuerySet[FollowUp]:
    return (
        FollowUp.objects.filter(wave__programme=programme)
        .select_related("firm", "wave")
        .order_by("wave__months", F("answered_at").desc(nulls_first=True), "firm__slug")
    )


def to_be_called(programme: Programme) -> QuerySet[FollowUp]:
    """Who was asked and has not answered, the longest silent first, with whom to call."""
    return (
        FollowUp.objects.filter(wave__programme=programme, answered_at__isnull=True)
        .select_related("firm", "wave__programme__host")
        .prefetch_related("firm__contacts", "calls__called_by")
        .order_by("sent_at", "firm__slug")
    )


CARDS = 25


@dataclass
class Lane:
    """One stage of the board: how many deals stand there and the first cards of them."""

    stage: str
    label: Any
    count: int
    talks: list[Consultation]


def lanes_of(programme: Programme) -> list[Lane]:
    """The pipeline by the highest stage each deal has reached; what is to be done soonest stands on top."""
    counted = consultations_as_of(programme, timezone.now())
    above = {stage: list(Stage.values[Stage.values.index(stage) + 1 :]) for stage in Stage.values}
    lanes = []
    for stage, label in [(TALK, _("consultation")), *Stage.choices]:
        reached = having_reached(counted, stage)
        if stage != TALK:
            higher = StageRecord.objects.filter(stage__in=above[stage]).values("consultation")
            reached = reached.exclude(pk__in=higher)
        cards = (
            reached.select_related("firm")
            .prefetch_related("stages")
            .order_by(F("next_step_on").asc(nulls_last=True), "-logged_at", "pk")[:CARDS]
        )
        lanes.append(Lane(stage, label, reached.count(), list(cards)))
    return lanes


def link_for(token: str) -> FollowUpLink | None:
    return (
        FollowUpLink.objects.filter(token_hash=digest(token))
        .select_related("follow_up__wave__programme__host", "follow_up__firm")
        .first()
    )


def consultations_to_answer(follow_up: FollowUp) -> QuerySet[Consultation]:
    return (
        Consultation.objects.filter(
            programme=follow_up.wave.programme, firm=follow_up.firm, withdrawn_at__isnull=True
        )
        .select_related("firm", "programme__host")
        .prefetch_related("stages__files__attachment", "stages__win")
        .order_by("held_on", "logged_at", "pk")
    )


# Phones

KEPT_ON_PHONE = 200


def phones_of(user: Visitor) -> QuerySet[Phone]:
    return Phone.objects.filter(user=user) if user.is_authenticated else Phone.objects.none()


def was_signed_out(device: UUID) -> bool:
    """Whether the browser has to forget its key. Its name is a secret between it and us, so it may ask unsigned."""
    return (
        Phone.objects.filter(device=device)
        .order_by("-seen_at")
        .values_list("signed_out_at", flat=True)
        .first()
        is not None
    )


def entries_for_phone(user: Visitor, programme: Programme) -> QuerySet[Consultation]:
    """The own list as a phone keeps it: the latest entries, with what is to be decided."""
    undecided = FieldConflict.objects.filter(decided_at__isnull=True)
    return (
        consultations_of_maker(user, programme)
        .prefetch_related(Prefetch("conflicts", queryset=undecided, to_attr="undecided"))
        .annotate(photo_count=Count("photos"))
        .order_by("-logged_at", "pk")[:KEPT_ON_PHONE]
    )


def undecided_conflicts(talks: QuerySet[Consultation]) -> QuerySet[FieldConflict]:
    return FieldConflict.objects.filter(
        consultation__in=talks.order_by().values("pk"), decided_at__isnull=True
    ).select_related("consultation__programme__host", "said_by")


def may_read_photo(user: Visitor, attachment: Attachment) -> Access:
    """The files of a consultation: for the firm that held it, and for the desk of its programme."""
    talk = Consultation.objects.filter(pk=attachment.owner_id).select_related("programme").first()
    if talk is None:
        return Access.NONE
    seen = consultations_visible_to(user).filter(pk=talk.pk).exists()
    own = consultations_of_maker(user, talk.programme).filter(pk=talk.pk).exists()
    return Access.FULL if seen or own else Access.NONE


# Wins


def wins_of(programme: Programme) -> QuerySet[StageRecord]:
    """What was reported as signed, shipped or paid, with all that speaks for it."""
    return (
        StageRecord.objects.filter(
            consultation__programme=programme,
            consultation__withdrawn_at__isnull=True,
            stage__in=WINS,
            implied=False,
        )
        .select_related("consultation__firm", "consultation__programme__host", "win__checked_by")
        .prefetch_related("files__attachment", "win__years", "links")
        .order_by("consultation__firm__slug", "consultation__buyer_name", "reached_on", "pk")
    )


def win_link_for(token: str) -> WinLink | None:
    return (
        WinLink.objects.filter(token_hash=digest(token))
        .select_related("record__consultation__programme__host", "record__consultation__firm", "record__win")
        .prefetch_related("record__files__attachment", "record__win__years")
        .first()
    )
