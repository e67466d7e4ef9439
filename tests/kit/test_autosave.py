"""The promise of autosave, kept in a real browser: nothing typed is ever lost."""

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

import bridgehead.kit

SCRIPTS = Path(bridgehead.kit.__file__).parent / "static" / "kit" / "js"
SITE = "http://localhost:9"  # never reached: every request is answered below
FORM = """<!doctype html><html lang="en"><body>{before}
<form method="post" action="/sent" data-autosave-url="/save" data-autosave-key="k">
<input type="hidden" name="csrfmiddlewaretoken" value="token">{summary}
<label>Plan <textarea name="plan">{plan}</textarea></label>
<label><input type="checkbox" name="trade" value="ict"> ICT</label>
<div data-autosave-status role="status" data-saved="Saved" data-saving="Saving" data-offline="Offline"
 data-signed-out="Signed out" data-conflict="Conflict" data-restored="Restored" data-discard="Discard"></div>
<button>Send</button></form>
<script type="module" src="/js/kit.js"></script></body></html>"""

pytestmark = pytest.mark.e2e


class Site:
    """The server's side: what it keeps, and how it answers."""

    def __init__(self) -> None:
        self.kept = ""
        self.status: int | None = 200
        self.saves: list[dict[str, list[str]]] = []
        self.before = self.summary = ""

    def answer(self, route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/js/"):
            route.fulfill(path=SCRIPTS / path.removeprefix("/js/"), content_type="text/javascript")
        elif path == "/save":
            self.save(route)
        else:
            html = FORM.format(plan=self.kept, before=self.before, summary=self.summary)
            route.fulfill(body=html, content_type="text/html")

    def save(self, route) -> None:
        if self.status is None:
            return route.abort("internetdisconnected")
        self.saves.append(parse_qs(route.request.post_data))
        body = json.dumps({"saved_at": "2026-01-16T09:30:00+09:00"}) if self.status == 200 else ""
        return route.fulfill(status=self.status, body=body, content_type="application/json")


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def page(browser, site):
    context = browser.new_context(timezone_id="Asia/Seoul")
    page = context.new_page()
    page.route("**/*", site.answer)
    page.goto(SITE)
    yield page
    context.close()


def status(page, text: str) -> None:
    page.wait_for_function(
        "text => document.querySelector('[role=status]').textContent.includes(text)", arg=text
    )


def draft(page):
    return page.evaluate("localStorage.getItem('draft:k')")


def plan(page) -> str:
    return page.locator("textarea").input_value()


def test_typed_text_is_saved_with_the_server_s_time(page, site):
    page.get_by_label("Plan").fill("Sell rings")
    status(page, "Saved 09:30:00")
    assert site.saves == [{"plan": ["Sell rings"]}]
    assert draft(page) is None


def test_text_typed_without_network_is_kept_and_comes_back_after_a_reload(page, site):
    site.status = None
    page.get_by_label("Plan").fill("Sell rings")
    page.get_by_label("ICT").check()
    status(page, "Offline")
    page.reload()
    status(page, "Restored")
    assert plan(page) == "Sell rings"
    assert page.get_by_label("ICT").is_checked()


def test_restored_text_is_saved_once_the_network_is_back(page, site):
    site.status = None
    page.get_by_label("Plan").fill("Sell rings")
    status(page, "Offline")
    site.status = 200
    page.reload()
    page.wait_for_function("localStorage.getItem('draft:k') === null")
    assert site.saves == [{"plan": ["Sell rings"]}]
    assert plan(page) == "Sell rings"


def test_restored_text_can_be_given_up_for_the_saved_one(page, site):
    site.status = None
    page.get_by_label("Plan").fill("Typing error")
    status(page, "Offline")
    page.reload()
    page.get_by_role("button", name="Discard").click()
    assert plan(page) == ""


def test_text_is_kept_in_the_moment_it_is_typed(page, site):
    page.get_by_label("Plan").press_sequentially("a")
    assert json.loads(draft(page))["values"] == [["plan", "a"]]


@pytest.mark.parametrize(("code", "text"), [(401, "Signed out"), (409, "Conflict"), (500, "Offline")])
def test_refused_text_is_kept(page, site, code, text):
    site.status = code
    page.get_by_label("Plan").fill("Sell rings")
    status(page, text)
    assert json.loads(draft(page))["values"] == [["plan", "Sell rings"]]


def test_text_the_server_rejected_and_showed_again_is_not_taken_for_saved(page, site):
    site.status = None
    page.get_by_label("Plan").fill("Sell rings")
    site.kept, site.summary = "Sell rings", "<div data-error-summary tabindex='-1'>Wrong</div>"
    page.get_by_role("button", name="Send").click()
    status(page, "Offline")
    assert json.loads(draft(page))["values"] == [["plan", "Sell rings"]]


def test_page_after_sending_lets_the_draft_go(page, site):
    site.status = None
    page.get_by_label("Plan").fill("Sell rings")
    status(page, "Offline")
    site.before = "<span hidden data-autosave-done='k'></span>"
    page.get_by_role("button", name="Send").click()
    page.wait_for_function("localStorage.getItem('draft:k') === null")
    assert plan(page) == ""
