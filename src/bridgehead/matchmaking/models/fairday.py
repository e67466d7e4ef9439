"""What happens during the fair, and who interprets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bridgehead.kit.money import AmountField
from bridgehead.matchmaking.models.forums import Forum, Slot
from bridgehead.matchmaking.models.parties import Party


class CheckIn(models.Model):
    """A party has arrived on a day of the fair."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="check_ins")
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("arrived at"))

    class Meta:
        verbose_name = _("check-in")
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["party", "day"], name="check_in_once_a_day")]

    def __str__(self) -> str:
        return f"{self.party} {self.day}"


class Interpreter(models.Model):
    """Somebody who interprets at a forum: between Korean and `languages`, in the slots that are not `unavailable`, at most
    `rest_after` meetings in a row. What is paid per meeting is promised to firms in kind from `cost_item`."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="interpreters")
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("email address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    unavailable = models.ManyToManyField(Slot, blank=True, related_name="+")
    rest_after = models.PositiveSmallIntegerField(_("meetings in a row before a rest"), null=True, blank=True)
    fee = AmountField(_("cost of a meeting in won"), null=True, blank=True)
    cost_item = models.ForeignKey(
        "funding.CostItem",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cost item"),
    )
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    link_expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("interpreter")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
