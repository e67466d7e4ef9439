"""How a timetable comes about: the runs of the solver, and what the officer fixed beforehand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bridgehead.matchmaking.models.forums import Forum, Slot, Table
from bridgehead.matchmaking.models.parties import Party
from bridgehead.matchmaking.models.timetables import Timetable


class Run(models.Model):
    """One computation in the worker. `progress` is the engine's latest word, `trail` how best and bound came closer:
    rows of [seconds, level, best, bound]."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("computing")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped by hand")
        FAILED = "failed", _("failed")

    class Goal(models.TextChoices):
        PROMISED = "promised", _("Guarantees first, then wishes, then few gaps")
        WISHES = "wishes", _("As many wishes as possible, then few gaps")
        COMPACT = "compact", _("Few gaps, even where a weak wish is lost")
        NEAR = "near", _("As many wishes as possible, then short ways")

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="runs")
    goal = models.CharField(_("what counts most"), max_length=10, choices=Goal.choices, default=Goal.PROMISED)
    seconds = models.PositiveIntegerField(_("time to think (seconds)"))
    least_change = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.JSONField(default=dict)
    trail = models.JSONField(default=list)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    timetable = models.OneToOneField(
        Timetable, on_delete=models.SET_NULL, null=True, blank=True, related_name="run"
    )

    class Meta:
        verbose_name = _("computation")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.forum} {self.get_goal_display()}"

    @property
    def is_over(self) -> bool:
        return self.state not in {self.State.WAITING, self.State.RUNNING}


class Pin(models.Model):
    """The officer wants these two to meet then. Every later computation keeps it."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="pins")
    firm = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    buyer = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="+")
    table = models.ForeignKey(Table, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("fixed meeting")
        constraints = [
            models.UniqueConstraint(fields=["forum", "firm", "buyer"], name="pin_once_per_pair"),
            models.UniqueConstraint(fields=["firm", "slot"], name="pin_firm_once_per_slot"),
            models.UniqueConstraint(fields=["buyer", "slot"], name="pin_buyer_once_per_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.buyer} · {self.slot}"
