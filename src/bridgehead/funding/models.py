"""What a programme may spend, what a firm may receive, and what each firm has received."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.kit.bilingual import Bilingual
from bridgehead.kit.money import AmountField, CurrencyField, format_money


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

    name = Bilingual("name")

    class Meta:
        verbose_name = _("funding source")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="funding_source_not_negative")]

    def __str__(self) -> str:
        return self.name


class CostItem(models.Model):
    """A kind of cost a programme supports, with its rule and its share of the budget."""

    class Mode(models.TextChoices):
        CASH = "cash", _("reimbursed in cash")
        IN_KIND = "in_kind", _("provided in kind")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="cost_items")
    code = models.SlugField(
        _("code"),
        max_length=20,
        help_text=_("booth, fitout, freight, interpretation, publicity, insurance, stay …"),
    )
    name_ko = models.CharField(_("name in Korean"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    mode = models.CharField(_("kind of support"), max_length=8, choices=Mode.choices, default=Mode.CASH)
    rate = models.DecimalField(_("share supported (%)"), max_digits=5, decimal_places=2, default=Decimal(100))
    cap = AmountField(_("cap per firm in won"), null=True, blank=True)
    budget = AmountField(_("budget in won"), default=Decimal(0))

    name = Bilingual("name")

    class Meta:
        verbose_name = _("cost item")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"],
                name="cost_item_once_per_programme",
                violation_error_message=_("This programme already has a cost item with this code."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0) & Q(rate__lte=100), name="cost_item_rate_in_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


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


class FirmAccount(models.Model):
    """A firm's balance in a programme. The database itself refuses more than the ceiling (see the constraint).

    Written only together with the support lines it sums up; locked while they change.
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

    Its moves are in `rules.MOVES`; the only writer is `actions.move_line`.
    """

    class State(models.TextChoices):
        PROMISED = "promised", _("promised")
        CLAIMED = "claimed", _("claimed")
        APPROVED = "approved", _("approved")
        PAID = "paid", pgettext_lazy("support line", "paid")
        GIVEN = "given", _("given in kind")
        REFUSED = "refused", _("refused")

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
    receipt_key = models.CharField(
        max_length=240,
        blank=True,
        editable=False,
        help_text="rules.receipt_key: how one receipt is known again",
    )
    computation = models.JSONField(
        default=dict, blank=True, help_text="How `amount` followed from the receipt (rules.Computation)"
    )
    overlap_note = models.TextField(_("why it is no double support"), blank=True)
    overlap_hosts = models.JSONField(
        default=list, blank=True, help_text="Slugs of the hosts whose overlap the note overrules"
    )
    refusal_reason = models.TextField(_("why refused"), blank=True)
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
    settled_on = models.DateField(_("paid or given on"), null=True, blank=True)

    class Meta:
        verbose_name = _("support line")
        ordering = ["firm", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="support_line_above_zero"),
            models.UniqueConstraint(
                fields=["receipt_key"],
                condition=~Q(receipt_key="") & ~Q(state="refused"),
                name="receipt_used_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paid", "given"]) | Q(settled_on__isnull=False),
                name="support_line_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(state="paid") & Q(mode="cash"))
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
        ]

    def __str__(self) -> str:
        return f"{self.firm} · {self.cost_item} · {format_money(self.amount, 'KRW')}"

    @property
    def tone(self) -> str:
        """The colour of the state's badge."""
        return _TONES[self.State(self.state)]


_TONES = {
    SupportLine.State.PROMISED: "gray",
    SupportLine.State.CLAIMED: "warning",
    SupportLine.State.APPROVED: "info",
    SupportLine.State.PAID: "success",
    SupportLine.State.GIVEN: "success",
    SupportLine.State.REFUSED: "danger",
}


class IncomingGrant(models.Model):
    """A grant a host applied for at a higher level, year after year (Iksan: selected every year since 2021)."""

    class State(models.TextChoices):
        APPLIED = "applied", _("applied")
        SELECTED = "selected", _("selected")
        DECLINED = "declined", _("not selected")

    host = models.ForeignKey("organisations.Host", on_delete=models.CASCADE, related_name="incoming_grants")
    programme = models.ForeignKey(
        "programmes.Programme",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="incoming_grants",
    )
    title_ko = models.CharField(pgettext_lazy("grant", "title in Korean"), max_length=200)
    title_en = models.CharField(pgettext_lazy("grant", "title in English"), max_length=200, blank=True)
    granting_body_ko = models.CharField(_("granting body in Korean"), max_length=200)
    granting_body_en = models.CharField(_("granting body in English"), max_length=200, blank=True)
    year = models.PositiveIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    amount = AmountField(
        _("total budget in won"), null=True, blank=True, help_text=_("Empty where no source states it")
    )
    source_words = models.CharField(_("in these words"), max_length=300, blank=True)

    title = Bilingual("title")
    granting_body = Bilingual("granting_body")

    class Meta:
        verbose_name = _("incoming grant")
        ordering = ["host", "-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="incoming_grant_not_negative"
            ),
            models.UniqueConstraint(
                fields=["host", "title_ko", "year"],
                name="incoming_grant_once_a_year",
                violation_error_message=_("This year of the grant is already there. Change that one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"
