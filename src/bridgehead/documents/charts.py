"""Charts drawn on the server: the same specification gives SVG on a page and PNG in a document.

Importing this module costs about a second, once a process: Altair, the renderer and the fonts are loaded here and
nowhere else. The first drawing starts the renderer (about half a second); after that one takes some 50 ms. Nothing
is fetched from a network. The last drawings stay in memory: the same figures are not drawn twice.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import altair as alt
import vl_convert
from django.utils.translation import gettext, override

from bridgehead.documents import page, shown
from bridgehead.documents.blocks import Language, Picture
from bridgehead.documents.chart_svg import accessible
from bridgehead.documents.fonts import FAMILY, font_directories

for _folder in font_directories():
    vl_convert.register_font_directory(str(_folder))

Number = int | float | Decimal

PRIMARY, DEEP, MIDDLE, PALE, OVER = "#256EF4", "#083891", "#4C87F6", "#F4F5F6", "#DE3412"
INK, MUTED, GRID, OUTLINE = "#1E2124", "#464C53", "#CDD1D5", "#6D7882"
_TEXT_PX = 14
_BAR_PX = 34
_LONGEST_LABEL_PX = 220
_DAYS_WITH_NUMBERS = 16
_WIDEST_COLUMN_PX = 64
_KEPT = 64
_MONTHS_WITH_NAMES = 7
#: Large amounts on an axis as each language says them: 2.5억, 250M.
_SHORT_AMOUNTS = {
    "ko": "datum.value >= 1e8 ? format(datum.value / 1e8, ',~r') + '억'"
    " : datum.value >= 1e4 ? format(datum.value / 1e4, ',~r') + '만' : format(datum.value, ',~r')",
    "en": "replace(format(datum.value, '~s'), 'G', 'B')",
}
_LINE_COLORS, _LINE_DASHES = [MUTED, DEEP, MIDDLE], [[6, 4], [1, 0], [2, 3]]
_WEEKDAYS = {"ko": "월화수목금토일", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


class Bar(NamedTuple):
    """One bar; `text` is written at its end (“145 · USD 56,780,000”), by default the value."""

    label: str
    value: Number
    text: str = ""


@dataclass(frozen=True)
class Chart:
    title: str
    alt: str
    spec: dict[str, Any]

    def svg(self) -> str:
        """For a page: scales with its width, says what it shows, needs no style."""
        return self._drawn

    @cached_property
    def _drawn(self) -> str:
        return accessible(vl_convert.vegalite_to_svg(self.spec, allowed_base_urls=[]), self.title, self.alt)

    def png(self, scale: float = 2) -> bytes:
        """For word processors and workbooks; the default prints at about 200 dots per inch."""
        return vl_convert.vegalite_to_png(self.spec, scale=scale, allowed_base_urls=[])

    def picture(self, caption: str = "") -> Picture:
        return Picture(png=self.png(), alt=self.alt, caption=caption or self.title, svg=self.svg())


def ladder_chart(stages: Sequence[Bar], *, title: str, language: Language, width: int = 640) -> Chart:
    """The result ladder: one bar a stage, side by side. Stages are never stacked or added: a signed deal is one
    of the pursued, and their sum would count it twice."""
    return _ladder_chart(tuple(stages), title, language, width)


@lru_cache(maxsize=_KEPT)
def _ladder_chart(stages: tuple[Bar, ...], title: str, language: Language, width: int) -> Chart:
    with override(language):
        note = gettext("Each stage is counted alone; stages are never added together.")
    layers = _bars(stages, width).properties(title=_footnote(note))
    return _chart(layers, title, f"{_described(title, stages)} {note}", empty=not stages, language=language)


def bar_chart(bars: Sequence[Bar], *, title: str, language: Language, width: int = 640) -> Chart:
    """Categories compared: by country, by firm. In the order given."""
    return _bar_chart(tuple(bars), title, language, width)


@lru_cache(maxsize=_KEPT)
def _bar_chart(bars: tuple[Bar, ...], title: str, language: Language, width: int) -> Chart:
    return _chart(_bars(bars, width), title, _described(title, bars), empty=not bars, language=language)


def column_by_day(
    days: Sequence[tuple[dt.date, Number]], *, title: str, language: Language, width: int = 640
) -> Chart:
    """One column a day; a day without a value between the first and the last is drawn as the zero it is."""
    return _column_by_day(tuple(days), title, language, width)


@lru_cache(maxsize=_KEPT)
def _column_by_day(
    days: tuple[tuple[dt.date, Number], ...], title: str, language: Language, width: int
) -> Chart:
    known = dict(days)
    first, last = min(known, default=None), max(known, default=None)
    span = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)] if first and last else []
    bars = [Bar(_day(day, language), known.get(day, 0)) for day in span]
    return _chart(_columns(bars, width), title, _described(title, bars), empty=not bars, language=language)


@lru_cache(maxsize=_KEPT)
def budget_chart(
    *,
    total: Number,
    spent: Number,
    committed: Number,
    currency: str,
    title: str,
    language: Language,
    width: int = 640,
) -> Chart:
    """A budget as one bar: spent, committed (promised, not yet paid), left. Overdrawn budgets say by how much."""
    left = Decimal(str(total)) - Decimal(str(spent)) - Decimal(str(committed))
    with override(language):
        names = [(gettext("Spent"), spent, DEEP), (gettext("Committed"), committed, MIDDLE)]
        names.append((gettext("Over budget"), -left, OVER) if left < 0 else (gettext("Left"), left, PALE))
        whole = Bar(gettext("Budget"), total, shown.money(total, currency, language))
    parts = [Bar(name, value, _share(value, total, currency, language)) for name, value, _ in names]
    drawn = _budget(parts, [color for *_, color in names], whole, width)
    return _chart(drawn, title, _described(title, [whole, *parts]), empty=False, language=language)


def _share(value: Number, total: Number, currency: str, language: Language) -> str:
    amount = shown.money(value, currency, language)
    return (
        f"{amount} ({shown.number(Decimal(str(value)) / Decimal(str(total)) * 100, 1)}%)" if total else amount
    )


def _text(bar: Bar) -> str:
    places = 0 if bar.value == int(bar.value) else 2
    return bar.text or shown.number(bar.value, places)


def _described(title: str, bars: Sequence[Bar]) -> str:
    """The alternative text: every figure the picture shows."""
    figures = "; ".join(f"{' '.join(bar.label.split())}: {_text(bar)}" for bar in bars)
    return f"{title}. {figures}." if figures else f"{title}."


def _day(day: dt.date, language: Language) -> str:
    weekday = _WEEKDAYS[language][day.weekday()]
    return f"{day.month}. {day.day}.\n({weekday})" if language == "ko" else f"{day:%-d %b}\n{weekday}"


def _rows(bars: Sequence[Bar]) -> alt.Data:
    """Rows carry their own key, so that two firms of one name stay two bars."""
    rows = [
        {"key": f"{index:04d}", "label": bar.label, "value": float(bar.value), "text": _text(bar)}
        for index, bar in enumerate(bars)
    ]
    return alt.Data(values=rows)


def _px(text: str, size: int = _TEXT_PX) -> float:
    return max(page.em_width(line) for line in text.split("\n")) * size * 1.08


def _bars(bars: Sequence[Bar], width: int) -> alt.LayerChart:
    """Horizontal bars; labels and values are drawn as text marks, so that user text is only ever data."""
    margin = min(max((_px(bar.label) for bar in bars), default=0), _LONGEST_LABEL_PX) + 12
    plot = max(width - margin, 120)
    room = max((_px(_text(bar)) for bar in bars), default=0) + 12
    longest = max((float(bar.value) for bar in bars), default=0) or 1
    scale = alt.Scale(domain=[0, longest * plot / max(plot - room, plot * 0.25)], nice=False)
    y = alt.Y("key:N", axis=None, scale=alt.Scale(paddingInner=0.35, paddingOuter=0.15))
    x = alt.X("value:Q", axis=None, scale=scale)
    base = alt.Chart(_rows(bars)).encode(y=y)
    return alt.layer(
        base.mark_bar(color=PRIMARY).encode(x=x),
        base.mark_text(
            align="right", dx=-8, fontSize=_TEXT_PX, limit=_LONGEST_LABEL_PX, lineBreak="\n"
        ).encode(x=alt.value(0), text="label:N"),
        base.mark_text(align="left", dx=6, fontSize=_TEXT_PX, fontWeight="bold").encode(x=x, text="text:N"),
        alt.Chart(_rows(bars[:1])).mark_rule(color=OUTLINE).encode(x=alt.value(0)),
    ).properties(width=plot, height=max(len(bars), 1) * _BAR_PX)


def _columns(bars: Sequence[Bar], width: int) -> alt.LayerChart:
    """Columns with their value on top; with many days an axis takes over and only some dates are written."""
    crowded = len(bars) > _DAYS_WITH_NUMBERS
    every = -(-len(bars) // _DAYS_WITH_NUMBERS) if crowded else 1
    axis = alt.Axis(title=None, tickCount=4, format=",d") if crowded else None
    x = alt.X("key:N", axis=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.2))
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(domainMin=0))
    named = [bar if index % every == 0 else bar._replace(label="") for index, bar in enumerate(bars)]
    base = alt.Chart(_rows(named)).encode(x=x)
    layers = [
        base.mark_bar(color=PRIMARY, size=min(_WIDEST_COLUMN_PX, 0.7 * width / max(len(bars), 1))).encode(
            y=y
        ),
        base.mark_text(baseline="top", dy=8, lineBreak="\n", fontSize=_TEXT_PX - 1).encode(
            y=alt.value(200), text="label:N"
        ),
        alt.Chart(_rows(named[:1])).mark_rule(color=OUTLINE).encode(y=alt.value(200)),
    ]
    if not crowded:
        numbers = base.mark_text(baseline="bottom", dy=-4, fontSize=_TEXT_PX, fontWeight="bold")
        layers.append(numbers.encode(y=y, text="text:N"))
    return alt.layer(*layers).properties(width=width - (50 if crowded else 0), height=200)


def _budget(parts: Sequence[Bar], colors: Sequence[str], whole: Bar, width: int) -> alt.LayerChart:
    """One bar of parts over the length of the budget, each part named with its amount in the legend."""
    names = [f"{part.label} {part.text}" for part in parts]
    drawn = parts if colors[-1] != OVER else parts[:2]
    rows = [
        {"order": index, "name": names[index], "value": float(part.value)} for index, part in enumerate(drawn)
    ]
    used = sum(float(part.value) for part in drawn)
    scale = alt.Scale(domain=[0, max(float(whole.value), used) or 1], nice=False)
    legend = alt.Legend(
        title=None, orient="bottom", direction="vertical", symbolType="square", labelLimit=width, rowPadding=8
    )
    bar = alt.Chart(alt.Data(values=rows)).mark_bar(stroke=OUTLINE, strokeWidth=1)
    total = alt.Chart(alt.Data(values=[{"value": float(whole.value), "text": f"{whole.label} {whole.text}"}]))
    return alt.layer(
        bar.encode(
            x=alt.X("value:Q", axis=None, scale=scale, stack="zero"),
            color=alt.Color(
                "name:N", scale=alt.Scale(domain=names, range=list(colors)), sort=None, legend=legend
            ),
            order="order:Q",
        ),
        total.mark_rule(color=INK, strokeWidth=2).encode(x=alt.X("value:Q", scale=scale)),
        total.mark_text(align="right", baseline="bottom", dy=-8, fontSize=_TEXT_PX, fontWeight="bold").encode(
            x=alt.X("value:Q", scale=scale), y=alt.value(0), text="text:N"
        ),
    ).properties(width=width - 10, height=44)


def _footnote(text: str) -> alt.TitleParams:
    return alt.TitleParams(
        text, orient="bottom", anchor="start", fontSize=12, fontWeight="normal", color=MUTED, offset=10
    )


def _chart(drawn: alt.LayerChart, title: str, description: str, *, empty: bool, language: Language) -> Chart:
    if empty:
        with override(language):
            text = gettext("No data yet")
        mark = alt.Chart(alt.Data(values=[{"text": text}])).mark_text(fontSize=_TEXT_PX, color=MUTED)
        drawn, description = mark.encode(text="text:N").properties(width=320, height=80), f"{title}. {text}."
    styled = (
        drawn.configure(font=FAMILY, background="white", padding=8)
        .configure_view(stroke=None)
        .configure_text(color=INK)
        .configure_axis(labelColor=MUTED, labelFontSize=12, gridColor=GRID, domain=False, ticks=False)
        .configure_legend(
            labelFontSize=_TEXT_PX, labelColor=INK, symbolStrokeColor=OUTLINE, symbolStrokeWidth=1
        )
    )
    return Chart(title=title, alt=description, spec=styled.to_dict())


class Series(NamedTuple):
    """One line of a chart over time: a value for each month, None where there is none yet."""

    name: str
    values: tuple[Number | None, ...]


def time_chart(
    months: Sequence[dt.date],
    series: Sequence[Series],
    *,
    currency: str,
    title: str,
    language: Language,
    width: int = 640,
) -> Chart:
    """Sums that grow month by month, such as plan against actual: one line each, told apart by dashes as well as colour."""
    return _time_chart(tuple(months), tuple(series), currency, title, language, width)


@lru_cache(maxsize=_KEPT)
def _time_chart(
    months: tuple[dt.date, ...],
    series: tuple[Series, ...],
    currency: str,
    title: str,
    language: Language,
    width: int,
) -> Chart:
    named = [_with_last(one, currency, language) for one in series]
    described = "; ".join(name for name, _values in named)
    span = f" {months[0]:%Y-%m} – {months[-1]:%Y-%m}." if months else ""
    drawn = _lines(months, named, width, _SHORT_AMOUNTS[language]) if months else alt.layer()
    return _chart(drawn, title, f"{title}.{span} {described}.", empty=not months, language=language)


def _with_last(one: Series, currency: str, language: Language) -> tuple[str, tuple[Number | None, ...]]:
    """The name in the legend, with the latest value."""
    known = [value for value in one.values if value is not None]
    last = shown.money(known[-1], currency, language) if known else "–"
    return f"{one.name} {last}", one.values


def _lines(
    months: Sequence[dt.date], series: Sequence[tuple[str, tuple[Number | None, ...]]], width: int, short: str
) -> alt.LayerChart:
    every = -(-len(months) // _MONTHS_WITH_NAMES)
    rows = [
        {"at": at, "name": name, "value": float(value)}
        for name, values in series
        for at, value in enumerate(values)
        if value is not None
    ]
    labels = [
        {"at": at, "label": f"{month:%Y-%m}"}
        for at, month in enumerate(months)
        if at % every == 0 or len(months) == 1
    ]
    names = [name for name, _values in series]
    scale = alt.Scale(domain=[-0.3, max(len(months) - 1, 1) + 0.3], nice=False)
    x = alt.X("at:Q", axis=None, scale=scale)
    y = alt.Y(
        "value:Q", axis=alt.Axis(title=None, tickCount=4, labelExpr=short), scale=alt.Scale(domainMin=0)
    )
    legend = alt.Legend(
        title=None,
        orient="bottom",
        direction="vertical",
        labelLimit=width,
        rowPadding=8,
        symbolType="stroke",
        offset=34,
    )
    color = alt.Color("name:N", scale=alt.Scale(domain=names, range=_LINE_COLORS), sort=None, legend=legend)
    dash = alt.StrokeDash(
        "name:N", scale=alt.Scale(domain=names, range=_LINE_DASHES), sort=None, legend=legend
    )
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y, color=color)
    return alt.layer(
        base.mark_line(strokeWidth=3).encode(strokeDash=dash),
        base.mark_point(filled=True, size=36, opacity=1),
        alt.Chart(alt.Data(values=labels))
        .mark_text(baseline="top", dy=10, fontSize=_TEXT_PX - 2, align="center")
        .encode(x=x, y=alt.value(220), text="label:N"),
        alt.Chart(alt.Data(values=labels[:1])).mark_rule(color=OUTLINE).encode(y=alt.value(220)),
    ).properties(width=width - 70, height=220)
