"""Nothing typed is ever lost, as a browser shows it: two tabs, no network, an expired session, a broken upload."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from bridgehead.calls.actions import applying
from bridgehead.calls.models import Application
from bridgehead.questions.models import Upload
from tests.factories.calls import a_call
from tests.factories.organisations import a_firm, maker_of

pytestmark = pytest.mark.django_db(transaction=True)
QUESTIONS = (
    {"key": "product", "kind": "short_text"},
    {"key": "plan", "kind": "short_text", "required": False},
    {"key": "file", "kind": "file", "required": False, "options": {"types": ["pdf"], "max_mb": 5}},
)
PDF = b"%PDF-1.7\n" + b"x" * 1_300_000


@pytest.fixture
def draft(site):
    call, firm = a_call(questions=QUESTIONS), a_firm()
    return applying.start(call=call, firm=firm, by=maker_of(firm, language="en"))


@pytest.fixture
def maker(visit, draft):
    visitor = visit(draft.applicant, phone=True)
    visitor.go(f"my/applications/{draft.pk}/edit/")
    return visitor


def status(visitor):
    return visitor.page.locator("[data-autosave-status]")


def saved(visitor):
    expect(status(visitor)).to_contain_text("Saved", timeout=15_000)


def answers(draft):
    return Application.objects.get(pk=draft.pk).answers


def test_two_tabs_keep_both_texts_and_one_click_settles_it(visit, draft, maker):
    other = visit(draft.applicant, phone=True)
    other.go(f"my/applications/{draft.pk}/edit/")
    maker.fill("q-", product="silver rings")
    saved(maker)
    other.fill("q-", product="gold rings", plan="Milan")
    saved(other)
    assert answers(draft) == {"product": "silver rings", "plan": "Milan"}
    field = other.page.locator('[data-question-of="product"]')
    expect(field.locator(".bh-conflict")).to_contain_text("gold rings")
    expect(field.locator(".bh-conflict")).to_contain_text("silver rings")
    assert other.width <= 360
    field.get_by_role("button", name="Use the other text").click()
    other.page.wait_for_load_state()
    expect(other.page.locator(".bh-conflict")).to_have_count(0)
    assert answers(draft) == {"product": "gold rings", "plan": "Milan"}


def test_lost_network_keeps_the_text_here_and_sends_it_when_it_is_back(draft, maker):
    maker.context.set_offline(True)
    maker.fill("q-", product="written in the tunnel")
    expect(status(maker)).to_contain_text("no network", timeout=15_000)
    assert answers(draft) == {}
    maker.context.set_offline(False)
    saved(maker)
    assert answers(draft) == {"product": "written in the tunnel"}


def test_expired_session_brings_the_text_back_after_signing_in(draft, maker):
    cookies = maker.context.cookies()
    maker.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    maker.fill("q-", product="typed while signed out")
    expect(status(maker)).to_contain_text("signed out", timeout=15_000)
    maker.page.get_by_role("button", name="Save", exact=True).click()
    maker.page.wait_for_url(re.compile("/accounts/login/"))
    maker.context.add_cookies(cookies)
    maker.go(f"my/applications/{draft.pk}/edit/")
    assert maker.field("q-product").input_value() == "typed while signed out"
    saved_answers = {"product": "typed while signed out"}
    maker.page.wait_for_timeout(4000)
    assert answers(draft) == saved_answers


def test_broken_upload_goes_on_where_it_stopped_after_a_reload(draft, maker, tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(PDF)
    parts = {"sent": 0}

    def second_part_is_lost(route):
        parts["sent"] += 1
        route.continue_() if parts["sent"] == 1 else route.abort()

    address = re.compile(r"/files/uploads/")
    maker.page.route(address, second_part_is_lost)
    maker.upload("q-file", path)
    expect(maker.page.locator(".bh-upload")).to_contain_text("No network", timeout=15_000)
    assert Upload.objects.get().received == 512 * 1024
    maker.page.unroute(address)
    maker.page.evaluate("window.onbeforeunload = null")
    maker.page.reload()
    expect(maker.page.locator(".bh-upload")).to_contain_text("Choose the same file again")
    maker.upload("q-file", path)
    expect(maker.page.locator(".bh-upload")).to_contain_text("Arrived: plan.pdf", timeout=20_000)
    saved(maker)
    upload = Upload.objects.get()
    assert (upload.received, answers(draft)) == (len(PDF), {"file": str(upload.attachment_id)})


def test_file_that_is_too_large_is_refused_before_it_is_sent(draft, maker, tmp_path):
    path = tmp_path / "film.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    maker.upload("q-file", path)
    expect(maker.page.locator(".bh-upload")).to_contain_text("larger than 5 MB")
    assert not Upload.objects.exists()
