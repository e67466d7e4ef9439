"""The pictures of the money pages. Drawing is loaded late because it costs a second."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bridgehead.funding.models import FundingSource
from bridgehead.funding.planning import Point
from bridgehead.funding.queries import Balance
from bridgehead.funding.rules import WON
from bridgehead.kit.money import format_money


def sources_chart(sources: list[FundingSource]) -> SafeString:
    """Who pays how much, as a picture."""
    from bridgehead.documents.charts import Bar, bar_chart  # noqa: PLC0415

    total = sum(source.amount for source in sources)
    if not total:
        return mark_safe("")
    bars = [
        Bar(source.name, source.amount, f"{format_money(source.amount, 'KRW')} ({source.amount / total:.1%})")
        for source in sources
    ]
    chart = bar_chart(bars, title=str(_("Funding sources")), language=_language(), width=560)
    return mark_safe(chart.svg())


def balance_chart(balance: Balance) -> SafeString:
    from bridgehead.documents.charts import budget_chart  # noqa: PLC0415

    if not balance.total:
        return mark_safe("")
    chart = budget_chart(
        total=balance.total,
        spent=balance.spent,
        committed=balance.committed,
        currency="KRW",
        title=str(_("Budget")),
        language=_language(),
        width=560,
    )
    return mark_safe(chart.svg())


def _language() -> Any:
    return (get_language() or "ko")[:2]


def plan_chart(points: list[Point], *, title: str) -> SafeString:
    from bridgehead.documents.charts import Series, time_chart  # noqa: PLC0415

    if not points:
        return mark_safe("")
    series = [
        Series(_("Planned"), tuple(point.planned for point in points)),
        Series(_("Spent"), tuple(point.spent for point in points)),
    ]
    if any(point.bound is not None for point in points):
        series.append(Series(_("Spent and committed"), tuple(point.bound for point in points)))
    chart = time_chart(
        [point.month for point in points],
        series,
        currency=WON,
        title=title,
        language=_language(),
        width=560,
    )
    return mark_safe(chart.svg())
