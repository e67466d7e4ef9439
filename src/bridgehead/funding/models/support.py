"""What each firm may still receive, and each piece of support it has."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.funding.models.budget import CostItem
from bridgehead.kit.money import AmountField, CurrencyField, format_money


class FirmAccount(models.Model):
    """A firm's balance in a programme. The database itself refuses more than the ceiling (see the constraint).

    `committed` and `spent` are sums of ledger entries, written by the database's triggers (`funding.guards`); an action
    locks the account while it decides.
    """

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="firm_accounts"
    )
    firm = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="firm_accounts"
    )
    ceiling = AmountField(_("ceiling"), null=True, help_text=_("Empty where the programme sets none"))
    committed = AmountField(_("committed"), default=Decimal(0))
    spent = AmountField(_("spent"), default=Decimal(0))

    class Meta:
        ordering = ["programme", "firm"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "firm"], name="firm_account_once"),
            models.CheckConstraint(
                condition=Q(committed__gte=0) & Q(spent__gte=0), name="firm_account_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(ceiling__gte=F("committed") + F("spent")), name="firm_account_within_ceiling"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.programme}"

    @property
    def used(self) -> Decimal:
        return self.committed + self.spent

    @property
    def left(self) -> Decimal | None:
        """What may still be promised; None where the programme sets no ceiling."""
        return None if self.ceiling is None else self.ceiling - self.used


class SupportLine(models.Model):
    """One piece of support to one firm on one cost item: promised, claimed, approved, then paid or given in kind.

    A claim may also come without a promise; then it commits nothing until it is approved. Moves are in `rules.MOVES`; the
    only writer of the state is `actions.move_line`. `committed` and `paid` are sums of the line's ledger entries.
    """

    class State(models.TextChoices):
        PROMISED = "promised", _("promised")
        CLAIMED = "claimed", _("claimed")
        RETURNED = "returned", pgettext_lazy("support line", "sent back")
        APPROVED = "approved", _("approved")
        PAID = "paid", pgettext_lazy("support line", "paid")
        GIVEN = "given", _("given in kind")
        REFUSED = "refused", _("refused")
        REVERSED = "reversed", pgettext_lazy("support line", "reversed")
        RELEASED = "released", pgettext_lazy("support line", "given back")

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="support_lines"
    )
    firm = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="support_lines"
    )
    cost_item = models.ForeignKey(CostItem, on_delete=models.PROTECT, related_name="support_lines")
    mode = models.CharField(_("kind of support"), max_length=8, choices=CostItem.Mode.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROMISED)
    amount = AmountField(_("amount in won"), help_text=_("What counts against the ceiling"))
    promised = AmountField(_("promised"), default=Decimal(0))
    approved = AmountField(_("approved amount"), null=True, blank=True)
    committed = AmountField(_("committed"), default=Decimal(0), editable=False)
    paid = AmountField(_("paid or given"), default=Decimal(0), editable=False)
    drawn = AmountField(
        default=Decimal(0),
        editable=False,
        help_text="What the lines drawn from this one weigh: a voucher's bookings",
    )
    drawn_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="drawings"
    )
    payee = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("paid to"),
        help_text=_("Empty where the firm itself is paid"),
    )
    cost_code = models.SlugField(
        max_length=20,
        blank=True,
        editable=False,
        help_text="The kind of cost, where the cost item does not say it",
    )
    description = models.CharField(_("for what"), max_length=200, blank=True)
    receipt_number = models.CharField(pgettext_lazy("payment", "receipt number"), max_length=60, blank=True)
    receipt_issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    receipt_on = models.DateField(_("receipt date"), null=True, blank=True)
    receipt_amount = AmountField(_("amount on the receipt"), null=True, blank=True)
    receipt_currency = CurrencyField(_("currency"), default="KRW")
    rate = models.DecimalField(_("exchange rate"), max_digits=18, decimal_places=8, null=True, blank=True)
    rate_on = models.DateField(_("rate of"), null=True, blank=True)
    receipt = models.ForeignKey(
        "questions.Attachment", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    papers = models.JSONField(
        default=dict, blank=True, help_text="Terms.Document → id of the attachment, beside the receipt"
    )
    receipt_key = models.CharField(
        max_length=240,
        blank=True,
        editable=False,
        help_text="rules.receipt_key: how one receipt is known again",
    )
    computation = models.JSONField(
        default=dict, blank=True, help_text="How `amount` followed from the receipt (rules.Computation)"
    )
    receipt_vat = AmountField(_("of which VAT"), null=True, blank=True)
    area = models.DecimalField(_("stand in m²"), max_digits=7, decimal_places=2, null=True, blank=True)
    quantity = models.DecimalField(_("units claimed"), max_digits=9, decimal_places=3, null=True, blank=True)
    overlap_note = models.TextField(_("why it is no double support"), blank=True)
    overlap_keys = models.JSONField(
        default=list, blank=True, help_text="Keys of the findings (queries.Overlap) that the note overrules"
    )
    overlap_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    overlap_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    refusal_reason = models.TextField(_("why refused"), blank=True)
    reduction_reason = models.TextField(_("why not all of it"), blank=True)
    return_note = models.TextField(_("what is to be mended"), blank=True)
    returned_fields = models.JSONField(default=list, blank=True, help_text="Names of the fields marked")
    reversal_reason = models.TextField(_("why reversed"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    endorsed_at = models.DateTimeField(_("first approval"), null=True, blank=True)
    due_on = models.DateField(_("to be settled by"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    settled_on = models.DateField(_("paid or given on"), null=True, blank=True)

    class Meta:
        verbose_name = _("support line")
        ordering = ["firm", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="support_line_above_zero"),
            models.CheckConstraint(
                condition=Q(drawn__gte=0) & Q(drawn__lte=F("amount")), name="support_line_drawn_within_amount"
            ),
            models.UniqueConstraint(
                fields=["receipt_key"],
                condition=~Q(receipt_key="") & ~Q(state__in=["refused", "reversed"]),
                name="receipt_used_once",
            ),
            models.CheckConstraint(
                condition=Q(committed__gte=0)
                & (Q(paid=0) | Q(approved__isnull=False, paid__gt=0, paid__lte=F("approved"))),
                name="support_line_paid_within_approval",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paid", "given"]) | Q(settled_on__isnull=False),
                name="support_line_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(state="paid") & Q(mode__in=["cash", "voucher"]))
                | (Q(state="given") & Q(mode="in_kind"))
                | ~Q(state__in=["paid", "given"]),
                name="support_line_settled_as_promised",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (
                    (Q(recorded_by__isnull=True) | ~Q(recorded_by=F("approved_by")))
                    & (Q(claimed_by__isnull=True) | ~Q(claimed_by=F("approved_by")))
                ),
                name="support_line_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(endorsed_by__isnull=True)
                | ~Q(endorsed_by=F("approved_by")),
                name="support_line_approved_by_two",
            ),
            models.CheckConstraint(
                condition=Q(overlap_confirmed_by__isnull=True)
                | Q(overlap_asked_by__isnull=True)
                | ~Q(overlap_asked_by=F("overlap_confirmed_by")),
                name="support_line_overlap_overruled_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.cost_item} · {format_money(self.amount, 'KRW')}"

    @property
    def tone(self) -> str:
        """The colour of the state's badge."""
        return _TONES[self.State(self.state)]


class FirmCheck(models.Model):
    """What was looked up about a firm before it was selected, and again before each payment."""

    class Kind(models.TextChoices):
        NATIONAL_TAX = "national_tax", _("No arrears of national tax")
        LOCAL_TAX = "local_tax", _("No arrears of local tax")
        ACCOUNT = "account", _("The bank account is in the firm's name")

    class Stage(models.TextChoices):
        SELECTION = "selection", _("at selection")
        PAYMENT = "payment", _("before payment")

    account = models.ForeignKey(FirmAccount, on_delete=models.CASCADE, related_name="checks")
    line = models.ForeignKey(
        SupportLine, on_delete=models.CASCADE, null=True, blank=True, related_name="checks"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked"), auto_now_add=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        ordering = ["checked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="selection", line__isnull=True) | Q(stage="payment", line__isnull=False),
                name="firm_check_before_payment_names_its_line",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ReceiptPrint(models.Model):
    """How the file of a receipt is known again: the same bytes by SHA-256, nearly the same photo by its perceptual hash.

    Two 64-bit hashes that differ in at most seven bits have at least one equal byte, so that eight indexed bytes find every
    candidate without reading all hashes.
    """

    line = models.OneToOneField(SupportLine, on_delete=models.CASCADE, related_name="print")
    sha256 = models.CharField(max_length=64, db_index=True)
    perceptual = models.CharField(max_length=16, blank=True, help_text="64 bits in hexadecimal; photos only")
    byte0, byte1, byte2, byte3, byte4, byte5, byte6, byte7 = (
        models.PositiveSmallIntegerField(null=True, db_index=True) for _number in range(8)
    )

    def __str__(self) -> str:
        return self.sha256[:12]


_TONES = {
    SupportLine.State.RETURNED: "warning",
    SupportLine.State.REVERSED: "danger",
    SupportLine.State.PROMISED: "gray",
    SupportLine.State.CLAIMED: "warning",
    SupportLine.State.APPROVED: "info",
    SupportLine.State.PAID: "success",
    SupportLine.State.GIVEN: "success",
    SupportLine.State.REFUSED: "danger",
    SupportLine.State.RELEASED: "gray",
}
