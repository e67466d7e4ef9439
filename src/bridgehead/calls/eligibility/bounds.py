"""A smallest and a largest number, either of which may be missing."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bridgehead.calls.eligibility.facts import Parameters


def _bound(parameters: Parameters, name: str) -> Decimal | None:
    value: Any = parameters.get(name)
    return None if value in (None, "") else Decimal(str(value))


def between(number: int | Decimal, parameters: Parameters) -> bool:
    least, most = _bound(parameters, "minimum"), _bound(parameters, "maximum")
    return (least is None or number >= least) and (most is None or number <= most)


def bounds(parameters: Parameters) -> str:
    least, most = _bound(parameters, "minimum"), _bound(parameters, "maximum")
    if least is not None and most is not None:
        return _("%(least)s to %(most)s") % {"least": least, "most": most}
    if least is not None:
        return _("%(least)s or more") % {"least": least}
    return _("%(most)s or fewer") % {"most": most}
