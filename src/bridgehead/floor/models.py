"""What happened at the stand, and what became of it: the typed result ladder.

consultation → pursued → signed → shipped → paid. Every stage is a record of its own with its own amount and evidence;
stages are never added together, and a deal that reached a stage has all the stages below it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bridgehead.kit.money import AmountField, CurrencyField


class Batch(models.Model):
    """One imported workbook: its rows can be traced to it, and the same file imports nothing twice."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="consultation_batches"
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-imported_at"]

    def __str__(self) -> str:
        return self.file_name


class Consultation(models.Model):
    """One talk between a supported firm and a buyer. The id is made where it was typed, so it arrives exactly once."""

    class Source(models.TextChoices):
        FLOOR = "floor", _("logged at the stand")
        IMPORT = "import", _("imported from a workbook")
        DESK = "desk", _("entered at the desk")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="consultations"
    )
    firm = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="consultations"
    )
    held_on = models.DateField(_("date"))
    buyer_name = models.CharField(_("buyer"), max_length=160)
    buyer_country = models.CharField(_("country"), max_length=2, blank=True)
    buyer_contact = models.CharField(_("contact"), max_length=160, blank=True)
    buyer = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultations_as_buyer",
    )
    meeting = models.ForeignKey(
        "matchmaking.Meeting", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    product = models.CharField(_("product"), max_length=160, blank=True)
    amount = AmountField(_("amount talked about"))
    currency = CurrencyField(_("currency"), default="USD")
    note = models.TextField(_("note"), blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("by"), null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, null=True, blank=True, related_name="consultations"
    )
    batch_row = models.PositiveIntegerField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    logged_at = models.DateTimeField(_("logged"))

    class Meta:
        verbose_name = _("consultation")
        ordering = ["-held_on", "-logged_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="consultation_amount_not_negative"),
            models.UniqueConstraint(
                fields=["programme", "fingerprint"],
                condition=~Q(fingerprint=""),
                name="consultation_imported_once",
            ),
        ]
        indexes = [models.Index(fields=["programme", "held_on"]), models.Index(fields=["programme", "firm"])]

    def __str__(self) -> str:
        return f"{self.firm} · {self.buyer_name} · {self.held_on}"


class Stage(models.TextChoices):
    """The rungs above a consultation, lowest first."""

    PURSUED = "pursued", _("pursued")
    SIGNED = "signed", _("signed")
    SHIPPED = "shipped", _("shipped")
    PAID = "paid", _("paid")


class StageRecord(models.Model):
    """A consultation reached a stage: when, for how much, on what evidence, and whether the firm confirms it.

    `implied` marks a rung nobody reported but a higher one proves: what is signed was pursued.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    reached_on = models.DateField(_("reached on"))
    amount = AmountField(_("amount"))
    currency = CurrencyField(_("currency"))
    implied = models.BooleanField(default=False)
    evidence = models.ForeignKey(
        "questions.Attachment", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    evidence_note = models.CharField(_("evidence"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(_("confirmed by the firm"), null=True, blank=True)
    confirmed_by = models.CharField(_("who confirmed"), max_length=120, blank=True)
    without_support = models.CharField(
        _("without the support"),
        max_length=10,
        blank=True,
        choices=[
            ("same", _("we would have won it anyway")),
            ("later", _("later or smaller")),
            ("never", _("not at all")),
        ],
    )

    class Meta:
        verbose_name = _("deal stage")
        ordering = ["consultation", "recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "stage"], name="stage_once_per_consultation"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="stage_amount_not_negative"),
        ]
        indexes = [models.Index(fields=["stage"])]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.get_stage_display()}"


class Wave(models.Model):
    """A round of follow-up some months after the fair, asked by link, answered without signing in."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="waves")
    months = models.PositiveIntegerField(_("months after"))
    due_on = models.DateField(_("to be sent"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("follow-up wave")
        ordering = ["months"]
        constraints = [models.UniqueConstraint(fields=["programme", "months"], name="wave_once")]

    def __str__(self) -> str:
        return f"{self.programme} +{self.months}"


class FollowUp(models.Model):
    """One firm's share of a wave: its link and its answer."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="follow_ups")
    firm = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="follow_ups"
    )
    email = models.EmailField(_("sent to"))
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("follow-up")
        ordering = ["wave", "firm"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "firm"], name="follow_up_once_per_firm_and_wave")
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.wave}"
