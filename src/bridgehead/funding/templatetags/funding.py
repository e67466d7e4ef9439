"""Words for amounts kept as text in a computation."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

from bridgehead.funding import queries
from bridgehead.funding.models import SupportLine
from bridgehead.kit.money import format_money

register = template.Library()


@register.filter
def won(amount: str) -> str:
    return format_money(Decimal(amount), "KRW")


@register.filter
def exchange_rate(rate: Decimal | None) -> str:
    """1711.10000000 → 1,711.1"""
    return "–" if rate is None else number_format(rate.normalize(), use_l10n=True, force_grouping=True)


@register.filter
def rest(line: SupportLine) -> Decimal:
    """What of the receipt is not supported."""
    return Decimal(line.computation.get("converted", line.amount)) - line.amount


@register.filter
def bearer(line: SupportLine) -> str:
    """Who bears the rest, by the terms in force on the day of the receipt."""
    terms = queries.terms_on(line.cost_item, line.receipt_on) if line.receipt_on else line.cost_item
    return str(terms.get_rest_borne_by_display())
