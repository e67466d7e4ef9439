"""Figures are the records' figures, in the words of their stage."""

from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from bridgehead.newsroom.figures import Figures
from bridgehead.newsroom.tokens import INDICATORS, parse
from bridgehead.outcomes.queries import results

from .conftest import at, pursue


@pytest.mark.parametrize(
    ("token", "english", "korean"),
    [
        ("consultation", "3 consultations, USD 6,000", "상담 3건 6,000달러"),
        ("consultation count", "3 consultations", "상담 3건"),
        ("consultation amount", "USD 6,000 in consultations", "상담 6,000달러"),
        ("pursued", "1 contract pursued, USD 500", "계약 추진 1건 500달러"),
        ("pursued amount", "USD 500 pursued", "계약 추진 500달러"),
        ("signed", "0 contracts signed, USD 0", "계약 체결 0건 0달러"),
        ("wins count", "0 confirmed wins", "수출 성사 확인 0건"),
        ("firms", "2 firms", "참가 기업 2개사"),
        ("budget", "a budget of KRW 0", "예산 0원"),
    ],
)
def test_figure_in_both_languages(news, token, english, korean):
    with override("en"):
        assert Figures(timezone.now()).plain(f"{{{{mwc-2025 {token}}}}}") == english
    with override("ko"):
        assert Figures(timezone.now()).plain(f"{{{{mwc-2025 {token}}}}}") == korean


def test_figures_equal_the_results(news):
    figures, found = Figures(timezone.now()), results(news.programme)
    for stage, rung in found.ladder.rungs.items():
        figure = figures.figure(parse(f"mwc-2025 {stage}"))
        assert (figure.count, figure.amount, len(figure.facts)) == (rung.count, rung.amount, rung.count)


def test_figure_changes_with_the_records(news):
    pursue(news.talks[2], Decimal(700))
    with override("en"):
        text = Figures(timezone.now()).plain("{{mwc-2025 pursued}}")
    assert text == "2 contracts pursued, USD 1,200"


def test_figure_as_of_a_day_counts_what_was_recorded_by_then(news):
    with override("en"):
        assert (
            Figures(timezone.now()).plain("{{mwc-2025 consultation @2020-01-01}}") == "0 consultations, USD 0"
        )
        assert Figures(at("2020-01-01")).plain("{{mwc-2025 consultation}}") == "0 consultations, USD 0"


def test_pursued_is_never_called_signed(news):
    with override("en"):
        texts = {name: Figures(timezone.now()).plain(f"{{{{mwc-2025 {name}}}}}") for name in INDICATORS}
    assert "signed" not in texts["pursued"]
    assert [name for name, text in texts.items() if "signed" in text] == ["signed"]


def test_figure_is_linked_once_and_text_is_escaped(news):
    figures = Figures(timezone.now(), "/en/news/gyeonggi/x/figures/")
    with override("en"):
        written = figures.html("<b> {{mwc-2025 firms}}")
        in_link = figures.rich('<a href="https://example.org/">{{mwc-2025 firms}}</a>')
    link = '<a class="bh-live-figure" href="/en/news/gyeonggi/x/figures/#mwc-2025-firms">2 firms</a>'
    assert written == f"&lt;b&gt; {link}"
    assert in_link == '<a href="https://example.org/"><data value="2">2 firms</data></a>'


def test_figure_reads_each_programme_once(news, django_assert_num_queries):
    figures = Figures(timezone.now())
    figures.plain("{{mwc-2025 consultation}}")
    with django_assert_num_queries(0):
        figures.plain("{{mwc-2025 pursued}} {{mwc-2025 firms}} {{mwc-2025 budget}}")


def test_rows_behind_a_figure_name_nobody(news):
    figure = Figures(timezone.now()).figure(parse("mwc-2025 consultation"))
    with override("en"):
        rows = [(row.label, row.count) for row in figure.by_country]
    assert rows == [("Italy", 2), ("Spain", 1)]
    assert [(row.label, row.count) for row in figure.by_day] == [("2026-01-17", 3)]
    assert figure.firms == 2
