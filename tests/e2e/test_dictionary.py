"""The dictionary in a browser: results while typing, a proposal becomes public, cards beside terms, the box for other sites."""

import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bridgehead.engines import termbase
from bridgehead.newsroom.actions.releases import create_release
from tests.factories.calls import a_call
from tests.factories.organisations import a_host, staff
from tests.factories.programmes import a_programme
from tests.factories.terminology import said, taken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trade(site):
    slang = termbase.Term(
        "ko", "쓰메", "deprecated", register="slang", origin="Japanese 爪 (tsume)", where="setting"
    )
    gem = termbase.Term("ko", "보석", hanja="寶石", romanisation="boseok")
    taken(
        said("gem", terms=[gem], en="gemstone", ar="حجر كريم", en_definition="mineral that is beautiful"),
        said("prong", ko="난발", terms=[slang], en="prong", en_definition="wire that holds a stone"),
    )


@pytest.mark.parametrize("typed", ["ㅂㅅ", "qhtjr", "寶石", "gemsotne"])
def test_results_come_while_typing(visit, trade, typed):
    reader = visit(phone=True)
    reader.go("dictionary/")
    reader.page.locator("#id_q").press_sequentially(typed)
    expect(reader.page.get_by_role("link", name="gemstone")).to_be_visible()
    expect(reader.page).to_have_url(re.compile("q="))
    assert reader.problems == []


def test_concept_page_leads_from_slang_to_the_standard_term(visit, trade):
    reader = visit(phone=True, language="ko")
    reader.go("dictionary/?q=쓰메")
    reader.follow("난발")
    line = reader.page.get_by_role("listitem").filter(has_text="쓰메")
    expect(line).to_contain_text("대신 쓸 말: 난발")
    assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_arabic_runs_from_right_to_left(visit, trade):
    reader = visit()
    reader.go("dictionary/concepts/gem/")
    arabic = reader.page.locator(".bh-term-text[lang=ar]")
    assert arabic.evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_proposal_of_one_is_approved_by_another(visit, trade):
    host = a_host()
    editor, officer = visit(staff(host, "editor")), visit(staff(host, "officer"))
    editor.go("dictionary/concepts/gem/")
    editor.follow("Edit")
    editor.follow("Italian")
    editor.fill(**{"terms-0-text": "gemma", "definition": "minerale", "reason": "asked for"})
    editor.press("Propose")
    officer.go("desk/terms/")
    officer.follow("gemstone")
    expect(officer.page.locator("ins").first).to_contain_text("gemma")
    officer.press("Approve")
    reader = visit()
    reader.go("dictionary/?q=gemma")
    expect(reader.page.get_by_role("link", name="gemstone")).to_be_visible()
    assert editor.problems + officer.problems == []


def test_words_to_avoid_are_listed_while_writing(visit, trade):
    editor = visit(staff(a_host(), "editor"))
    editor.go("desk/terms/avoid/")
    editor.page.locator("#id_text").fill("쓰메를 다듬는다")
    expect(editor.page.get_by_role("cell", name="난발")).to_be_visible()


def test_card_of_a_term_shows_on_focus_and_goes_on_escape(visit, trade):
    host = a_host(slug="town")
    create_release(
        host=host,
        title="Fair",
        bullets="",
        body="<p>A prong of gold.</p>",
        language="en",
        published_at=timezone.now(),
        by=staff(host, "editor"),
        slug="fair",
    )
    reader = visit()
    reader.go("news/town/fair/")
    term = reader.page.locator("[data-term-card]")
    term.focus()
    card = reader.page.get_by_role("tooltip")
    expect(card).to_contain_text("wire that holds a stone")
    reader.page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert reader.problems == []


def test_a_tap_shows_the_card_and_a_second_one_follows_the_link(visit, trade):
    host = a_host(slug="town")
    create_release(
        host=host,
        title="Fair",
        bullets="A prong of gold",
        body="",
        language="en",
        published_at=timezone.now(),
        by=staff(host, "editor"),
        slug="fair",
    )
    reader = visit(phone=True)
    reader.go("news/town/fair/")
    term = reader.page.locator("[data-term-card]")
    for _touch in range(2):  # as a finger does: a pointer that is no mouse, then a click
        expect(term).to_be_visible()
        term.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
        term.dispatch_event("click", {"detail": 1, "bubbles": True})
        if not _touch:
            expect(reader.page.get_by_role("tooltip")).to_contain_text("wire that holds a stone")
    expect(reader.page).to_have_url(re.compile("/dictionary/concepts/prong/"))


def test_a_file_of_the_dictionary_is_made_and_downloaded(visit, trade):
    reader = visit(phone=True)
    reader.go("dictionary/")
    reader.follow("Books and files")
    reader.page.get_by_role("button", name="Make it Table (CSV)").click()
    link = reader.page.get_by_role("link", name="Download Table (CSV)")
    with reader.page.expect_download() as download:
        link.click()
    assert re.fullmatch(r"dictionary-csv-\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    assert "gemstone" in download.value.path().read_text("utf-8-sig")
    assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert reader.problems == []


def test_a_text_in_two_languages_is_looked_through_while_it_is_written(visit, trade):
    host = a_host()
    call = a_call(programme=a_programme(host=host))
    officer = visit(staff(host, "officer"))
    officer.go(f"desk/calls/{call.slug}/texts/")
    officer.page.locator("#id_body_ko").fill("보석을 쓰메로 잡는다")
    officer.page.locator("#id_body_en").fill("It is held by wires.")
    said_of = officer.page.get_by_role("region", name="What the dictionary says about this text")
    expect(said_of.get_by_role("link", name="난발")).to_be_visible()
    expect(said_of.get_by_role("link", name="gemstone")).to_be_visible()
    officer.page.locator("#id_body_en").fill("A gemstone is held by wires.")
    expect(said_of.get_by_role("link", name="gemstone")).to_have_count(0)


@pytest.fixture
def other_site(tmp_path):
    """A page of somebody else's, on another origin."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "favicon.ico").write_bytes(b"")
    yield tmp_path / "index.html", f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


def _as_whitenoise(route):
    """The test's server leaves out the header with which WhiteNoise lets other sites load our static files."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "access-control-allow-origin": "*"})


def test_search_box_works_on_a_page_of_another_site(visit, trade, other_site, settings):
    assert getattr(settings, "WHITENOISE_ALLOW_ALL_ORIGINS", True)
    file, address = other_site
    reader = visit(phone=True)
    reader.page.route("**/static/terminology/js/term-search.js", _as_whitenoise)
    reader.go("dictionary/embed/")
    code = reader.page.locator("pre").first.inner_text()
    file.write_text(f"<!doctype html><html lang=en><title>Elsewhere</title><h1>Elsewhere</h1>{code}", "utf-8")
    reader.page.goto(address)
    reader.page.locator("term-search input").fill("qhtjr")
    expect(reader.page.locator("term-search").get_by_role("link", name="gemstone")).to_be_visible()


def test_search_box_for_other_sites_finds(visit, trade):
    reader = visit()
    reader.go("dictionary/embed/")
    reader.page.locator("term-search input").fill("ㅂㅅ")
    expect(reader.page.locator("term-search").get_by_role("link", name="gemstone")).to_be_visible()
    assert reader.problems == []
