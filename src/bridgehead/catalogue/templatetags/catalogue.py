"""How products are shown."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bridgehead.catalogue import lists
from bridgehead.catalogue.models import Product
from bridgehead.kit.money import format_money

register = template.Library()
#: What would end a data block inside HTML.
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def price(product: Product) -> str:
    """The range in its currency; the basis stands beside it."""
    if product.price_min is None:
        return ""
    low = format_money(product.price_min, product.currency)
    if product.price_max in (None, product.price_min):
        return low
    return (
        f"{low} – {format_money(product.price_max, product.currency).removeprefix(product.currency).strip()}"
    )


@register.filter
def material(code: str) -> str:
    return lists.name_of(lists.materials(), code)


@register.filter
def of(found: dict[int, Any], key: int) -> Any:
    """A row's entry of what was asked for all rows at once."""
    return found.get(key)


@register.filter
def data_block(data: dict[str, Any]) -> SafeString:
    """JSON-LD: no script, so the policy lets it stand in the page."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
