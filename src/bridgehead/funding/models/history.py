"""Settlements of earlier years, taken over from a workbook. They are remembered, never booked."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.funding.models.budget import CostItem
from bridgehead.kit.money import AmountField


class PastSettlement(models.Model):
    """One workbook that was taken over: which file, by whom, when."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="past_settlements"
    )
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    imported_at = models.DateTimeField(pgettext_lazy("past settlement", "imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("imported settlement")
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class PastLine(models.Model):
    """One row of an imported settlement, in the columns of the national subsidy ledger.

    It has no ledger entry, so it moves no ceiling, no budget and no source; the search for double support knows it.
    """

    settlement = models.ForeignKey(PastSettlement, on_delete=models.PROTECT, related_name="lines")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="past_lines")
    firm = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="past_lines"
    )
    cost_item = models.ForeignKey(
        CostItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="past_lines"
    )
    row = models.PositiveIntegerField(_("row in the file"))
    project = models.CharField(pgettext_lazy("national ledger", "Programme"), max_length=200, blank=True)
    item = models.CharField(pgettext_lazy("national ledger", "Cost item"), max_length=120)
    supplier = models.CharField(pgettext_lazy("national ledger", "Paid to"), max_length=200)
    on = models.DateField(pgettext_lazy("national ledger", "Date"))
    supply = AmountField(pgettext_lazy("national ledger", "Supply value"))
    vat = AmountField(pgettext_lazy("national ledger", "VAT"))
    total = AmountField(pgettext_lazy("national ledger", "Total"))
    evidence = models.CharField(pgettext_lazy("national ledger", "Evidence"), max_length=200, blank=True)
    key = models.CharField(max_length=240, editable=False, help_text="rules.past_key: the same row again")
    supplier_key = models.CharField(max_length=200, editable=False, help_text="rules.folded(supplier)")

    class Meta:
        verbose_name = _("imported line")
        ordering = ["on", "row", "pk"]
        indexes = [models.Index(fields=["supplier_key", "on", "total"], name="past_line_by_receipt")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="past_line_once"),
            models.CheckConstraint(
                condition=Q(supply__gte=0, vat__gte=0, total=models.F("supply") + models.F("vat")),
                name="past_line_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.on}"
