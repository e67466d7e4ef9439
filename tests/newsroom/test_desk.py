"""The press editor's desk and Wagtail's editor behind our door: who comes in, and how far."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.test.utils.form_data import nested_form_data, streamfield

from bridgehead.newsroom.actions.site import admit, ensure_section
from bridgehead.newsroom.models import ReleasePage
from tests.factories.terminology import said, taken

from ..factories.organisations import a_host, staff
from .conftest import a_release
from .test_feeds import made

DESK = ["/ko/desk/news/", "/ko/desk/news/import/"]
EDITOR = ["/newsroom/", "/newsroom/pages/", "/newsroom/login/", "/newsroom/password_reset/"]


@pytest.mark.parametrize("address", [*DESK, *EDITOR, "/ko/desk/programmes/mwc-2025/news/"])
def test_anonymous_signs_in_first(client, news, address):
    response = client.get(address)
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize("address", [*DESK, *EDITOR])
@pytest.mark.parametrize("role", ["officer", "operator", "finance", "reviewer", "auditor", "administrator"])
def test_other_roles_find_nothing(client, news, address, role):
    client.force_login(staff(news.host, role))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [*DESK, "/newsroom/", "/newsroom/pages/"])
def test_editor_comes_in(client, news, address):
    client.force_login(news.editor)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("officer", 200),
        ("editor", 200),
        ("finance", 200),
        ("auditor", 200),
        ("administrator", 200),
        ("reviewer", 404),
    ],
)
def test_programme_news_for_those_who_see_the_programme(client, news, role, status):
    a_release(news, programme=news.programme)
    client.force_login(staff(news.host, role))
    assert client.get("/ko/desk/programmes/mwc-2025/news/").status_code == status


def test_programme_news_of_another_host_is_not_there(client, news):
    client.force_login(staff(a_host(), "editor"))
    assert client.get("/ko/desk/programmes/mwc-2025/news/").status_code == 404


def test_desk_shows_the_own_offices_drafts_only(client, news):
    other = a_host()
    a_release(news, title="우리 초안", published_at=None)
    a_release(news, host=other, title="남의 초안", published_at=None)
    client.force_login(news.editor)
    shown = client.get("/ko/desk/news/").content.decode()
    assert "우리 초안" in shown
    assert "남의 초안" not in shown


def test_editor_cannot_touch_another_offices_release(client, news):
    release = a_release(news, host=a_host(), title="남의 보도자료")
    client.force_login(news.editor)
    for action in ("edit", "delete", "history", "unpublish", "copy", "move"):
        response = client.get(f"/newsroom/pages/{release.pk}/{action}/")
        assert response.status_code in (302, 404), action
    assert client.get(f"/newsroom/translation/submit/page/{release.pk}/").status_code == 404
    chooser = client.get("/newsroom/choose-page/search/", {"q": "남의"})
    release.unpublish()
    assert "남의" not in client.get("/newsroom/choose-page/search/", {"q": "남의"}).content.decode().replace(
        'value="남의"', ""
    ).replace("“남의”", "")
    assert chooser.status_code == 200


def test_editor_is_in_the_persons_language_under_the_policy(client, news):
    release = a_release(news)
    client.force_login(news.editor)
    response = client.get(f"/newsroom/pages/{release.pk}/edit/")
    policy = set(response["Content-Security-Policy"].split("; "))
    assert {"script-src 'self'", "style-src 'self' 'unsafe-inline'", "frame-ancestors 'self'"} <= policy
    shown = response.content.decode()
    assert "{{mwc-2025 pursued}}" in shown
    assert "계약 추진 1건 500달러" in shown


def form(action: str, **fields):
    data = {"title": "새 소식", "slug": "new", "bullets": "", "kogl": "1", "body": streamfield([]), **fields}
    return nested_form_data({**data, action: "1"})


def test_editor_writes_publishes_and_takes_back(client, news):
    client.force_login(news.editor)
    admit(user=news.editor)
    section = ensure_section(host=news.host, language="ko")
    add = f"/newsroom/pages/add/newsroom/releasepage/{section.pk}/"
    refused = client.post(add, form("action-publish", bullets="{{mwc-2025 persued}}"))
    assert "사용할 수 있는 지표가 아닙니다" in refused.content.decode()
    assert ReleasePage.objects.count() == 0
    client.post(add, form("action-publish", bullets="{{mwc-2025 pursued}}"))
    release = ReleasePage.objects.get()
    assert (release.live, release.host, release.locale.language_code) == (True, news.host, "ko")
    assert "계약 추진 1건" in client.get("/ko/news/gyeonggi/new/").content.decode()
    client.post(f"/newsroom/pages/{release.pk}/edit/", form("save-draft", title="고친 제목"))
    assert "<h1>고친 제목" not in client.get("/ko/news/gyeonggi/new/").content.decode()
    assert release.revisions.count() == 2
    client.post(f"/newsroom/pages/{release.pk}/unpublish/")
    assert client.get("/ko/news/gyeonggi/new/").status_code == 404


def test_editor_may_not_name_another_hosts_programme(client, news):
    other = a_host()
    editor = staff(other, "editor")
    client.force_login(editor)
    admit(user=editor)
    section = ensure_section(host=other, language="ko")
    add = f"/newsroom/pages/add/newsroom/releasepage/{section.pk}/"
    client.post(add, form("action-publish", programme=str(news.programme.pk)))
    assert ReleasePage.objects.count() == 0


def test_upload_shows_first_and_imports_then(client, news):
    client.force_login(news.editor)
    file = SimpleUploadedFile("feed.xml", made("From elsewhere"))
    response = client.post("/ko/desk/news/import/", {"host": news.host.pk, "file": file})
    assert "From elsewhere" in response.content.decode()
    assert ReleasePage.objects.count() == 0
    yes = {"key": response.context["key"], "host": "gyeonggi"}
    assert client.post("/ko/desk/news/import/take/", yes).status_code == 302
    assert ReleasePage.objects.get().title == "From elsewhere"
    assert client.post("/ko/desk/news/import/take/", yes).status_code == 302
    assert ReleasePage.objects.count() == 1


def test_upload_of_no_feed_says_what_to_do(client, news):
    client.force_login(news.editor)
    file = SimpleUploadedFile("feed.xml", b"<rss/>")
    response = client.post("/en/desk/news/import/", {"host": news.host.pk, "file": file})
    assert "not an Atom feed" in response.content.decode()


def test_upload_for_another_host_is_refused(client, news):
    other = a_host()
    client.force_login(news.editor)
    file = SimpleUploadedFile("feed.xml", made())
    assert client.post("/ko/desk/news/import/", {"host": other.pk, "file": file}).context["form"].errors
    assert client.post("/ko/desk/news/import/take/", {"key": "0", "host": other.slug}).status_code == 404


def test_pictures_are_served_and_nothing_else(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.txt").write_text("picture")
    (tmp_path / "secret.txt").write_text("secret")
    assert b"".join(client.get("/media/images/a.txt").streaming_content) == b"picture"
    assert client.get("/media/images/../secret.txt").status_code == 400
    assert client.get("/media/secret.txt").status_code == 404


def test_editor_sees_words_to_avoid_with_what_to_say_instead(client, news):
    taken(said("prong", ko=["난발", ("쓰메", "deprecated")]))
    release = a_release(news, title="쓰메 세공전", body="<p>본문</p>")
    client.force_login(news.editor)
    text = client.get(f"/newsroom/pages/{release.pk}/edit/").content.decode()
    [address] = re.findall('data-term-writing="([^"]+)" data-term-lang="ko"', text)
    assert ">난발</strong>" in client.post(address, {"text_ko": release.title}).content.decode()
