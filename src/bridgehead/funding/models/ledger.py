"""Every movement of money, append-only. What any balance says is the sum of these rows, and the database sees to it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.funding.models.budget import BudgetTransfer, CostItem, FundingSource
from bridgehead.funding.models.support import FirmAccount, SupportLine
from bridgehead.kit.money import AmountField, format_money


class LedgerEntry(models.Model):
    """What one event adds to the budget of a cost item, to what is committed and to what is spent; minus takes away.

    Never changed and never removed: the triggers of `funding.guards` refuse both, and carry each entry into the balances
    of its account, cost item, source and line. A correction is another entry, the reversal.
    """

    class Kind(models.TextChoices):
        BUDGET = "budget", _("budget set")
        TRANSFER = "transfer", _("transfer between cost items")
        PROMISE = "promise", pgettext_lazy("ledger", "promise")
        CHANGE = "change", _("amount of the claim fixed")
        APPROVAL = "approval", pgettext_lazy("ledger", "approval")
        PAYMENT = "payment", pgettext_lazy("ledger", "payment")
        IN_KIND = "in_kind", pgettext_lazy("ledger", "given in kind")
        RELEASE = "release", pgettext_lazy("ledger", "released")
        DRAWN = "drawn", pgettext_lazy("ledger", "drawn from the voucher")
        REVERSAL = "reversal", pgettext_lazy("ledger", "reversal")

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="ledger_entries"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    cost_item = models.ForeignKey(CostItem, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(
        FirmAccount, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    line = models.ForeignKey(
        SupportLine, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    source = models.ForeignKey(
        FundingSource, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    transfer = models.ForeignKey(
        BudgetTransfer, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    budget = AmountField(_("budget"), signed=True, default=Decimal(0))
    committed = AmountField(_("committed"), signed=True, default=Decimal(0))
    spent = AmountField(_("spent"), signed=True, default=Decimal(0))
    on = models.DateField(_("booked on"))
    reason = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(pgettext_lazy("ledger", "written"), auto_now_add=True)

    class Meta:
        verbose_name = _("ledger entry")
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["programme", "on"], name="ledger_by_programme")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(budget=0, committed=0, spent=0), name="ledger_entry_moves_something"
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=True, account__isnull=True, committed=0, spent=0)
                | Q(line__isnull=False, account__isnull=False, budget=0),
                name="ledger_entry_is_of_the_budget_or_of_a_line",
            ),
            models.CheckConstraint(
                condition=Q(spent__gte=0) | Q(reverses__isnull=False),
                name="ledger_entry_takes_back_by_reversal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()} {format_money(self.moved, 'KRW')}"

    @property
    def moved(self) -> Decimal:
        """The figure of the row: what was spent, else what was committed, else what the budget gained."""
        return self.spent or self.committed or self.budget
