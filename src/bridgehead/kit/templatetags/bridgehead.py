"""Template words every room uses."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import translate_url

from bridgehead.kit.clock import with_zone
from bridgehead.kit.money import format_money
from bridgehead.kit.validators import format_business_number

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    return format_money(amount, currency)


@register.filter
def zoned(moment: datetime | None, zone: str = "Asia/Seoul") -> str:
    return with_zone(moment, zone) if moment else "–"


@register.filter
def business_number(value: str) -> str:
    return format_business_number(value)


@register.simple_tag(takes_context=True)
def this_page_in(context: dict[str, Any], language: str) -> str:
    """The address of the page being shown, in another language."""
    request: HttpRequest | None = context.get("request")
    return translate_url(request.get_full_path(), language) if request else f"/{language}/"
