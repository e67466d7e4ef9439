"""What happened at the stand, and what became of it: the typed result ladder.

consultation → pursued → signed → shipped → paid. Every stage is a record of its own with its own amount and evidence;
stages are never added together, and a deal that reached a stage has all the stages below it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.money import AmountField, CurrencyField


def batch_path(batch: "Batch", filename: str) -> str:
    return f"consultation-files/{batch.sha256}"


class Batch(models.Model):
    """One uploaded workbook: its rows can be traced to it. It is read for a preview first and imported, or not, later."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="consultation_batches"
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    file = models.FileField(upload_to=batch_path)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    imported_at = models.DateTimeField(pgettext_lazy("moment", "imported"), null=True, blank=True)
    rows_imported = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("imported workbook")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


class Temperature(models.TextChoices):
    """How warm the buyer was, by the impression at the stand."""

    HOT = "hot", pgettext_lazy("interest", "hot")
    WARM = "warm", pgettext_lazy("interest", "warm")
    COLD = "cold", pgettext_lazy("interest", "cold")


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
    buyer_name = models.CharField(_("buyer"), max_length=200)
    buyer_country = models.CharField(_("country"), max_length=2, blank=True)
    buyer_contact = models.CharField(_("contact"), max_length=300, blank=True)
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
    product = models.CharField(_("product"), max_length=500, blank=True)
    temperature = models.CharField(_("interest"), max_length=4, blank=True, choices=Temperature.choices)
    amount = AmountField(_("amount talked about"), default=0)
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
    posted_digests = models.JSONField(
        default=list,
        editable=False,
        help_text=_(
            "Contents already received under this id; a phone that sends one of them again changes nothing"
        ),
    )
    version = models.PositiveIntegerField(default=1, help_text=_("Counts edits; a stale edit is refused"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=300, blank=True)

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

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def rungs(self) -> list["StageRecord"]:
        """Its stage records, lowest first; reads the prefetched ones."""
        order = Stage.values
        return sorted(self.stages.all(), key=lambda record: order.index(record.stage))

    @property
    def highest(self) -> "StageRecord | None":
        return self.rungs[-1] if self.rungs else None


class Stage(models.TextChoices):
    """The rungs above a consultation, lowest first."""

    PURSUED = "pursued", _("pursued")
    SIGNED = "signed", _("signed")
    SHIPPED = "shipped", _("shipped")
    PAID = "paid", _("paid")


#: The stages at which a deal is won, which the firm is asked to confirm.
WINS = (Stage.SIGNED, Stage.SHIPPED, Stage.PAID)


class Standing(models.TextChoices):
    """How sure a reached stage is."""

    STATED = "stated", _("stated")
    EVIDENCED = "evidenced", _("with evidence")
    CONFIRMED = "confirmed", _("confirmed")
    CHECKED = "checked", _("confirmed and checked")


class WithoutSupport(models.TextChoices):
    """What the firm says it would have achieved without the programme."""

    SAME = "same", _("we would have won it anyway")
    LATER = "later", _("later or smaller")
    NEVER = "never", _("not at all")


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
        _("without the support"), max_length=10, blank=True, choices=WithoutSupport.choices
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

    @property
    def standing(self) -> "Standing":
        """How sure it is. Without evidence it is only stated, whoever confirmed it; reads the prefetched files."""
        if not self.files.all():  # type: ignore[attr-defined]
            return Standing.STATED
        if self.confirmed_at is None:
            return Standing.EVIDENCED
        win = getattr(self, "win", None)
        return Standing.CHECKED if win and win.accepted else Standing.CONFIRMED

    @property
    def awaits_confirmation(self) -> bool:
        return self.stage in WINS and self.confirmed_at is None


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
    """One firm's share of a wave: who was asked, and its answer."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="follow_ups")
    firm = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="follow_ups"
    )
    email = models.EmailField(_("sent to"))
    language = models.CharField(max_length=5, default="ko")
    sent_at = models.DateTimeField(_("sent"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    draft = models.JSONField(
        default=dict,
        editable=False,
        help_text=_("What was typed and not sent yet, by the names of the fields"),
    )
    draft_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("follow-up")
        ordering = ["wave", "firm"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "firm"], name="follow_up_once_per_firm_and_wave")
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.wave}"


class FollowUpLink(models.Model):
    """One mailed link. A reminder brings a new one, and the link of the first mail keeps working until its own end."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("follow-up link")
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.follow_up} {self.made_at:%Y-%m-%d}"


class Call(models.Model):
    """The desk telephoned a firm that has not answered."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="calls")
    called_at = models.DateTimeField(_("called"))
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    note = models.CharField(_("what was said"), max_length=300)

    class Meta:
        verbose_name = _("telephone call")
        ordering = ["called_at"]

    def __str__(self) -> str:
        return f"{self.follow_up} {self.called_at:%Y-%m-%d}"
