"""The order of the day of an interview, once the office has published it."""

from datetime import datetime, timedelta

from django.db import models


class Appearance(models.Model):
    """Which place in the order one application has. Kept, so that nobody's time moves because somebody else gives up."""

    stage = models.ForeignKey("calls.Stage", on_delete=models.CASCADE, related_name="appearances")
    application = models.ForeignKey("calls.Application", on_delete=models.CASCADE, related_name="appearances")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["stage", "position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "application"], name="appearance_once_per_stage"),
            models.UniqueConstraint(fields=["stage", "position"], name="appearance_position_once_per_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.application}"

    @property
    def starts_at(self) -> datetime:
        """Nothing is published without a date. With no minutes each, all come at the same time."""
        assert self.stage.held_at is not None
        return self.stage.held_at + timedelta(minutes=(self.position - 1) * (self.stage.minutes_each or 0))
