"""Who meets whom, when and where: parties with their wishes, the slots and tables, and the timetable made of them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Forum(models.Model):
    """The matchmaking of one programme: its hours, its tables and its switches."""

    programme = models.OneToOneField("programmes.Programme", on_delete=models.CASCADE, related_name="forum")
    day_starts = models.TimeField(_("first meeting begins"))
    day_ends = models.TimeField(_("last meeting ends"))
    minutes = models.PositiveIntegerField(_("length of a meeting (minutes)"), default=30)
    pauses = models.CharField(_("pauses"), max_length=200, blank=True)
    wishes_close_at = models.DateTimeField(_("wishes close"), null=True, blank=True)
    max_meetings_per_party = models.PositiveIntegerField(_("most meetings per party"), default=12)
    published_at = models.DateTimeField(_("timetable first published"), null=True, blank=True)

    class Meta:
        verbose_name = _("matchmaking")
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5), name="forum_meeting_takes_5_minutes"),
            models.CheckConstraint(
                condition=Q(day_ends__gt=F("day_starts")), name="forum_day_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return str(self.programme)

    @property
    def zone(self) -> str:
        """Times are those of the fair's place; without a fair, those of the programme."""
        edition = self.programme.edition
        return edition.zone if edition else self.programme.zone


class Slot(models.Model):
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(pgettext_lazy("time", "to"))
    session = models.CharField(_("session"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("slot")
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "starts_at"], name="slot_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Table(models.Model):
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="tables")
    code = models.CharField(_("table"), max_length=10)

    class Meta:
        verbose_name = _("meeting table")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["forum", "code"], name="table_code_once")]

    def __str__(self) -> str:
        return self.code


class Party(models.Model):
    """A firm or a buyer taking part."""

    class Side(models.TextChoices):
        FIRM = "firm", _("firm")
        BUYER = "buyer", _("buyer")

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("taking part")
        DECLINED = "declined", _("declined")

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="parties"
    )
    side = models.CharField(_("side"), max_length=6, choices=Side.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.INVITED)
    contact_name = models.CharField(pgettext_lazy("person", "contact"), max_length=100, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    interest = models.TextField(_("looking for"), blank=True)
    invited_at = models.DateTimeField(_("last invited"), null=True, blank=True)
    answered_at = models.DateTimeField(pgettext_lazy("invitation", "answered"), null=True, blank=True)
    wishes_saved_at = models.DateTimeField(_("wishes last saved"), null=True, blank=True)
    unavailable = models.ManyToManyField(Slot, blank=True, related_name="unavailable_parties")

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "organisation"], name="party_once_per_forum"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_firm(self) -> bool:
        return self.side == self.Side.FIRM

    @property
    def takes_part(self) -> bool:
        return self.state == self.State.ACCEPTED


class PartyLink(models.Model):
    """A mailed link that lets a buyer in without an account; only its hash is here.

    Every mail carries a link of its own and all of them work, until a new invitation ends the earlier ones.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.party} {self.made_at:%Y-%m-%d}"


class Wish(models.Model):
    """One party wants to meet another; 3 is “must”, 2 “would like”, 1 “if there is time”."""

    class Strength(models.IntegerChoices):
        MUST = 3, _("must")
        WOULD_LIKE = 2, _("would like")
        IF_TIME = 1, _("if there is time")

    wisher = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wishes")
    wished = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wished_by")
    strength = models.PositiveSmallIntegerField(_("how much"), choices=Strength.choices)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        constraints = [
            models.UniqueConstraint(fields=["wisher", "wished"], name="wish_once"),
            models.CheckConstraint(condition=Q(strength__range=(1, 3)), name="wish_strength_from_1_to_3"),
            models.CheckConstraint(condition=~Q(wisher=F("wished")), name="wish_not_for_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.wisher} → {self.wished}"


class Timetable(models.Model):
    """One computed timetable with its proven bound. At most one per forum is published; a newer one replaces it.

    `instance` is the question as it was put to the engine, `base` the published timetable that a re-planning
    kept as much of as it could.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="timetables")
    base = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(_("status"), max_length=12)
    objective = models.JSONField(default=dict)
    bound = models.JSONField(default=dict)
    instance = models.JSONField(default=dict)
    requests = models.PositiveIntegerField(_("wished meetings"), default=0)
    runtime_s = models.FloatField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("timetable")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum"],
                condition=Q(published_at__isnull=False),
                name="timetable_published_once_per_forum",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(replaced_at__isnull=True),
                name="timetable_published_or_replaced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum} {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None and self.replaced_at is None


class Meeting(models.Model):
    """One meeting of one timetable. In the next timetable the same two keep the calendar `uid`, so that calendars
    move the entry instead of showing it twice; `sequence` grows with each change they must hear of."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    class CancelledBy(models.TextChoices):
        FIRM = "firm", _("the firm")
        BUYER = "buyer", _("the buyer")
        OFFICER = "officer", _("the officer")
        PLAN = "plan", _("a new timetable")

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="meetings")
    firm = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="meetings_as_firm")
    buyer = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="meetings_as_buyer")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="meetings")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    stand = models.CharField(_("stand"), max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    cancelled_by = models.CharField(max_length=8, choices=CancelledBy.choices, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True)
    rebook = models.BooleanField(_("another time is welcome"), default=False)
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("meeting")
        ordering = ["slot__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["timetable", "firm", "buyer"], name="meeting_pair_once"),
            models.UniqueConstraint(fields=["timetable", "uid"], name="meeting_uid_once_per_timetable"),
            models.UniqueConstraint(
                fields=["timetable", "firm", "slot"],
                condition=Q(state="planned"),
                name="meeting_firm_once_per_slot",
            ),
            models.UniqueConstraint(
                fields=["timetable", "buyer", "slot"],
                condition=Q(state="planned"),
                name="meeting_buyer_once_per_slot",
            ),
            models.UniqueConstraint(
                fields=["timetable", "table", "slot"],
                condition=Q(state="planned", table__isnull=False),
                name="meeting_table_once_per_slot",
            ),
            models.CheckConstraint(
                condition=Q(table__isnull=True) | Q(stand=""), name="meeting_at_a_table_or_a_stand"
            ),
            models.CheckConstraint(
                condition=Q(state="planned", cancelled_by="") | (Q(state="cancelled") & ~Q(cancelled_by="")),
                name="meeting_cancelled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.buyer} · {self.slot}"

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    def other(self, party: Party) -> Party:
        return self.buyer if party.pk == self.firm_id else self.firm
