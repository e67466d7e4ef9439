from datetime import date

import pytest
from django.utils.translation import override

from bridgehead.newsroom.tokens import AMOUNT, BadFigure, Token, parse, replace_tokens, tokens_in


@pytest.mark.parametrize(
    ("inside", "token"),
    [
        ("mwc-2025 pursued", Token("mwc-2025", "pursued")),
        ("  mwc-2025&nbsp;pursued  amount ", Token("mwc-2025", "pursued", AMOUNT)),
        ("mwc-2025 wins count @2025-03-09", Token("mwc-2025", "wins", "count", date(2025, 3, 9))),
    ],
)
def test_parse_reads_what_editors_write(inside, token):
    assert parse(inside) == token
    assert parse(str(token)[2:-2]) == token


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{mwc-2025}}", "is not a figure"),
        (
            "{{mwc-2025 closed}}",
            "is not an indicator. There are: consultation, pursued, signed, shipped, paid",
        ),
        ("{{mwc-2025 pursued signed}}", "neither “count” nor “amount”"),
        ("{{mwc-2025 pursued @soon}}", "is not a day"),
        ("{{mwc-2025 firms amount}}", "has no amount"),
        ("{{mwc-2025 budget count}}", "is an amount"),
        ("{{mwc-2025 pursued", "begins with {{ and ends with }}"),
        ("{{mwc-<b>2025</b> pursued}}", "begins with {{ and ends with }}"),
    ],
)
def test_tokens_in_says_what_is_wrong(text, words):
    with override("en"), pytest.raises(BadFigure, match=words.replace(".", r"\.").replace("{", r"\{")):
        list(tokens_in(text))


def test_replace_tokens_leaves_attributes_alone_and_knows_links():
    seen = []
    markup = '<a href="{{x pursued}}">{{x pursued}}</a> {{x paid}} <abbr>{{x signed}}</abbr>'
    written = replace_tokens(markup, lambda token, linked: seen.append((token.indicator, linked)) or "#")
    assert written == '<a href="{{x pursued}}">#</a> # <abbr>#</abbr>'
    assert seen == [("pursued", True), ("paid", False), ("signed", False)]
