"""Files of the whole dictionary that anybody may take, and pictures of concepts."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Publication(models.Model):
    """The dictionary as it stood at one moment (`stamp`), as one file. Made once, by a worker, and then only read."""

    class State(models.TextChoices):
        MAKING = "making", _("being made")
        READY = "ready", pgettext_lazy("publication", "ready")
        FAILED = "failed", pgettext_lazy("publication", "failed")

    name = models.CharField(max_length=20)
    stamp = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAKING)
    file = models.FileField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    concepts = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-stamp"]
        constraints = [
            models.UniqueConstraint(fields=["name", "stamp"], name="terminology_publication_once"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (Q(made_at__isnull=False) & ~Q(file="")),
                name="terminology_publication_ready_file",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def day(self) -> date:
        """The day of the dictionary's last change is the edition's: made again tomorrow, it is the same file."""
        return datetime.fromtimestamp(self.stamp / 1_000_000_000, UTC).date()


class Picture(models.Model):
    """A picture an editor sent in. Its name in addresses is the hash of its content, so that it never changes."""

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=4, choices=[("png", "PNG"), ("jpeg", "JPEG")])
    file = models.FileField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0) & Q(height__gt=0), name="terminology_picture_has_pixels"
            )
        ]

    def __str__(self) -> str:
        return self.digest[:12]
