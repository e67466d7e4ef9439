"""Who did what to what, and why: append-only, each entry chained to the one before by its hash."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: Kept in the trail, and so in its hashes, where no person acted.
SYSTEM = "system"


class Chain(models.Model):
    """The end of one hash chain (a host's, or the installation's); locked while an entry is added."""

    name = models.CharField(max_length=60, primary_key=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One thing that happened. Actor and target are kept as words, so they outlive the rows they name.

    The database refuses UPDATE and DELETE on this table (triggers in migration 0002).
    """

    chain = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=120)
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(_("what"), max_length=60)
    target_kind = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    target = models.CharField(_("to what"), max_length=200)
    reason = models.TextField(_("why"), blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "position"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="audit_entry_position_once")
        ]
        indexes = [models.Index(fields=["target_kind", "target_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.verb} {self.target}"

    @property
    def who(self) -> str:
        """The actor for reading: what nobody did is said in the reader's language."""
        return gettext("the system") if self.actor_id is None and self.actor == SYSTEM else self.actor
