"""Export vouchers: a promise that the firm itself draws on, by booking a provider; quotes come before a booking."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from bridgehead.funding.models.budget import CostItem
from bridgehead.funding.models.providers import Service, ServiceProvider
from bridgehead.funding.models.support import SupportLine
from bridgehead.kit.clock import today
from bridgehead.kit.money import AmountField, format_money

_WHO: dict[str, Any] = {"on_delete": models.SET_NULL, "null": True, "blank": True, "related_name": "+"}


class VoucherTerms(models.Model):
    """What a programme's vouchers are worth and how long they last; awards become vouchers by it."""

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.CASCADE, related_name="voucher_terms"
    )
    cost_item = models.ForeignKey(
        CostItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("cost item of the vouchers")
    )
    value = AmountField(_("value of one voucher in won"))
    valid_days = models.PositiveSmallIntegerField(_("valid for how many days"), default=180)
    value_question = models.SlugField(
        _("question that asks for the amount"),
        blank=True,
        help_text=_(
            "Key of a question of the call. The answer becomes the voucher's value, at most the value above."
        ),
    )
    ask_at_most = models.PositiveSmallIntegerField(_("providers asked for one quote at most"), default=3)

    class Meta:
        verbose_name = _("terms of vouchers")
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="voucher_terms_value_above_zero"),
            models.CheckConstraint(
                condition=Q(ask_at_most__gte=1, valid_days__gte=1), name="voucher_terms_at_least_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.programme)


class Voucher(models.Model):
    """A support line that the firm draws on. What it still holds is what its line has committed, so the ledger says it.

    A booking moves part of that to a line of its own; what the booking does not use moves back. When the voucher ends, the
    rest is free in the budget again.
    """

    class End(models.TextChoices):
        NOT = "", pgettext_lazy("voucher", "valid")
        EXPIRED = "expired", pgettext_lazy("voucher", "expired")
        CANCELLED = "cancelled", pgettext_lazy("voucher", "cancelled")

    line = models.OneToOneField(SupportLine, on_delete=models.PROTECT, related_name="voucher")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="vouchers")
    number = models.CharField(_("voucher number"), max_length=20)
    award = models.OneToOneField(
        "calls.Award", on_delete=models.SET_NULL, null=True, blank=True, related_name="voucher"
    )
    expires_on = models.DateField(pgettext_lazy("voucher", "last day"))
    ended = models.CharField(_("state"), max_length=10, choices=End.choices, default=End.NOT, blank=True)
    end_reason = models.CharField(_("why"), max_length=300, blank=True)
    reminded_at = models.PositiveSmallIntegerField(
        null=True, editable=False, help_text="Days before the last day for which the firm was last reminded"
    )
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_WHO)
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)

    class Meta:
        verbose_name = _("voucher")
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="voucher_number_once"),
            models.CheckConstraint(
                condition=~Q(ended="cancelled") | ~Q(end_reason=""), name="voucher_cancelled_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.line.firm}"

    @property
    def value(self) -> Decimal:
        return self.line.amount

    @property
    def remaining(self) -> Decimal:
        return self.line.committed

    @property
    def used(self) -> Decimal:
        """What bookings hold or have been paid, as long as the voucher is valid."""
        return self.line.drawn

    @property
    def days_left(self) -> int:
        return (self.expires_on - self.today).days

    @property
    def today(self) -> date:
        return today(self.line.programme.zone)

    @property
    def usable(self) -> bool:
        return self.ended == self.End.NOT and self.days_left >= 0 and self.remaining > 0

    @property
    def state(self) -> str:
        """valid, used, expired or cancelled."""
        if self.ended:
            return self.ended
        return "valid" if self.remaining else "used"

    @property
    def state_label(self) -> str:
        return pgettext("voucher", "used up") if self.state == "used" else str(self.get_ended_display())

    @property
    def tone(self) -> str:
        return {"valid": "success", "used": "gray", "expired": "warning", "cancelled": "danger"}[self.state]


class QuoteRequest(models.Model):
    """What a firm wants done, asked of several providers at once."""

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="requests")
    service = models.CharField(_("service"), max_length=15, choices=Service.choices)
    description = models.TextField(_("what is to be done"), max_length=2000)
    needed_on = models.DateField(_("needed by"), null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_WHO)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_service_display()} · {self.voucher}"


class Quote(models.Model):
    """One provider's answer to a request."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("quote", "asked")
        QUOTED = "quoted", pgettext_lazy("quote", "quoted")
        DECLINED = "declined", pgettext_lazy("quote", "declined")
        BOOKED = "booked", pgettext_lazy("quote", "booked")
        CLOSED = "closed", pgettext_lazy("quote", "not chosen")

    request = models.ForeignKey(QuoteRequest, on_delete=models.CASCADE, related_name="quotes")
    provider = models.ForeignKey(ServiceProvider, on_delete=models.PROTECT, related_name="quotes")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    amount = AmountField(_("price in won, VAT included"), null=True, blank=True)
    valid_until = models.DateField(_("quote valid until"), null=True, blank=True)
    note = models.TextField(pgettext_lazy("quote", "what the price includes"), max_length=1000, blank=True)
    decline_reason = models.CharField(_("why not"), max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_WHO)
    answered_at = models.DateTimeField(pgettext_lazy("quote", "answered"), null=True, blank=True)

    class Meta:
        ordering = ["amount", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "provider"], name="quote_once_per_provider"),
            models.CheckConstraint(
                condition=~Q(state__in=["quoted", "booked"]) | Q(amount__gt=0, valid_until__isnull=False),
                name="quote_says_its_price",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {format_money(self.amount, 'KRW')}"


class Booking(models.Model):
    """A provider's work for a voucher, agreed by both sides. Its money is a support line of its own, which the provider is
    paid by; from the claim on, the state of that line says where it stands."""

    class State(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("booking", "booked")
        CONFIRMED = "confirmed", pgettext_lazy("booking", "confirmed")
        DECLINED = "declined", pgettext_lazy("booking", "declined")
        CANCELLED = "cancelled", pgettext_lazy("booking", "cancelled")
        DELIVERED = "delivered", pgettext_lazy("booking", "delivered")
        ACCEPTED = "accepted", pgettext_lazy("booking", "delivery confirmed")

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="bookings")
    provider = models.ForeignKey(ServiceProvider, on_delete=models.PROTECT, related_name="bookings")
    quote = models.OneToOneField(Quote, on_delete=models.PROTECT, related_name="booking")
    line = models.OneToOneField(SupportLine, on_delete=models.PROTECT, related_name="booking")
    service = models.CharField(_("service"), max_length=15, choices=Service.choices)
    price = AmountField(_("price in won, VAT included"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.BOOKED)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_WHO)
    booked_at = models.DateTimeField(pgettext_lazy("voucher", "booked"), auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_WHO)
    delivery_note = models.TextField(_("what was delivered"), max_length=1000, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_WHO)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("booking")
        ordering = ["-booked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gt=0), name="booking_price_above_zero"),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "cancelled"]) | ~Q(reason=""),
                name="booking_ends_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["delivered", "accepted"]) | Q(delivered_on__isnull=False),
                name="booking_delivered_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | Q(delivered_by__isnull=True)
                | Q(accepted_by__isnull=True)
                | ~Q(delivered_by=models.F("accepted_by")),
                name="booking_accepted_by_the_other_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} · {self.get_service_display()} · {format_money(self.price, 'KRW')}"

    @property
    def covered(self) -> Decimal:
        """What the voucher pays: of the price first, later of the invoice and of the approval."""
        return self.line.amount

    @property
    def own_share(self) -> Decimal:
        """What the firm pays the provider itself."""
        whole = self.line.receipt_amount if self.line.receipt_amount else self.price
        return max(whole - self.covered, Decimal(0))

    @property
    def claimed(self) -> bool:
        return self.line.state not in {SupportLine.State.PROMISED, SupportLine.State.RELEASED}

    @property
    def stage(self) -> str:
        """The booking's own state until the provider claims; then the state of the money."""
        return self.line.state if self.claimed else self.state

    @property
    def stage_label(self) -> str:
        return str(self.line.get_state_display() if self.claimed else self.get_state_display())

    @property
    def tone(self) -> str:
        return self.line.tone if self.claimed else _TONES[self.State(self.state)]


_TONES = {
    Booking.State.BOOKED: "warning",
    Booking.State.CONFIRMED: "info",
    Booking.State.DECLINED: "danger",
    Booking.State.CANCELLED: "gray",
    Booking.State.DELIVERED: "warning",
    Booking.State.ACCEPTED: "info",
}
