"""Taking in a feed, from the shared one of the province and from made ones."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bridgehead.documents.atom import BadFeed
from bridgehead.newsroom.actions.feeds import NoHost, clean_html, import_feed
from bridgehead.newsroom.models import ReleasePage

from ..factories.organisations import a_host
from .conftest import a_release

SHARED = Path(__file__).parents[3] / "shared" / "data" / "gyeonggi-news.atom.xml"
ENTRY = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}"><id>urn:feed</id><title>News of Gyeonggi</title>
<updated>2025-04-09T00:00:00Z</updated><entry><id>urn:1</id><title>{title}</title>
<published>2025-03-28T00:00:00Z</published><updated>{updated}</updated>
<link href="https://example.org/1"/><content type="html">&lt;p&gt;○ One&lt;br&gt;– Detail&lt;/p&gt;{body}</content></entry></feed>"""


def made(
    title: str = "First", updated: str = "2025-03-29T00:00:00Z", lang: str = "en", body: str = ""
) -> bytes:
    return ENTRY.format(title=title, updated=updated, lang=lang, body=body).encode()


@pytest.fixture
def shared() -> bytes:
    if not SHARED.exists():
        pytest.skip(f"SKIPPED LOUDLY: the real feed {SHARED} is not on this machine")
    return SHARED.read_bytes()


def test_import_of_the_province(news, shared, client):
    report = import_feed(data=shared, host=None, by=news.editor)
    assert (report.host, report.count("new"), len(report.entries)) == (news.host, 10, 10)
    releases = list(ReleasePage.objects.select_related("locale"))
    assert {release.entry_id for release in releases} == {entry.id for entry in report.entries}
    assert all(release.live and release.published != release.updated for release in releases)
    assert {release.locale.language_code for release in releases} == {"en"}
    first = ReleasePage.objects.get(entry_id="http://english.gg.go.kr/?post_type=daily-news&p=18088")
    assert (len(first.summary), sum(len(bullet.children) for bullet in first.summary)) == (3, 2)
    assert first.source_url == first.entry_id
    shown = client.get(first.path_for_readers).content.decode()
    assert "Original release" in shown
    assert "March 28, 2025 13:05" in shown
    assert "April 9, 2025 13:06" in shown


def test_import_of_the_province_twice_changes_nothing(news, shared):
    import_feed(data=shared, host=None, by=None)
    before = list(ReleasePage.objects.order_by("pk").values())
    report = import_feed(data=shared, host=None, by=None)
    assert (report.count("unchanged"), report.changes) == (10, 0)
    assert list(ReleasePage.objects.order_by("pk").values()) == before


def test_import_dry_run_changes_nothing(news):
    report = import_feed(data=made(), host=news.host, by=None, dry_run=True)
    assert report.count("new") == 1
    assert ReleasePage.objects.count() == 0


def test_import_of_a_changed_entry_is_a_new_revision(news):
    import_feed(data=made(), host=news.host, by=None)
    report = import_feed(data=made("Corrected", "2025-04-01T00:00:00Z"), host=news.host, by=None)
    assert report.count("updated") == 1
    release = ReleasePage.objects.get()
    assert (release.title, release.revisions.count()) == ("Corrected", 2)
    assert release.published.isoformat() == "2025-03-28T00:00:00+00:00"
    assert release.updated.isoformat() == "2025-04-01T00:00:00+00:00"


def test_import_of_an_older_version_is_left_out(news):
    import_feed(data=made("New", "2025-04-01T00:00:00Z"), host=news.host, by=None)
    report = import_feed(data=made("Old"), host=news.host, by=None)
    assert (report.count("older"), ReleasePage.objects.get().title) == (1, "New")


def test_import_reads_the_language_and_ignores_braces(news, client):
    import_feed(
        data=made("소식", lang="ko-KR", body="&lt;p&gt;{{mwc-2025 pursued}}&lt;/p&gt;"), host=None, by=None
    )
    release = ReleasePage.objects.get()
    assert release.path_for_readers == "/ko/news/gyeonggi/소식/".replace("소식", "%EC%86%8C%EC%8B%9D")
    assert "{{mwc-2025 pursued}}" in client.get(release.path_for_readers).content.decode()


def test_import_knows_whose_feed_it_is_from_before(news):
    other = a_host(slug="kocef")
    import_feed(data=made(), host=other, by=None)
    assert import_feed(data=made(), host=None, by=None).host == other


def test_import_of_an_unknown_feed_asks_whose_it_is(news):
    with pytest.raises(NoHost):
        import_feed(data=made().replace(b"Gyeonggi", b"Somewhere"), host=None, by=None)


def test_import_of_no_feed_is_refused(news):
    with pytest.raises(BadFeed):
        import_feed(data=b"<rss/>", host=news.host, by=None)


@pytest.mark.parametrize(
    ("markup", "cleaned"),
    [
        ('<p onclick="x()">a<script>x()</script></p>', "<p>a</p>"),
        (
            '<p><a href="javascript:x()">a</a><img src="https://x.org/a.png"></p>',
            '<p><a rel="noopener noreferrer">a</a></p>',
        ),
        ("<p> &nbsp; </p><p>a</p>", "<p>a</p>"),
        ("One\nline\n\nNext", "<p>One<br>line</p>\n\n<p>Next</p>"),
    ],
)
def test_clean_html(markup, cleaned):
    assert clean_html(markup) == cleaned


# the command


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("news", *words, stdout=out)
    return out.getvalue()


def test_command_import_as_json(news, tmp_path):
    file = tmp_path / "feed.xml"
    file.write_bytes(made())
    document = json.loads(run("import", str(file), "--json", "--dry-run"))
    assert (document["new"], document["dry_run"], document["host"]) == (1, True, "gyeonggi")
    document = json.loads(run("import", str(file), "--json"))
    assert document["results"][0] == {
        "id": "urn:1",
        "result": "new",
        "title": "First",
        "language": "en",
        "published": "2025-03-28T00:00:00+00:00",
        "updated": "2025-03-29T00:00:00+00:00",
        "bullets": 2,
        "url": "/en/news/gyeonggi/first/",
    }
    assert "1 unchanged" in run("import", str(file))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no feed", []), (made(), ["--host", "nobody"]), (made().replace(b"Gyeonggi", b"X"), [])],
)
def test_command_import_of_the_unusable_exits_2(news, tmp_path, content, words):
    file = tmp_path / "feed.xml"
    file.write_bytes(content)
    with pytest.raises(CommandError) as error:
        run("import", str(file), *words)
    assert error.value.returncode == 2


def test_command_import_of_a_missing_file_exits_2(news, tmp_path):
    with pytest.raises(CommandError) as error:
        run("import", str(tmp_path / "none.xml"))
    assert error.value.returncode == 2


def test_command_feed(news):
    a_release(news, title="한국어 소식")
    assert "한국어 소식" in run("feed")
    assert "한국어 소식" not in run("feed", "--lang", "en")
