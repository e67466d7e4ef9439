"""Words for amounts kept as text in a computation, and for the trail of a support line."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from bridgehead.funding.models import SupportLine
from bridgehead.kit.money import format_money

register = template.Library()


@register.filter
def won(amount: str) -> str:
    return format_money(Decimal(amount), "KRW")


@register.filter
def support_verb(verb: str) -> str:
    """ "support.approved" → approved, in the reader's language."""
    code = verb.partition(".")[2]
    return _("promised") if code == "promise" else str(dict(SupportLine.State.choices).get(code, code))
