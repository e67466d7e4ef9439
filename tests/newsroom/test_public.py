"""What everybody reads, in both languages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bridgehead.documents.atom import parse_feed, summary_bullets
from bridgehead.newsroom.queries import latest_releases

from ..factories.organisations import a_host
from .conftest import a_release, at

FEED = "/feed/atom/"


def page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_list_is_in_the_readers_language_newest_first(client, news):
    a_release(news, title="먼저", published_at=at("2025-03-01"))
    a_release(news, title="나중", published_at=at("2025-03-02"))
    a_release(news, title="English one", language="en")
    korean, english = page(client, "/ko/news/"), page(client, "/en/news/")
    assert korean.index("나중") < korean.index("먼저")
    assert "English one" not in korean
    assert "English one" in english
    assert "나중" not in english


def test_list_without_news_says_so(client, news):
    assert "No news yet" in page(client, "/en/news/")


def test_list_of_one_office(client, news):
    other = a_host(slug="jongno", name_ko="종로구")
    a_release(news, title="경기도 것")
    a_release(news, host=other, title="종로구 것")
    shown = page(client, "/ko/news/?host=jongno")
    assert "종로구 것" in shown
    assert "경기도 것" not in shown


def test_list_has_pages(client, news):
    for number in range(11):
        a_release(news, title=f"소식 {number}")
    assert page(client, "/ko/news/?page=2").count("bh-news__item") == 1


@pytest.mark.parametrize("address", ["/ko/news/", "/ko/desk/news/", "/ko/desk/programmes/mwc-2025/news/"])
def test_lists_ask_as_often_for_three_as_for_one(client, news, address):
    client.force_login(news.editor)
    figures = {"bullets": "첫째\n{{mwc-2025 pursued}}", "programme": news.programme}
    a_release(news, **figures)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    a_release(news, **figures)
    a_release(news, **figures)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


def test_latest_releases_are_those_of_the_language(news):
    first, second = (
        a_release(news, published_at=at("2025-03-01")),
        a_release(news, published_at=at("2025-03-02")),
    )
    a_release(news, language="en")
    assert latest_releases(5) == [second, first]
    assert latest_releases(1) == [second]


def test_release_shows_bullets_figures_and_what_belongs_to_it(client, news):
    body = [
        ("paragraph", "<p>참가 <b>{{mwc-2025 firms}}</b></p>"),
        ("heading", "성과"),
        ("quote", {"text": "감사합니다 <i>", "speaker": "국장", "office": "경기도"}),
        ("figure", {"token": "{{mwc-2025 pursued}}", "caption": "현황"}),
    ]
    release = a_release(
        news,
        bullets="상담 실적\n- {{mwc-2025 consultation}}",
        body=body,
        reconstructed=True,
        programme=news.programme,
    )
    shown = page(client, release.path_for_readers)
    link = f"{release.path_for_readers}figures/#mwc-2025"
    assert f'href="{link}-consultation">상담 3건 6,000달러</a>' in shown
    assert f'href="{link}-firms">참가 기업 2개사</a>' in shown
    assert f'href="{link}-pursued">계약 추진 1건 500달러</a>' in shown
    assert "감사합니다 &lt;i&gt;" in shown
    for words in ("공공누리 제1유형", "국제통상과", "재구성된 자료", "게시 이후 변경 없음", "링크 복사"):
        assert words in shown


def test_release_leads_to_the_other_language(client, news):
    korean = a_release(news, slug="mwc")
    assert "Read in English" not in page(client, "/ko/news/gyeonggi/mwc/")
    a_release(news, language="en", title="News", translation_of=korean)
    assert 'href="/en/news/gyeonggi/mwc/"' in page(client, "/ko/news/gyeonggi/mwc/")
    assert "한국어로 읽기" in page(client, "/en/news/gyeonggi/mwc/")


def test_release_in_another_language_only_says_where(client, news):
    a_release(news, slug="mwc")
    shown = page(client, "/en/news/gyeonggi/mwc/", 404)
    assert "Not available in this language" in shown
    assert 'href="/ko/news/gyeonggi/mwc/"' in shown


def test_draft_and_unpublished_are_not_there(client, news):
    release = a_release(news, slug="mwc")
    release.unpublish()
    a_release(news, slug="draft", published_at=None)
    for slug in ("mwc", "draft", "nothing"):
        assert client.get(f"/ko/news/gyeonggi/{slug}/").status_code == 404
        assert client.get(f"/ko/news/gyeonggi/{slug}/figures/").status_code == 404


def test_figures_page_defines_them_and_names_nobody(client, news):
    release = a_release(
        news, language="en", bullets="{{mwc-2025 pursued}} of {{mwc-2025 consultation count}}"
    )
    shown = page(client, f"{release.path_for_readers}figures/")
    assert 'id="mwc-2025-pursued"' in shown
    assert "Both sides go on towards a contract. Nothing is signed yet." in shown
    assert "3 records of 2 firms" in shown
    assert not any(talk.buyer_name in shown or talk.firm.name in shown for talk in news.talks)


def test_figures_page_of_a_release_without_figures(client, news):
    release = a_release(news, language="en")
    assert "No live figures" in page(client, f"{release.path_for_readers}figures/")


# the feed


def test_feed_is_read_back(client, news):
    korean = a_release(
        news, slug="mwc", programme=news.programme, bullets="상담 실적\n- {{mwc-2025 consultation}}"
    )
    english = a_release(news, language="en", title="Talks & more", translation_of=korean, bullets="Talks")
    response = client.get(FEED)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = parse_feed(response.content)
    by_id = {entry.id: entry for entry in feed.entries}
    assert set(by_id) == {korean.entry_id, english.entry_id}
    entry = by_id[korean.entry_id]
    bullets, body = summary_bullets(entry.content)
    assert [(bullet.text, bullet.children) for bullet in bullets] == [("상담 실적", ("상담 3건 6,000달러",))]
    assert body.startswith("<p>본문입니다.</p>")
    assert (entry.lang, by_id[english.entry_id].lang) == ("ko", "en")
    assert (entry.title, entry.author, entry.categories) == ("경기도 소식", "경기도", ("mwc-2025",))
    assert (entry.published, entry.updated) == (korean.published, korean.updated)
    assert entry.url.endswith("/ko/news/gyeonggi/mwc/")
    assert feed.links[0].rel == "self"


def test_feed_of_one_language_and_office(client, news):
    a_release(news, title="경기도 것")
    a_release(news, language="en", title="English")
    a_release(news, host=a_host(slug="jongno"), title="종로구 것")
    titles = [
        entry.title
        for entry in parse_feed(client.get(FEED, {"lang": "ko", "host": "gyeonggi"}).content).entries
    ]
    assert titles == ["경기도 것"]
    assert client.get(FEED, {"lang": "fr"}).status_code == 404


def test_feed_without_news_is_a_feed(client, db):
    assert parse_feed(client.get(FEED).content).entries == ()


def test_feed_answers_a_reader_who_has_it(client, news):
    a_release(news, bullets="{{mwc-2025 pursued}}", published_at=None)
    a_release(news, bullets="{{mwc-2025 pursued}}", figures_as_of=timezone.now())
    response = client.get(FEED)
    assert client.get(FEED, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.get(FEED, headers={"if-modified-since": response["Last-Modified"]}).status_code == 304
    news.talks[0].stages.all().delete()
    assert client.get(FEED, headers={"if-none-match": response["ETag"]}).status_code == 200
