"""The buyers' directory: who keeps a buyer's details, who else may see them, files taken in, doubles merged."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bridgehead.matchmaking.models.parties import Party


class BuyerRecord(models.Model):
    """A buyer in the directory. Its host sees it; other hosts once the buyer agreed, in the words kept here."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="buyer_record"
    )
    host = models.ForeignKey("organisations.Host", on_delete=models.PROTECT, related_name="buyer_records")
    interest = models.TextField(_("looking for"), blank=True)
    shared_at = models.DateTimeField(_("agreed to be shared"), null=True, blank=True)
    shared_words = models.TextField(_("the words agreed to"), blank=True)
    merged_into = models.ForeignKey(
        "organisations.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("buyer in the directory")
        ordering = ["organisation__name_en", "organisation__name_ko", "pk"]

    def __str__(self) -> str:
        return str(self.organisation)


class BuyerMerge(models.Model):
    """Two entries that were the same buyer. `moved` says which rows were taken over (model → keys), so that it can be undone."""

    kept = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey("organisations.Host", on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    filled = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("merged buyers")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class BuyerFile(models.Model):
    """An uploaded file, looked at before it is imported."""

    host = models.ForeignKey("organisations.Host", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of buyers")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Hosting(models.Model):
    """What a buyer is offered for coming, whether it accepted, and what was given. Meetings promised are the party's own."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered, not answered")
        ACCEPTED = "accepted", _("accepted by the buyer")
        DECLINED = "declined", _("not accepted")

    party = models.OneToOneField(Party, on_delete=models.CASCADE, related_name="hosting")
    travel = models.CharField(_("travel"), max_length=200, blank=True)
    nights = models.PositiveSmallIntegerField(_("nights in a hotel"), default=0)
    must_attend = models.PositiveSmallIntegerField(_("meetings the buyer has to come to"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    travel_given = models.BooleanField(_("travel was given"), default=False)
    nights_given = models.PositiveSmallIntegerField(_("nights given"), default=0)

    class Meta:
        verbose_name = _("hosted-buyer conditions")

    def __str__(self) -> str:
        return str(self.party)
