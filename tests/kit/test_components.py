"""Each component, rendered as a page would."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

import bridgehead.kit
from bridgehead.kit.forms import ExampleForm

COTTON = Path(bridgehead.kit.__file__).parent / "templates" / "cotton"


def render(source: str, path: str = "/en/styleguide/", **context) -> str:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    template = engines["django"].from_string(CottonCompiler().process(source))
    with translation.override("en"):
        return " ".join(template.render(context, request).split())


def test_button_is_a_submit_button():
    assert render("<c-button>Save</c-button>").startswith(
        '<button type="submit" class="krds-btn bh-btn--primary primary medium '
    )


def test_button_with_an_address_is_a_link_and_keeps_other_attributes():
    html = render('<c-button href="/x/" variant="tertiary" icon="down" hx-boost="true">Excel</c-button>')
    assert html.startswith('<a href="/x/" class="krds-btn bh-btn--tertiary tertiary medium ')
    assert 'hx-boost="true"' in html
    assert '<i class="svg-icon ico-down" aria-hidden="true"></i>' in html


def test_button_text_and_address_are_escaped():
    html = render('<c-button :href="address">{{ name }}</c-button>', address='/?a="x"', name="<b>")
    assert 'href="/?a=&quot;x&quot;"' in html
    assert "&lt;b&gt;" in html


def test_post_button_is_a_whole_form_with_its_question():
    html = render(
        '<c-post-button action="/x/" name="do" value="withdraw" confirm="Really?">Withdraw</c-post-button>'
    )
    assert 'method="post" action="/x/"' in html
    assert 'data-confirm="Really?"' in html
    assert '<input type="hidden" name="do" value="withdraw">' in html
    assert "csrfmiddlewaretoken" in html


@pytest.mark.parametrize(
    ("tone", "role", "look"),
    [
        ("success", "status", "success"),
        ("warning", "alert", "warning"),
        ("error", "alert", "danger"),
        ("info", "status", "info"),
    ],
)
def test_live_alert_is_announced_by_its_weight(tone, role, look):
    html = render('<c-alert :tone="tone" live>Done</c-alert>', tone=tone)
    assert f'class="bh-alert bh-alert--{look} " role="{role}"' in html


def test_alert_in_the_page_is_not_announced():
    assert "role=" not in render('<c-alert tone="danger">Wrong</c-alert>')


def test_badge_has_its_tone():
    assert 'class="krds-badge bh-badge bg-light-information ' in render('<c-badge tone="info">New</c-badge>')


def test_table_can_be_scrolled_with_the_keyboard_and_has_a_caption():
    html = render(
        '<c-table caption="Firms"><c-slot name="head"><tr><th scope="col">Firm</th></tr></c-slot>'
        '<c-empty-row columns="3">None yet.</c-empty-row></c-table>'
    )
    assert 'role="region" aria-label="Firms" tabindex="0"' in html
    assert "<caption>Firms</caption>" in html
    assert '<thead><tr><th scope="col">Firm</th></tr></thead>' in html
    assert '<td colspan="3">None yet.</td>' in html
    assert "<tfoot>" not in html


def test_step_indicator_names_the_current_step_and_each_state_in_words():
    steps = [
        {"label": "Call", "state": "done", "url": "/call/"},
        {"label": "Selection", "state": "current", "note": "2 late"},
        {"label": "Results", "state": "todo"},
    ]
    html = render('<c-step-indicator :steps="steps" label="Stages" />', steps=steps)
    assert 'aria-label="Stages"' in html
    assert html.count('aria-current="step"') == 1
    assert '<a class="bh-step__label" href="/call/">Call</a> <span class="sr-only">(done)</span>' in html
    assert '<span class="sr-only">(current step)</span> <span class="bh-step__note">2 late</span>' in html
    assert "(to do)" in html


def test_tabs_mark_the_current_page_and_show_a_count_of_nought():
    html = render(
        '<c-tabs :items="tabs" label="State" />',
        tabs=[{"label": "All", "url": "/a/", "current": True}, {"label": "Late", "url": "/b/", "count": 0}],
    )
    assert '<a href="/a/" aria-current="page">All</a>' in html
    assert '<a href="/b/">Late <span class="bh-tabs__count">0</span></a>' in html


def test_side_navigation_has_groups_and_the_current_page():
    groups = [{"title": "Money", "items": [{"label": "Budget", "url": "/b/", "current": True, "note": "3"}]}]
    html = render('<c-side-navigation :groups="groups" />', groups=groups)
    assert '<a href="/b/" aria-current="page">Budget <span class="bh-side__note">3</span></a>' in html
    assert 'aria-controls="bh-side"' in html


def test_side_navigation_without_groups_is_nothing():
    assert render('<c-side-navigation :groups="groups" />', groups=[]) == ""


def test_breadcrumb_ends_with_the_page_itself():
    html = render(
        '<c-breadcrumb><c-crumb href="/p/">Programmes</c-crumb><c-crumb>MWC</c-crumb></c-breadcrumb>'
    )
    assert '<li><a href="/en/">Home</a></li>' in html
    assert '<span aria-current="page">MWC</span>' in html


def test_modal_is_a_native_dialog_named_by_its_title():
    html = render(
        '<c-modal id="stop" title="Stop?">Sure.<c-slot name="actions"><c-button>Yes</c-button></c-slot></c-modal>'
    )
    assert '<dialog class="bh-dialog" id="stop" aria-labelledby="stop-title"' in html
    assert '<h2 id="stop-title">Stop?</h2>' in html
    assert 'data-dialog-close aria-label="Close"' in html


def test_pagination_keeps_the_search_and_marks_the_page():
    page = Paginator(range(100), 10).page(2)
    html = render('<c-pagination :page="page" />', path="/en/styleguide/?q=ring&page=2", page=page)
    assert 'rel="prev" href="?q=ring&amp;page=1"' in html
    assert '<span class="page-link active" aria-current="page">2</span>' in html
    assert 'href="?q=ring&amp;page=10"' in html


def test_pagination_of_one_page_is_nothing():
    assert render('<c-pagination :page="page" />', page=Paginator([1], 10).page(1)) == ""


def test_kpi_links_its_label_to_the_rows():
    html = render('<c-kpi label="Pursued" value="145" note="USD 56,780,000" href="/rows/" />')
    assert '<a href="/rows/">Pursued</a>' in html
    assert '<p class="bh-kpi__value">145</p>' in html
    assert '<p class="bh-kpi__note">USD 56,780,000</p>' in html


def test_kpi_of_nought_shows_it():
    assert '<p class="bh-kpi__value">0</p>' in render('<c-kpi label="Signed" :value="value" />', value=0)


def test_progress_polls_while_it_has_an_address():
    html = render('<c-progress label="Import" value="30" max="50" id="job-1" url="/jobs/1/" />')
    assert 'role="status" id="job-1" hx-get="/jobs/1/" hx-trigger="every 2s" hx-swap="outerHTML"' in html
    assert '<progress max="50" value="30"></progress>' in html


def test_progress_without_a_value_is_waiting():
    html = render('<c-progress label="Import" />')
    assert "hx-get" not in html
    assert '<progress max="100"></progress>' in html
    assert "Waiting…" in html


def test_progress_at_nought_has_begun():
    html = render('<c-progress label="Import" :value="done" :max="all" />', done=0, all=7)
    assert '<progress max="7" value="0"></progress>' in html
    assert "0 / 7" in html


def test_facts_from_pairs_and_from_the_slot():
    html = render(
        '<c-facts :items="pairs"><c-fact label="Host">Jongno</c-fact></c-facts>', pairs=[("Firms", 26)]
    )
    assert "<div><dt>Firms</dt><dd>26</dd></div>" in html
    assert "<div><dt>Host</dt><dd>Jongno</dd></div>" in html


def test_field_outside_a_form_has_label_help_and_error():
    html = render(
        '<c-field label="Note" id="id_note" hint="Short." error="Too long." required><input id="id_note"></c-field>'
    )
    assert '<label for="id_note">Note</label>' in html
    assert 'id="id_note_helptext">Short.<' in html
    assert 'id="id_note_error">Too long.<' in html


def test_file_upload_describes_itself():
    html = render('<c-file-upload name="receipt" label="Receipt" hint="One." accept="image/*" />')
    assert '<label for="id_receipt">Receipt</label>' in html
    assert (
        'type="file" class="bh-file" id="id_receipt" name="receipt" accept="image/*" aria-describedby="id_receipt_helptext"'
        in html
    )


def test_search_field_has_a_label_and_its_value():
    html = render('<c-search-field value="{{ q }}" label="Firm" />', q='"ring"')
    assert '<label class="sr-only" for="id_q">Firm</label>' in html
    assert 'name="q" value="&quot;ring&quot;"' in html


def test_error_summary_of_a_right_form_is_nothing():
    assert render('<c-error-summary :form="form" />', form=ExampleForm()) == ""
    assert 'href="#id_firm"' in render('<c-error-summary :form="form" />', form=ExampleForm({}))


def test_language_switch_leads_to_this_page_with_its_query():
    html = render("<c-language-switch />", path="/en/styleguide/?q=1")
    assert '<a href="/ko/styleguide/?q=1" lang="ko" hreflang="ko">한국어</a>' in html
    assert 'lang="en" hreflang="en" aria-current="true">English</a>' in html


def test_copy_button_announces_that_it_copied():
    html = render('<c-copy-button text="https://x.kr/?a=1&b=2" label="Copy link" />')
    assert 'data-copy="https://x.kr/?a=1&amp;b=2"' in html
    assert 'role="status"' in html


def test_reconstructed_says_what_is_real():
    assert "Reconstructed</span>" in render("<c-reconstructed />")
    assert "The published totals are real" in render("<c-reconstructed long />")


def test_timeline_is_an_ordered_list():
    html = render(
        '<c-timeline label="Trail"><c-timeline-item when="now" who="Officer" title="Released" /></c-timeline>'
    )
    assert html.startswith('<ol class="bh-timeline" aria-label="Trail"')
    assert "bh-timeline__body" not in html


def test_autosave_status_carries_its_sentences():
    html = render("<c-autosave-status />")
    assert 'data-offline="Not saved: no network — kept on this phone"' in html
    assert 'role="status"' in html


@pytest.mark.parametrize("path", sorted(COTTON.glob("*.html")), ids=lambda path: path.stem)
def test_no_component_has_inline_style_or_script(path):
    source = path.read_text()
    assert "style=" not in source
    assert "<script" not in source
    assert " onclick" not in source


@pytest.mark.parametrize("path", sorted(COTTON.glob("*.html")), ids=lambda path: path.stem)
def test_each_component_declares_what_it_reads(path):
    """Without <c-vars> a name of the page around it would leak into the component."""
    source = path.read_text()
    assert "<c-vars" in source or "{{ slot }}" not in source
