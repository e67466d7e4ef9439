"""Grants a host brings in from higher levels."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bridgehead.funding.models.budget import FundingSource
from bridgehead.kit.bilingual import Bilingual
from bridgehead.kit.money import AmountField


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
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    applied = AmountField(_("amount applied for in won"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    amount = AmountField(
        _("total budget in won"), null=True, blank=True, help_text=_("Empty where no source states it")
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received = AmountField(_("amount received in won"), null=True, blank=True)
    source = models.ForeignKey(
        FundingSource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="incoming_grants",
        verbose_name=_("funding source it became"),
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
            models.CheckConstraint(
                condition=(Q(applied__isnull=True) | Q(applied__gte=0))
                & (Q(received__isnull=True) | Q(received__gte=0)),
                name="incoming_grant_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(state="selected") | Q(received__isnull=True, source__isnull=True),
                name="incoming_grant_received_when_selected",
                violation_error_message=_("Only a selected application is received and becomes a source."),
            ),
            models.UniqueConstraint(
                fields=["host", "title_ko", "year"],
                name="incoming_grant_once_a_year",
                violation_error_message=_("This year of the grant is already there. Change that one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"
