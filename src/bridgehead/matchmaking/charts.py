"""The trade-off between runs as a picture. Loaded when first drawn: the chart library is large.

The specification is written as plain data and not with Altair's classes: those look at whatever libraries the process has
loaded, and fail while a worker in the same process is just loading one (the solver brings pandas and numpy).
"""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bridgehead.documents.charts import DEEP, GRID, INK, MUTED, PRIMARY, Chart
from bridgehead.documents.fonts import FAMILY
from bridgehead.matchmaking.comparing import name_of
from bridgehead.matchmaking.models import Timetable

Row = dict[str, Any]
CONFIG: Row = {
    "font": FAMILY,
    "background": "white",
    "padding": 8,
    "view": {"stroke": None},
    "text": {"color": INK},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 13,
        "gridColor": GRID,
    },
}


def trade_off(timetables: Sequence[Timetable]) -> SafeString:
    """Meetings held upwards, gaps to the right: the better run lies further up and to the left."""
    rows = [
        {
            "name": name_of(timetable),
            "held": timetable.figures["held"],
            "gaps": timetable.figures["breaks"],
            "published": timetable.published_at is not None,
        }
        for timetable in timetables
        if "breaks" in timetable.figures
    ]
    words = _("%(name)s: %(held)d meetings, %(gaps)d gaps")
    alternative = "; ".join(words % row for row in rows)
    title = _("Meetings held against gaps in people's days")
    chart = Chart(title=title, alt=alternative, spec=_specification(_together(rows)))
    # The SVG comes from our own writer, which escapes every text it is given.
    return mark_safe(chart.svg())


def _together(rows: list[Row]) -> list[Row]:
    """Runs of the same two figures are one point with several names."""
    at: dict[tuple[int, int], Row] = {}
    for row in rows:
        known = at.setdefault((row["held"], row["gaps"]), {**row, "name": ""})
        known["name"] = ", ".join(filter(None, [known["name"], row["name"]]))
        known["published"] = known["published"] or row["published"]
    return list(at.values())


def _specification(rows: list[Row]) -> Row:
    def axis(field: str, title: str, padding: int) -> Row:
        return {
            "field": field,
            "type": "quantitative",
            "title": title,
            "scale": {"zero": False, "padding": padding},
            "axis": {"tickMinStep": 1, "format": "d"},
        }

    published = {"test": "datum.published"}
    point = {
        "mark": {"type": "point", "size": 180, "filled": True, "opacity": 1},
        "encoding": {
            "shape": {"condition": {**published, "value": "diamond"}, "value": "circle"},
            "color": {"condition": {**published, "value": DEEP}, "value": PRIMARY},
        },
    }
    name = {
        "mark": {"type": "text", "align": "left", "dx": 12, "fontSize": 14, "limit": 260},
        "encoding": {"text": {"field": "name", "type": "nominal"}},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": rows},
        "width": 560,
        "height": 260,
        "encoding": {
            "x": axis("gaps", _("Gaps in people's days (fewer is better)"), 40),
            "y": axis("held", _("Meetings held"), 24),
        },
        "layer": [point, name],
        "config": CONFIG,
    }
