"""Known terms in the texts of pages."""

import pytest

from bridgehead.terminology.marking import MOST, mark_html, mark_text
from tests.factories.terminology import said, taken

LINK = '<a class="bh-known-term" href="/{lang}/dictionary/concepts/{code}/" data-term-card="/{lang}/dictionary/cards/{code}/">{text}</a>'


def link(code, text):
    return LINK.format(lang="ko", code=code, text=text)


@pytest.fixture(autouse=True)
def trade(db):
    taken(
        said("gem", ko="보석", en="gemstone"),
        said("prong", ko=["난발", ("쓰메", "deprecated")], en="prong"),
        said("gold", ko="금", en="gold"),
    )


def test_text_is_escaped_and_its_terms_linked():
    assert mark_text("<b>보석</b>의 & 난발", "ko") == (
        f"&lt;b&gt;{link('gem', '보석')}&lt;/b&gt;의 &amp; {link('prong', '난발')}"
    )


def test_text_marks_a_concept_once_and_no_short_or_deprecated_word():
    assert mark_text("보석과 보석, 금, 쓰메", "ko") == f"{link('gem', '보석')}과 보석, 금, 쓰메"


@pytest.mark.parametrize(
    ("markup", "marked"),
    [
        ("<p>보석을 산다</p>", "<p>{gem}을 산다</p>"),
        ("<p><b>보석</b>과 보석</p>", "<p><b>{gem}</b>과 보석</p>"),
        ('<a href="/">보석</a> 보석', '<a href="/">보석</a> {gem}'),
        ("<h2>보석</h2><p>난발</p>", "<h2>보석</h2><p>{prong}</p>"),
        ("<p>a &lt;보석&gt; &amp; b</p>", "<p>a &lt;{gem}&gt; &amp; b</p>"),
        ('<img alt="보석"><br/>보석', '<img alt="보석"><br/>{gem}'),
        ("<p>보<b>석</b></p>", "<p>보<b>석</b></p>"),
        ("<!-- 보석 -->보석", "<!-- 보석 -->{gem}"),
        ("<code>보석</code>", "<code>보석</code>"),
        ("", ""),
    ],
)
def test_html_is_marked_in_its_running_text_only(markup, marked):
    assert mark_html(markup, "ko") == marked.format(gem=link("gem", "보석"), prong=link("prong", "난발"))


def test_text_is_not_made_a_page_of_links():
    concepts = [
        said(f"gem-{n}", en=f"gemstone{chr(97 + n // 26)}{chr(97 + n % 26)}") for n in range(MOST + 5)
    ]
    taken(*concepts)
    text = " ".join(concept.terms[0].text for concept in concepts)
    assert mark_text(text, "en").count("<a ") == MOST


def test_card_says_what_is_meant(client):
    response = client.get("/en/dictionary/cards/gem/")
    assert ("gemstone" in response.content.decode(), "<html" in response.content.decode()) == (True, False)
