import datetime as dt
import re
import time
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from bridgehead.documents import charts
from bridgehead.documents.chart_svg import accessible
from bridgehead.documents.charts import Bar

SVG = "{http://www.w3.org/2000/svg}"
STAGES = [
    Bar("상담", 558, "558건"),
    Bar("계약 추진", 145, "145건"),
    Bar("계약 체결", 0, "0건"),
]


def ladder() -> charts.Chart:
    return charts.ladder_chart(STAGES, title="단계별 성과", language="en")


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def bars(svg: str, color: str = charts.PRIMARY) -> list[tuple[float, float]]:
    """Left edge and length of every horizontal bar of this colour."""
    found = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        if path.get("fill") == color:
            left, _top, length = re.match(r"M([\d.]+),([\d.]+)h([\d.]+)", path.get("d")).groups()
            found.append((round(float(left), 3), round(float(length), 3)))
    return found


def test_ladder_chart_stages_all_start_at_zero_and_are_to_scale():
    first, second, third = bars(ladder().svg())
    assert [bar[0] for bar in (first, second, third)] == [0, 0, 0]
    assert second[1] / first[1] == pytest.approx(145 / 558, abs=0.001)
    assert third[1] == 0


def test_ladder_chart_writes_each_stage_and_no_sum():
    written = texts(ladder().svg())
    assert written[:6] == ["상담", "계약 추진", "계약 체결", "558건", "145건", "0건"]
    assert not any("703" in text for text in written)


def test_ladder_chart_alt_says_every_figure_and_that_stages_are_not_added():
    assert ladder().alt == (
        "단계별 성과. 상담: 558건; 계약 추진: 145건; 계약 체결: 0건."
        " Each stage is counted alone; stages are never added together."
    )


def test_svg_is_one_described_image_without_style():
    chart = ladder()
    root = ElementTree.fromstring(chart.svg())
    assert root.get("role") == "img"
    title, description = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "단계별 성과")
    assert (description.tag, description.text) == (f"{SVG}desc", chart.alt)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    forbidden = {"style", "class", "aria-label", "aria-roledescription", "onclick"}
    assert not any(forbidden & node.attrib.keys() for node in root.iter())
    assert not any(node.tag in {f"{SVG}style", f"{SVG}script"} for node in root.iter())
    assert "Pretendard GOV" in chart.svg()


@pytest.mark.parametrize(
    "label", ["<script>alert(1)</script>", "a' + datum.x + '", '"&amp;"', "datum['value']"]
)
def test_svg_label_of_a_stranger_stays_text(label):
    chart = charts.bar_chart([Bar(label, 3)], title=label, language="en")
    assert texts(chart.svg()) == [label, "3"]
    assert chart.alt == f"{label}. {label}: 3."


def test_bar_chart_two_firms_of_one_name_stay_two_bars():
    chart = charts.bar_chart([Bar("독일", 3), Bar("독일", 6)], title="t", language="ko")
    first, second = bars(chart.svg())
    assert second[1] == pytest.approx(first[1] * 2)


def test_bar_chart_decimals_show_their_places():
    chart = charts.bar_chart(
        [Bar("a", Decimal("1234.5")), Bar("b", Decimal("2.00"))], title="t", language="en"
    )
    assert chart.alt == "t. a: 1,234.50; b: 2."


def test_column_by_day_fills_the_days_between_with_zero():
    days = [(dt.date(2025, 3, 6), 50), (dt.date(2025, 3, 4), 201)]
    korean = charts.column_by_day(days, title="일자별", language="ko")
    english = charts.column_by_day(days, title="By day", language="en")
    assert korean.alt == "일자별. 3. 4. (화): 201; 3. 5. (수): 0; 3. 6. (목): 50."
    assert english.alt == "By day. 4 Mar Tue: 201; 5 Mar Wed: 0; 6 Mar Thu: 50."


def test_budget_chart_left_is_what_is_neither_spent_nor_committed():
    chart = charts.budget_chart(
        total=Decimal(500_000_000),
        spent=Decimal(125_000_000),
        committed=Decimal(200_000_000),
        currency="KRW",
        title="Budget use",
        language="en",
    )
    assert chart.alt == (
        "Budget use. Budget: KRW 500,000,000; Spent: KRW 125,000,000 (25.0%);"
        " Committed: KRW 200,000,000 (40.0%); Left: KRW 175,000,000 (35.0%)."
    )
    assert "Left KRW 175,000,000 (35.0%)" in texts(chart.svg())


def test_budget_chart_overdrawn_says_by_how_much():
    chart = charts.budget_chart(total=12, spent=9, committed=5, currency="USD", title="t", language="en")
    assert chart.alt.endswith("Over budget: USD 2.00 (16.7%).")
    assert "Left" not in chart.alt


def test_budget_chart_without_a_budget_has_no_share():
    chart = charts.budget_chart(total=0, spent=0, committed=0, currency="KRW", title="t", language="en")
    assert chart.alt == "t. Budget: KRW 0; Spent: KRW 0; Committed: KRW 0; Left: KRW 0."


@pytest.mark.parametrize("draw", [charts.ladder_chart, charts.bar_chart, charts.column_by_day])
def test_chart_without_data_says_so(draw):
    chart = draw([], title="t", language="en")
    assert chart.alt == "t. No data yet."
    assert texts(chart.svg()) == ["No data yet"]


def test_png_has_twice_the_pixels_of_the_drawing():
    chart = ladder()
    width = float(ElementTree.fromstring(chart.svg()).get("width"))
    data = chart.png()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20], "big") == pytest.approx(width * 2, abs=2)


def test_picture_carries_both_forms_and_the_description():
    picture = ladder().picture()
    assert (picture.alt, picture.caption) == (ladder().alt, "단계별 성과")
    assert picture.svg == ladder().svg()


def test_svg_warm_takes_less_than_150_milliseconds():
    ladder().svg()
    best = min(_seconds() for _ in range(5))
    assert best < 0.15


def _seconds() -> float:
    start = time.perf_counter()
    ladder().svg()
    return time.perf_counter() - start


def test_accessible_turns_style_into_attributes_and_keeps_references_unique():
    source = (
        '<svg xmlns="http://www.w3.org/2000/svg"><style>a{}</style><clipPath id="c"/>'
        '<g clip-path="url(#c)" style="fill: red; stroke:#000" role="x"/></svg>'
    )
    root = ElementTree.fromstring(accessible(source, "t", "d"))
    _title, _description, clip, group = root
    assert clip.get("id").startswith("chart-")
    assert group.attrib == {"clip-path": f"url(#{clip.get('id')})", "fill": "red", "stroke": "#000"}
    other = ElementTree.fromstring(accessible(source, "another", "d"))
    assert other[2].get("id") != clip.get("id")
