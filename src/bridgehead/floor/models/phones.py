"""The phones that keep a log of their own: what was received from each, and where two of them said different things."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.floor.models.ladder import Consultation

KEY_BYTES = 32


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


class Phone(models.Model):
    """One browser of one person. `key` encrypts what it keeps; it is handed out to the signed-in owner only."""

    device = models.UUIDField(help_text=_("The name the browser gave itself; two people may share one"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="phones")
    label = models.CharField(pgettext_lazy("device", "phone"), max_length=120, blank=True)
    key = models.BinaryField(default=new_key, max_length=KEY_BYTES, editable=False)
    session_key = models.CharField(max_length=40, blank=True, db_index=True)
    waiting = models.PositiveIntegerField(_("entries waiting on it"), default=0)
    made_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    seen_at = models.DateTimeField(_("last seen"))
    signed_out_at = models.DateTimeField(_("signed out"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("device", "phone")
        ordering = ["-seen_at"]
        constraints = [models.UniqueConstraint(fields=["device", "user"], name="phone_once_per_person")]

    def __str__(self) -> str:
        return self.label or str(self.device)


class Receipt(models.Model):
    """An edit that arrived, under the id its phone gave it. Its second arrival finds this row and changes nothing."""

    id = models.UUIDField(primary_key=True)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="receipts")
    phone = models.ForeignKey(Phone, on_delete=models.SET_NULL, null=True, related_name="receipts")
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("receipt")

    def __str__(self) -> str:
        return str(self.pk)


class FieldConflict(models.Model):
    """One field that two phones changed from the same ground to different values. Both are kept until somebody decides.

    The entry goes on saying what arrived first (`kept`); `other` is what came after it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="conflicts")
    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="conflicts")
    field = models.CharField(max_length=40)
    base = models.TextField(blank=True)
    kept = models.TextField(blank=True)
    other = models.TextField(blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    said_at = models.DateTimeField(_("written on the phone"))
    decided_at = models.DateTimeField(pgettext_lazy("moment", "decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    taken = models.BooleanField(default=False, help_text=_("Whether the later value was taken"))

    class Meta:
        verbose_name = _("conflict of two phones")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["receipt", "field"], name="field_conflict_once_per_edit"),
            models.CheckConstraint(
                condition=Q(taken=False) | Q(decided_at__isnull=False), name="field_conflict_taken_is_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.field}"


class TalkPhoto(models.Model):
    """A photo taken at the stand, under the id its phone gave it."""

    id = models.UUIDField(primary_key=True)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="photos")
    attachment = models.OneToOneField("questions.Attachment", on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = _("photo")
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return f"{self.consultation} {self.taken_at:%H:%M}"
