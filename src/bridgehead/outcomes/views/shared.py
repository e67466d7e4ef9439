"""What the desk's and the public's page of results have in common."""

from typing import Any

from django.utils.translation import get_language

from bridgehead.documents.blocks import Language
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
    from bridgehead.outcomes.views.drawings import drawn  # noqa: PLC0415  (slow: loads the chart library)

    language: Language = "ko" if (get_language() or "ko").startswith("ko") else "en"
    countries = by_country(found)
    return {
        **with_stages(found),
        "firms": by_firm(found),
        "countries": countries,
        "days": by_day(found),
        **drawn(found, countries, language),
    }
