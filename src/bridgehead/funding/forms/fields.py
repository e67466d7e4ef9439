"""Days and amounts as people type them. Won has no cents."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bridgehead.funding.rules import WON
from bridgehead.kit.money import format_money, quantize


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class WonField(forms.DecimalField):
    """Whole won; "8,000,000" is read as typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 1)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_digits=15, decimal_places=0, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", "").strip() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{quantize(value, WON):,f}" if isinstance(value, Decimal) else value


def with_left(named: Any, left: Decimal | None) -> str:
    if left is None:
        return str(named)
    return str(_("%(firm)s (%(left)s left)") % {"firm": named, "left": format_money(left, WON)})
