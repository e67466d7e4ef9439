"""The charts of a results page as markup. Loaded when the first such page is made: the chart library is large."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bridgehead.documents.blocks import Language
from bridgehead.documents.charts import Chart
from bridgehead.outcomes import charts
from bridgehead.outcomes.queries import Line, Results


def drawn(found: Results, countries: list[Line], language: Language) -> dict[str, SafeString]:
    return {
        "ladder_chart": _markup(charts.ladder(found, language)),
        "country_chart": _markup(charts.consultations_of(countries, _("Consultations by country"), language)),
        "day_chart": _markup(charts.per_day(found, language)),
    }


def _markup(chart: Chart) -> SafeString:
    """The SVG comes from our own writer, which escapes every text it is given."""
    return mark_safe(chart.svg())
