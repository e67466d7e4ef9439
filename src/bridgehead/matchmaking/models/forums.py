"""The frame of a forum: its switches, its slots and its shared tables."""

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
    offers_at_once = models.BooleanField(_("offer freed times at once"), default=False)
    online_pattern = models.CharField(
        _("address of online meetings"),
        max_length=200,
        blank=True,
        default="https://meet.jit.si/bridgehead-{code}",
    )
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
