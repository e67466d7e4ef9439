"""The charts of a programme's results: the same for page, word processor and workbook."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.documents import charts
from bridgehead.documents.blocks import Language
from bridgehead.kit.money import format_money
from bridgehead.outcomes.labels import STAGE_LABELS
from bridgehead.outcomes.queries import Line, Results, by_day
from bridgehead.outcomes.rules import CONSULTATION, Rung

MOST_BARS = 12


def counted(rung: Rung, currency: str) -> str:
    """“145 · USD 56,780,000”."""
    return f"{rung.count:,} · {format_money(rung.amount, currency)}"


def ladder(found: Results, language: Language, width: int = 640) -> charts.Chart:
    bars = [
        charts.Bar(str(STAGE_LABELS[stage]), rung.amount, counted(rung, found.currency))
        for stage, rung in found.ladder.rungs.items()
    ]
    title = _("Results by stage, in %(currency)s") % {"currency": found.currency}
    return charts.ladder_chart(bars, title=title, language=language, width=width)


def consultations_of(lines: list[Line], title: str, language: Language, width: int = 640) -> charts.Chart:
    """Consultations of the biggest countries or firms; what is left out is said in the title."""
    ranked = sorted(lines, key=lambda line: (-line.ladder[CONSULTATION].count, line.label))
    bars = [charts.Bar(line.label, line.ladder[CONSULTATION].count) for line in ranked[:MOST_BARS]]
    rest = len(lines) - len(bars)
    if rest > 0:
        title += " " + ngettext("(and %(count)s more)", "(and %(count)s more)", rest) % {"count": rest}
    return charts.bar_chart(bars, title=title, language=language, width=width)


def per_day(found: Results, language: Language, width: int = 640) -> charts.Chart:
    """Days of the fair; a consultation entered for another day is in the table only, or one would dwarf the rest."""
    first, last = found.programme.starts_on, found.programme.ends_on
    days = [(day, ladder[CONSULTATION].count) for day, ladder in by_day(found) if first <= day <= last]
    return charts.column_by_day(days, title=_("Consultations by day"), language=language, width=width)


def budget(found: Results, language: Language, width: int = 640) -> charts.Chart:
    balance = found.balance
    return charts.budget_chart(
        total=balance.total,
        spent=balance.spent,
        committed=balance.committed,
        currency="KRW",
        title=_("Budget"),
        language=language,
        width=width,
    )
