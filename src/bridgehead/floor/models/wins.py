"""What makes a win more than a statement: evidence at each stage, the firm's own words, and a second pair of eyes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.floor.models.ladder import StageRecord
from bridgehead.kit.money import AmountField


class EvidenceFile(models.Model):
    """A contract, invoice, export declaration, remittance or photo that shows a stage was reached."""

    record = models.ForeignKey(StageRecord, on_delete=models.CASCADE, related_name="files")
    attachment = models.OneToOneField("questions.Attachment", on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.attachment)


class Win(models.Model):
    """What the firm said when it confirmed a win, and what the second line found."""

    class Share(models.TextChoices):
        ALL = "all", _("all of it")
        MOST = "most", _("more than half")
        SOME = "some", _("less than half")
        NONE = "none", _("nothing")

    class Help(models.TextChoices):
        DECISIVE = "decisive", _("it decided the matter")
        MUCH = "much", _("it helped much")
        LITTLE = "little", _("it helped a little")
        NOT = "not", _("it did not help")

    class Publish(models.TextChoices):
        NAMED = "named", _("yes, with our name")
        UNNAMED = "unnamed", _("yes, without our name")
        NO = "no", pgettext_lazy("publish", "no")

    record = models.OneToOneField(StageRecord, on_delete=models.CASCADE, related_name="win")
    share = models.CharField(_("without the support, of this value"), max_length=8, choices=Share.choices)
    help = models.CharField(_("how much the support helped"), max_length=8, choices=Help.choices)
    publish = models.CharField(_("may be published"), max_length=8, choices=Publish.choices)
    checked_at = models.DateTimeField(pgettext_lazy("win", "checked"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    accepted = models.BooleanField(default=False)
    check_note = models.CharField(_("what the check found"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("win")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(checked_at__isnull=False), name="win_accepted_is_checked"
            )
        ]

    def __str__(self) -> str:
        return str(self.record)


class WinYear(models.Model):
    """The value of a win in one year, in the currency of its stage; the first year is that of the stage."""

    win = models.ForeignKey(Win, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    amount = AmountField(pgettext_lazy("win", "value"))

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["win", "year"], name="win_year_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="win_year_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.win} {self.year}"


class WinLink(models.Model):
    """A mailed link by which a firm confirms a win without signing in. After its end it only brings a fresh one."""

    record = models.ForeignKey(StageRecord, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("sent to"))
    language = models.CharField(max_length=5, default="ko")
    made_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("confirmation link")
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.record} {self.made_at:%Y-%m-%d}"
