"""After the certificate: surveillance, complaints and appeals, and the log of risks to impartiality."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.clock import today


class Surveillance(models.Model):
    """A planned check of a certified case. One that is overdue suspends the certificate."""

    case = models.ForeignKey("certification.Case", on_delete=models.PROTECT, related_name="surveillances")
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    conforms = models.BooleanField(_("conforms"), null=True)
    words = models.TextField(_("what was found"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["case", "due_on"], name="surveillance_once_a_day"),
            models.CheckConstraint(
                condition=Q(done_on=None, by=None, conforms=None)
                | Q(done_on__isnull=False, by__isnull=False, conforms__isnull=False),
                name="surveillance_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.due_on}"

    @property
    def is_overdue(self) -> bool:
        return self.done_on is None and self.due_on < today()


class Complaint(models.Model):
    """A complaint of anybody, or an appeal of the firm. Answered by somebody who took no part in the case."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("Complaint")
        APPEAL = "appeal", _("Appeal")

    case = models.ForeignKey("certification.Case", on_delete=models.PROTECT, related_name="complaints")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    words = models.TextField(_("what is wrong"))
    sender = models.CharField(_("your name"), max_length=120)
    email = models.EmailField(_("email address"), blank=True)
    at = models.DateTimeField(auto_now_add=True)
    upheld = models.BooleanField(_("upheld"), null=True)
    answer = models.TextField(_("answer"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_by=None, upheld=None) | Q(handled_by__isnull=False, upheld__isnull=False),
                name="complaint_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_kind_display()}"


class ImpartialityNote(models.Model):
    """A risk to impartiality and what is done about it (ISO/IEC 17065, 4.2)."""

    host = models.ForeignKey(
        "organisations.Host", on_delete=models.PROTECT, related_name="impartiality_notes"
    )
    case = models.ForeignKey(
        "certification.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="impartiality_notes",
        verbose_name=pgettext_lazy("certification", "case"),
    )  # fmt: skip
    risk = models.TextField(_("risk"))
    safeguard = models.TextField(_("what is done about it"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.risk[:80]
