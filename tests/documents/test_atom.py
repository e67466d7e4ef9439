"""Atom in and out, and the bullets of Korean press releases."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridgehead.documents.atom import (
    MAX_BYTES,
    BadFeed,
    Bullet,
    Entry,
    Feed,
    Link,
    parse_feed,
    summary_bullets,
    write_feed,
)

SHARED = Path(__file__).parents[3] / "shared" / "data" / "gyeonggi-news.atom.xml"
MOMENT = dt.datetime(2025, 3, 28, 4, 5, 32, tzinfo=dt.UTC)
HEAD = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko" xml:base="https://example.org/news/">
<id>urn:feed</id><title>News &amp; more</title><updated>2025-04-09T13:06:35+09:00</updated>
<author><name>Office</name></author>"""


def _feed(*entries: bytes) -> Feed:
    return parse_feed(HEAD + b"".join(entries) + b"</feed>")


def _entry(more: bytes = b"", *, id_: bytes = b"urn:1", updated: bytes = b"2025-03-28T04:05:32Z") -> bytes:
    return b"<entry><id>%s</id><title>T</title><updated>%s</updated>%s</entry>" % (id_, updated, more)


def test_parse_feed_of_the_province():
    if not SHARED.exists():
        pytest.skip(f"SKIPPED LOUDLY: the real feed {SHARED} is not on this machine")
    feed = parse_feed(SHARED.read_bytes())
    assert len(feed.entries) == 10
    assert feed.title == "News – Gyeonggi Global"
    assert feed.lang == "en-US"
    assert feed.links == (Link("https://english.gg.go.kr/feed/atom/", "self", "application/atom+xml"),)
    assert all(entry.published != entry.updated for entry in feed.entries)
    assert len({entry.id for entry in feed.entries}) == 10
    first = feed.entries[0]
    assert first.id == "http://english.gg.go.kr/?post_type=daily-news&p=18088"
    assert (first.published, first.updated) == (MOMENT, dt.datetime(2025, 4, 9, 4, 6, 35, tzinfo=dt.UTC))
    assert first.author == "gg_mgr"
    counts = []
    for entry in feed.entries:
        bullets, body = summary_bullets(entry.content)
        counts.append((len(bullets), sum(len(bullet.children) for bullet in bullets)))
        assert body.startswith("<p>")
        assert "○" not in body
    expected = [(3, 2), (1, 2), (2, 0), (2, 0), (3, 0), (1, 0), (1, 2), (3, 0), (2, 0), (2, 1)]
    assert counts == expected
    assert parse_feed(write_feed(feed)) == feed


def test_parse_feed_inherits_author_language_and_base():
    entry = _feed(
        _entry(b'<link href="1.html"/><link rel="enclosure" type="image/png" href="a.png"/>')
    ).entries[0]
    assert entry.author == "Office"
    assert entry.lang == "ko"
    assert entry.url == "https://example.org/news/1.html"
    assert entry.links[1] == Link("https://example.org/news/a.png", "enclosure", "image/png")
    assert entry.published is None


def test_parse_feed_takes_time_with_zone():
    assert _feed().updated == dt.datetime(2025, 4, 9, 4, 6, 35, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'<content type="html">&lt;p&gt;a &amp;amp; b&lt;/p&gt;</content>', "<p>a &amp; b</p>"),
        (b"<content>a &lt; b</content>", "a &lt; b"),
        (
            b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="x">a<br/>b &lt; c</p></div>'
            b"</content>",
            '<p class="x">a<br>b &lt; c</p>',
        ),
        (b'<content type="image/png">AAAA</content>', ""),
    ],
)
def test_parse_feed_gives_content_as_html_in_every_form(content, expected):
    assert _feed(_entry(content)).entries[0].content == expected


def test_parse_feed_title_in_html_becomes_plain():
    entry = b'<entry><id>1</id><title type="html">A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title>'
    assert _feed(entry + b"<updated>2025-01-01T00:00:00Z</updated></entry>").entries[0].title == "A & B"


def test_parse_feed_keeps_the_latest_of_one_id():
    feed = _feed(_entry(), _entry(b"<rights>new</rights>", updated=b"2025-03-29T00:00:00Z"))
    assert [entry.rights for entry in feed.entries] == ["new"]


def test_parse_feed_reads_categories_once():
    feed = _feed(_entry(b'<category term="a"/><category term="b"/><category term="a"/><category term=""/>'))
    assert feed.entries[0].categories == ("a", "b")


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "not_xml", 1),
        (b"<feed>\n<a></feed>", "not_xml", 2),
        (b"<rss/>", "not_atom", 1),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "not_xml", None),
        (b'<!DOCTYPE a [<!ENTITY b "x">]>\n<a>&b;</a>', "unsafe", 1),
        (b'<!DOCTYPE a SYSTEM "http://example.org/x.dtd"><a/>', "unsafe", 1),
        (b"<a>" * 300 + b"</a>" * 300, "unsafe", 1),
        (b" " * (MAX_BYTES + 1), "too_big", None),
        (HEAD + b"\n<entry><title>x</title></entry></feed>", "missing", 4),
        (HEAD + b"<entry><id>1</id>\n<title>x</title><updated>yesterday</updated></entry></feed>", "time", 4),
        (
            HEAD + b"<entry><id>1</id><title>x</title><updated>2025-01-01T00:00:00</updated></entry></feed>",
            "time",
            3,
        ),
    ],
)
def test_parse_feed_refuses(content, code, line):
    with pytest.raises(BadFeed) as caught:
        parse_feed(content)
    assert (caught.value.code, caught.value.line) == (code, line)


def test_summary_bullets_of_html():
    markup = "<p>○ One &amp; two<br />\n– a<br>- b<br />○ <b>Three</b></p>\n<p>Body ○ text</p>"
    bullets, body = summary_bullets(markup)
    assert bullets == (Bullet("One & two", ("a", "b")), Bullet("Three"))
    assert body == "<p>Body ○ text</p>"


def test_summary_bullets_in_a_paragraph_each():
    bullets, body = summary_bullets("<p>ㅇ 하나</p><p>　- 둘</p><p>&nbsp;</p><p>본문</p>")
    assert bullets == (Bullet("하나", ("둘",)),)
    assert body == "<p>본문</p>"


def test_summary_bullets_followed_by_text_in_the_same_paragraph():
    assert summary_bullets("<p>○ 하나<br>본문<br>더</p><p>x</p>") == (
        (Bullet("하나"),),
        "<p>본문<br>더</p><p>x</p>",
    )


def test_summary_bullets_without_paragraphs():
    assert summary_bullets("○ 하나<br/>– 둘<p>본문</p>") == ((Bullet("하나", ("둘",)),), "<p>본문</p>")


def test_summary_bullets_of_text_with_wrapped_lines():
    text = "○ 경기도, 바르셀로나\n   박람회 참가\n  – 26개사\n\n본문 첫 줄\n- 본문의 줄\n"
    assert summary_bullets(text) == (
        (Bullet("경기도, 바르셀로나 박람회 참가", ("26개사",)),),
        "본문 첫 줄\n- 본문의 줄",
    )


def test_summary_bullets_dash_first_stands_on_first_level():
    assert summary_bullets("– 하나\n○ 둘")[0] == (Bullet("하나"), Bullet("둘"))


@pytest.mark.parametrize("text", ["", "<p>Plain.</p><p>○ late</p>", "Just text\n○ late", "A-B is no bullet"])
def test_summary_bullets_absent_leaves_the_text(text):
    assert summary_bullets(text) == ((), text)


def test_summary_bullets_is_linear_on_hostile_markup():
    assert summary_bullets("<p>" + "<" * 200_000)[0] == ()


def test_write_feed_exact():
    feed = Feed(
        id="urn:f",
        title="A & B",
        updated=MOMENT,
        links=(Link("https://x.org/feed/", "self", "application/atom+xml"),),
        author="Office",
        rights="KOGL 1",
        lang="ko",
        entries=(
            Entry(
                id="urn:1", title="<T>", updated=MOMENT, published=MOMENT, author="Office", content="<p>a</p>"
            ),
        ),
    )
    assert write_feed(feed).decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><id>urn:f</id><title>A &amp; B</title>'
        "<updated>2025-03-28T04:05:32Z</updated><author><name>Office</name></author>"
        '<link rel="self" type="application/atom+xml" href="https://x.org/feed/" /><rights>KOGL 1</rights>'
        "<entry><id>urn:1</id><title>&lt;T&gt;</title><updated>2025-03-28T04:05:32Z</updated>"
        '<published>2025-03-28T04:05:32Z</published><content type="html">&lt;p&gt;a&lt;/p&gt;</content></entry></feed>'
    )


def test_write_feed_without_any_author_is_refused():
    with pytest.raises(ValueError, match="no author"):
        write_feed(Feed("urn:f", "t", MOMENT, (Entry("urn:1", "t", MOMENT),)))


def test_write_feed_drops_characters_xml_cannot_carry():
    feed = Feed("urn:f", "a\x0bb", MOMENT, author="x")
    assert parse_feed(write_feed(feed)).title == "ab"


_words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
_line = st.lists(_words, min_size=1, max_size=4).map(" ".join)
_url = st.integers(1, 10**6).map(lambda number: f"https://example.org/?p={number}&q=1")
_moment = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=dt.UTC)
)
_entries = st.builds(
    Entry,
    id=_url,
    title=_line,
    updated=_moment,
    published=st.none() | _moment,
    author=st.sampled_from(["Kim", "기관"]),
    summary=_line | st.just(""),
    content=_line.map(lambda text: f"<p>{text}</p>"),
    links=_url.map(lambda url: (Link(url, "alternate", "text/html"),)),
    categories=st.lists(_line, max_size=3, unique=True).map(tuple),
    rights=_line | st.just(""),
    lang=st.sampled_from(["ko", "en"]),
)
_feeds = st.builds(
    Feed,
    id=_url,
    title=_line,
    updated=_moment,
    entries=st.lists(_entries, max_size=3, unique_by=lambda entry: entry.id).map(tuple),
    subtitle=_line | st.just(""),
    author=st.just("기관"),
    links=_url.map(lambda url: (Link(url, "self", "application/atom+xml"),)),
    rights=_line | st.just(""),
    lang=st.just("ko"),
)


@settings(max_examples=60, deadline=None)
@given(_feeds)
def test_write_then_parse_gives_the_same_feed(feed):
    assert parse_feed(write_feed(feed)) == feed
