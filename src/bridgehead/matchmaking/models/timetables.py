"""Timetables and their meetings."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.matchmaking.models.fairday import Interpreter
from bridgehead.matchmaking.models.forums import Forum, Slot, Table
from bridgehead.matchmaking.models.parties import Party


class Timetable(models.Model):
    """One computed timetable with its proven bound. At most one per forum is published; a newer one replaces it.

    `instance` is the question as it was put to the engine, `base` the published timetable that a re-planning
    kept as much of as it could. `number` counts the timetables of a forum, `version` those that were published,
    `revision` the changes since: whoever changes or replaces a timetable says which revision was on the screen.
    `figures` are what it comes to as it stands, `history` what the changes by hand replaced, to be undone.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="timetables")
    base = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    label = models.CharField(pgettext_lazy("timetable", "note"), max_length=80, blank=True)
    goal = models.CharField(max_length=10, blank=True)
    figures = models.JSONField(default=dict)
    history = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
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
            models.UniqueConstraint(fields=["forum", "number"], name="timetable_number_once_per_forum"),
            models.UniqueConstraint(fields=["forum", "version"], name="timetable_version_once_per_forum"),
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

    @property
    def stamp(self) -> str:
        """What somebody saw: this timetable at this revision."""
        return f"{self.pk}.{self.revision}"


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

    class Outcome(models.TextChoices):
        HELD = "held", _("took place")
        FIRM_MISSED = "firm", _("the firm did not come")
        BUYER_MISSED = "buyer", _("the buyer did not come")
        BOTH_MISSED = "both", _("nobody came")

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
    firm_confirmed_at = models.DateTimeField(null=True, blank=True)
    buyer_confirmed_at = models.DateTimeField(null=True, blank=True)
    firm_late = models.PositiveSmallIntegerField(_("minutes the firm is late"), default=0)
    buyer_late = models.PositiveSmallIntegerField(_("minutes the buyer is late"), default=0)
    ad_hoc = models.BooleanField(_("agreed at the fair"), default=False)
    link = models.URLField(_("link to the online meeting"), blank=True)
    interpreter = models.ForeignKey(
        Interpreter, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    support_line = models.ForeignKey(
        "funding.SupportLine", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("what became of it"), max_length=5, choices=Outcome.choices, blank=True)

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

    @property
    def pair(self) -> str:
        """The two, as addresses and forms name them."""
        return f"{self.firm_id}-{self.buyer_id}"

    @property
    def confirmed_by_both(self) -> bool:
        return self.firm_confirmed_at is not None and self.buyer_confirmed_at is not None

    def confirmed_at(self, party: Party) -> datetime | None:
        return self.firm_confirmed_at if party.pk == self.firm_id else self.buyer_confirmed_at

    def other(self, party: Party) -> Party:
        return self.buyer if party.pk == self.firm_id else self.firm

    @property
    def is_online(self) -> bool:
        """Neither a table nor a stand: its place is a link."""
        return self.table_id is None and not self.stand

    def lateness(self, party: Party) -> int:
        return self.firm_late if party.pk == self.firm_id else self.buyer_late
