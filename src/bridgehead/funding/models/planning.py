"""When the budget is meant to be spent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bridgehead.funding.models.budget import CostItem
from bridgehead.kit.money import AmountField


class PlannedSpending(models.Model):
    """What is meant to be spent of a cost item in one month; `month` is its first day."""

    cost_item = models.ForeignKey(CostItem, on_delete=models.CASCADE, related_name="planned")
    month = models.DateField(_("month"))
    amount = AmountField(_("amount in won"))

    class Meta:
        verbose_name = _("planned spending")
        ordering = ["cost_item", "month"]
        constraints = [
            models.UniqueConstraint(fields=["cost_item", "month"], name="planned_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="planned_for_a_month"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="planned_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.cost_item} {self.month:%Y-%m}"
