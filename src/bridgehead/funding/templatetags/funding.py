"""Words for amounts kept as text in a computation."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

from bridgehead.kit.money import format_money

register = template.Library()


@register.filter
def won(amount: str) -> str:
    return format_money(Decimal(amount), "KRW")


@register.filter
def exchange_rate(rate: Decimal | None) -> str:
    """1711.10000000 → 1,711.1"""
    return "–" if rate is None else number_format(rate.normalize(), use_l10n=True, force_grouping=True)
