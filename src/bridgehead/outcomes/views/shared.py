"""What the desk's and the public's page of results have in common."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bridgehead.documents.blocks import Language
from bridgehead.documents.charts import Chart
from bridgehead.outcomes import charts
from bridgehead.outcomes.labels import STAGE_LABELS, STAGE_MEANINGS
from bridgehead.outcomes.queries import Results, by_country, by_day, by_firm


def with_stages(found: Results) -> dict[str, Any]:
    """The ladder as templates walk it, with the words for each stage."""
    stages = [
        {"code": stage, "label": STAGE_LABELS[stage], "meaning": STAGE_MEANINGS[stage], "rung": rung}
        for stage, rung in found.ladder.rungs.items()
    ]
    return {"programme": found.programme, "found": found, "stages": stages}


def page_context(found: Results) -> dict[str, Any]:
    language: Language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    countries = by_country(found)
    return {
        **with_stages(found),
        "firms": by_firm(found),
        "countries": countries,
        "days": by_day(found),
        "ladder_chart": _drawn(charts.ladder(found, language)),
        "country_chart": _drawn(charts.consultations_of(countries, _("Consultations by country"), language)),
        "day_chart": _drawn(charts.per_day(found, language)),
    }


def _drawn(chart: Chart) -> SafeString:
    """The SVG comes from our own writer, which escapes every text it is given."""
    return mark_safe(chart.svg())
