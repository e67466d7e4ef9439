"""The style guide shows every component, in both languages, and the frame holds the page."""

from pathlib import Path

import pytest

import bridgehead.kit

TEMPLATES = Path(bridgehead.kit.__file__).parent / "templates"
#: Parts of the frame, on every page; and parts that a page without their occasion does not show.
FRAME = {
    "masthead",
    "site_header",
    "site_footer",
    "messages",
    "language_switch",
    "account_menu",
    "side_navigation",
}
ELSEWHERE = {
    "account_navigation",
    "autosave_status",
    "autosave_done",
    "error_summary",
    "post_button",
    "field",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("ko", "디자인 안내서"), ("en", "Style guide")])
def test_style_guide_opens_in_both_languages(client, language, heading):
    answer = client.get(f"/{language}/styleguide/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in html
    assert f"<h1>{heading} " in html
    assert "<c-" not in html


def test_style_guide_shows_every_component():
    source = (TEMPLATES / "kit" / "styleguide.html").read_text()
    names = {path.stem for path in (TEMPLATES / "cotton").glob("*.html")} - FRAME - ELSEWHERE
    assert sorted(name for name in names if f"<c-{name.replace('_', '-')}" not in source) == []


@pytest.mark.django_db
def test_page_has_a_way_to_the_content_and_no_inline_code(client):
    html = client.get("/en/styleguide/").content.decode()
    assert '<a href="#content">Skip to content</a>' in html
    assert '<main id="content"' in html
    assert " style=" not in html
    assert html.count("<script") == 2
    assert "<style" not in html


@pytest.mark.django_db
def test_demonstration_is_named_on_the_page_and_no_government_site_claimed(client, settings):
    settings.DEMO = True
    html = client.get("/ko/styleguide/").content.decode()
    assert "시연용 누리집" in html
    assert "공식 전자정부 누리집" not in html


@pytest.mark.django_db
def test_wrong_form_comes_back_with_its_errors(client):
    html = client.post("/en/styleguide/", {"firm": "Soyou"}).content.decode()
    assert "data-error-summary" in html
    assert 'value="Soyou"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["login/", "signup/", "login/code/", "password/reset/"], ids=["login", "signup", "code", "reset"]
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_sign_in_pages_use_the_frame(client, language, path):
    html = client.get(f"/{language}/accounts/{path}").content.decode()
    assert 'class="bh-header"' in html
    assert 'class="krds-input medium"' in html
    assert " style=" not in html
