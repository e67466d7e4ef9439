"""Template words every room uses."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.urls import translate_url

from bridgehead.kit.clock import with_zone
from bridgehead.kit.countries import country_name
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
def country(code: str) -> str:
    return country_name(code)


@register.filter
def business_number(value: str) -> str:
    return format_business_number(value)


@register.simple_tag(takes_context=True)
def this_page_in(context: dict[str, Any], language: str) -> str:
    """The address of the page being shown, in another language."""
    request: HttpRequest | None = context.get("request")
    return translate_url(request.get_full_path(), language) if request else f"/{language}/"


@register.filter
def elided(paginator: Paginator, number: int) -> Iterator[int | str]:
    """Page numbers around the current one, with "…" where some are left out."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def page_link(context: dict[str, Any], number: int, parameter: str = "page") -> str:
    """The query string of another page of the same list, with search and filters kept."""
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def split_words(text: str) -> list[str]:
    """A list written in a template: "small medium large"."""
    return text.split()
