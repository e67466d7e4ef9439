"""What a programme may spend: its sources, cost items with their terms, ceilings per firm, transfers."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.bilingual import Bilingual
from bridgehead.kit.money import AmountField, format_money


class FundingSource(models.Model):
    """One payer's share of a programme's budget, in won."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("National")
        PROVINCE = "province", pgettext_lazy("budget", "Province")
        CITY = "city", pgettext_lazy("budget", "City or district")
        OWN = "own", _("Own share of firms")
        OTHER = "other", _("Other")

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="funding_sources"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name_ko = models.CharField(_("name in Korean"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    amount = AmountField(_("amount in won"))
    order = models.PositiveSmallIntegerField(
        _("drawn in this order"), default=1, help_text=_("Payments take from the lowest number first")
    )
    spent = AmountField(_("spent"), default=Decimal(0), editable=False)

    name = Bilingual("name")

    class Meta:
        verbose_name = _("funding source")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_source_not_negative"),
            models.CheckConstraint(
                condition=Q(spent__gte=0) & Q(spent__lte=F("amount")),
                name="funding_source_not_overdrawn",
                violation_error_message=_("More than this has already been paid out of the source."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> Decimal:
        return self.amount - self.spent


class Terms(models.Model):
    """How much of a cost is borne: by share, up to a cap, or by the unit."""

    class Unit(models.TextChoices):
        NONE = "", _("none")
        CBM = "cbm", _("cubic metre (CBM)")
        DAY = "day", pgettext_lazy("unit", "day")
        PIECE = "piece", pgettext_lazy("unit", "piece")
        PAGE = "page", pgettext_lazy("unit", "page")

    class Bearer(models.TextChoices):
        FIRM = "firm", pgettext_lazy("bearer", "the firm")
        HOST = "host", pgettext_lazy("bearer", "the host")
        PARTNER = "partner", pgettext_lazy("bearer", "a partner")

    class Document(models.TextChoices):
        """What a claim may have to bring beside its receipt or invoice; of these two, one is always enough."""

        TRANSFER = "transfer", _("Proof of the bank transfer")
        CONTRACT = "contract", _("Contract or order")
        QUOTES = "quotes", _("Quotes of two suppliers")
        WAYBILL = "waybill", _("Bill of lading or air waybill")
        PHOTOS = "photos", _("Photo of what was done")
        BOARDING = "boarding", _("Boarding pass")

    rate = models.DecimalField(_("share supported (%)"), max_digits=5, decimal_places=2, default=Decimal(100))
    cap = AmountField(_("cap per firm in won"), null=True, blank=True)
    unit = models.CharField(
        _("counted in"), max_length=5, choices=Unit.choices, default=Unit.NONE, blank=True
    )
    unit_price = AmountField(_("at most per unit in won"), null=True, blank=True)
    metres_per_unit = models.DecimalField(
        _("square metres of stand for one unit"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    kilograms_per_unit = models.DecimalField(
        _("kilograms by air that count as one unit"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    documents = models.CharField(
        _("about the documents"),
        max_length=300,
        blank=True,
        help_text=_("Shown beside the list, such as which form of a contract is taken"),
    )
    required_documents = models.JSONField(
        _("documents required"), default=list, blank=True, help_text="Keys of Terms.Document"
    )
    rest_borne_by = models.CharField(
        _("who bears the rest"), max_length=8, choices=Bearer.choices, default=Bearer.FIRM
    )

    class Meta:
        abstract = True


class CostItem(Terms):
    """A kind of cost a programme supports: a line of its budget, with the rule of support.

    Its own terms hold from the beginning; a SupportRule replaces them from its day on. `budget`, `committed` and `spent` are sums of ledger entries; only the database's triggers write them.
    """

    class Mode(models.TextChoices):
        CASH = "cash", _("reimbursed in cash")
        IN_KIND = "in_kind", _("provided in kind")
        VOUCHER = "voucher", _("by voucher")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="cost_items")
    code = models.SlugField(
        _("code"),
        max_length=20,
        help_text=_("booth, fitout, freight, interpretation, publicity, insurance, stay …"),
    )
    name_ko = models.CharField(_("name in Korean"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    mode = models.CharField(_("kind of support"), max_length=8, choices=Mode.choices, default=Mode.CASH)
    budget = AmountField(_("budget in won"), default=Decimal(0))
    committed = AmountField(_("committed"), default=Decimal(0), editable=False)
    spent = AmountField(_("spent"), default=Decimal(0), editable=False)
    drawn_in_proportion = models.BooleanField(
        _("paid by all sources in proportion"),
        default=False,
        help_text=_("Otherwise payments take from the sources in their order"),
    )
    retired = models.BooleanField(default=False, editable=False)

    name = Bilingual("name")

    class Meta:
        verbose_name = _("cost item")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                condition=Q(retired=False),
                name="cost_item_once_per_programme",
                violation_error_message=_("This programme already has a cost item with this code."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0) & Q(rate__lte=100), name="cost_item_rate_in_percent"
            ),
            models.CheckConstraint(
                condition=Q(committed__gte=0) & Q(spent__gte=0), name="cost_item_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(budget__gte=F("committed") + F("spent")),
                name="cost_item_within_budget",
                violation_error_message=_("More than this budget is already committed and spent."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> Decimal:
        return self.budget - self.committed - self.spent


class SupportRule(Terms):
    """Terms of a cost item from a day on. What was true on the day of a receipt counts for it; earlier terms stay."""

    cost_item = models.ForeignKey(CostItem, on_delete=models.CASCADE, related_name="rules")
    effective_from = models.DateField(_("in force from"))
    reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("support rule")
        ordering = ["cost_item", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["cost_item", "effective_from"],
                name="support_rule_once_per_day",
                violation_error_message=_("There is already a rule from this day. Change that one."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0) & Q(rate__lte=100), name="support_rule_rate_in_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cost_item} · {self.effective_from}"


class MoneyTerms(models.Model):
    """How a programme handles claims. Without a row: nothing beyond the second pair of eyes every claim has."""

    class Unchecked(models.TextChoices):
        WARN = "warn", _("say so, and go on")
        BLOCK = "block", _("no approval before the checks")

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.CASCADE, related_name="money_terms"
    )
    two_approvals_from = AmountField(
        _("two approvals from this amount in won"), null=True, blank=True, help_text=_("Empty: one is enough")
    )
    settle_within = models.PositiveSmallIntegerField(_("days to settle a claim"), default=15)
    costs_from = models.DateField(_("receipts from"), null=True, blank=True)
    costs_until = models.DateField(_("receipts until"), null=True, blank=True)
    claims_close_on = models.DateField(_("last day for claims"), null=True, blank=True)
    claims_without_promise = models.BooleanField(_("firms may claim what nobody promised"), default=False)
    unchecked_firms = models.CharField(
        _("firms whose taxes and account were not checked at selection"),
        max_length=5,
        choices=Unchecked.choices,
        default=Unchecked.WARN,
    )

    class Meta:
        verbose_name = _("terms of claims")

    def __str__(self) -> str:
        return str(self.programme)


class Ceiling(models.Model):
    """The most one firm may receive in a programme, from a date on. Earlier ceilings stay as history."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="ceilings")
    amount = AmountField(_("ceiling per firm in won"))
    effective_from = models.DateField(_("in force from"))
    reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ceiling")
        ordering = ["effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "effective_from"],
                name="ceiling_once_per_day",
                violation_error_message=_("There is already a ceiling from this day. Change that one."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="ceiling_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{format_money(self.amount, 'KRW')} ({self.effective_from})"


class BudgetTransfer(models.Model):
    """Budget asked to be moved from one cost item to another; moved when a second person approves."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for approval")
        APPROVED = "approved", pgettext_lazy("transfer", "approved")
        DECLINED = "declined", pgettext_lazy("transfer", "declined")

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="budget_transfers"
    )
    from_item = models.ForeignKey(
        CostItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("from the cost item")
    )
    to_item = models.ForeignKey(
        CostItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("to the cost item")
    )
    amount = AmountField(_("amount in won"))
    reason = models.CharField(_("why"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("why declined"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("budget transfer")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_transfer_above_zero"),
            models.CheckConstraint(
                condition=~Q(from_item=F("to_item")),
                name="budget_transfer_between_two",
                violation_error_message=_("Choose two different cost items."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(asked_by__isnull=True)
                | ~Q(decided_by=F("asked_by")),
                name="budget_transfer_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_item} → {self.to_item} · {format_money(self.amount, 'KRW')}"
