"""Who meets whom, when and where: parties with their wishes, the slots and tables, and the timetable made of them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Forum(models.Model):
    """The matchmaking of one programme and its switches."""

    programme = models.OneToOneField("programmes.Programme", on_delete=models.CASCADE, related_name="forum")
    wishes_close_at = models.DateTimeField(_("wishes close"), null=True, blank=True)
    max_meetings_per_party = models.PositiveIntegerField(_("most meetings per party"), default=12)
    published_at = models.DateTimeField(_("timetable published"), null=True, blank=True)

    class Meta:
        verbose_name = _("matchmaking")

    def __str__(self) -> str:
        return str(self.programme)


class Slot(models.Model):
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
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
    """A firm or a buyer taking part. Buyers get in by a signed link; the database keeps only its hash."""

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
    contact_name = models.CharField(_("contact"), max_length=100, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    interest = models.TextField(_("looking for"), blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    unavailable = models.ManyToManyField(Slot, blank=True, related_name="unavailable_parties")
    calendar_id = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "organisation"], name="party_once_per_forum"),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="party_token_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Wish(models.Model):
    """One party wants to meet another; 3 is “must”, 2 “would like”, 1 “if there is time”."""

    wisher = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wishes")
    wished = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wished_by")
    strength = models.PositiveSmallIntegerField(
        _("how much"), choices=[(3, _("must")), (2, _("would like")), (1, _("if there is time"))]
    )
    note = models.CharField(_("what about"), max_length=200, blank=True)

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
    """One computed timetable with its proven bound; at most one per forum is published."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="timetables")
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(_("status"), max_length=12)
    objective = models.JSONField(default=dict)
    bound = models.JSONField(default=dict)
    requests = models.PositiveIntegerField(_("wished meetings"), default=0)
    runtime_s = models.FloatField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("timetable")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.forum} {self.made_at:%Y-%m-%d %H:%M}"


class Meeting(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="meetings")
    firm = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="meetings_as_firm")
    buyer = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="meetings_as_buyer")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="meetings")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)

    class Meta:
        verbose_name = _("meeting")
        ordering = ["slot__starts_at", "pk"]
        constraints = [
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
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.buyer} · {self.slot}"
