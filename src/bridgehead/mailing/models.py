"""Every mail the installation sends is a row first: it can be previewed, resent, and proved."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        QUEUED = "queued", _("queued")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    host_slug = models.SlugField(blank=True)
    kind = models.CharField(max_length=60)
    to = models.EmailField(_("to"))
    language = models.CharField(max_length=2, default="ko")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    attachment_name = models.CharField(max_length=120, blank=True)
    attachment_type = models.CharField(max_length=80, blank=True)
    attachment = models.BinaryField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["about_kind", "about_id"])]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
