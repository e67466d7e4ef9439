"""Programmes, their figures and strategies: who may open and change them, and what is kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bridgehead.audit.queries import entries_about
from bridgehead.programmes import actions
from bridgehead.programmes.models import FairEdition, Programme
from bridgehead.programmes.queries import stated_about
from tests.factories.organisations import a_host, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "fair", "title_ko": "박람회 지원", "title_en": "Fair support", "starts_on": "2026-03-01", "ends_on": "2026-03-05",
    "zone": "Asia/Seoul", "result_currency": "USD",
}  # fmt: skip
EDITION = {
    "fair_name": "MWC", "name": "MWC 2026", "starts_on": "2026-03-02", "ends_on": "2026-03-05", "city": "Barcelona",
    "country": "ES", "zone": "Europe/Madrid",
}  # fmt: skip


def page(name, *args):
    return reverse(f"programmes:{name}", args=args)


def test_programme_is_created_with_a_new_fair_edition(client):
    host = a_host(slug="jongno")
    client.force_login(staff(host))
    new_edition = {f"new_edition-{name}": value for name, value in EDITION.items()}
    answer = client.post(page("new"), {**FORM, **new_edition, "host": host.pk})
    programme = Programme.objects.get()
    assert answer["Location"] == reverse("portal:cockpit", args=["jongno-fair-support-2026"])
    assert (programme.edition, programme.edition.fair.name) == (FairEdition.objects.get(), "MWC")
    assert entries_about(programme)[0].verb == "programme.create"


def test_wrong_dates_keep_what_was_typed(client):
    host = a_host()
    client.force_login(staff(host))
    answer = client.post(page("new"), {**FORM, "host": host.pk, "ends_on": "2026-02-01"})
    assert (answer.status_code, "박람회 지원" in answer.content.decode()) == (422, True)
    assert Programme.objects.count() == 0


def test_programme_for_a_host_of_others_is_refused(client):
    client.force_login(staff(a_host()))
    assert client.post(page("new"), {**FORM, "host": a_host().pk}).status_code == 422


@pytest.mark.parametrize(
    ("role", "read", "write"),
    [
        ("officer", 200, 200),
        ("operator", 200, 200),
        ("finance", 200, 404),
        ("auditor", 200, 404),
        ("reviewer", 404, 404),
    ],
)
def test_pages_open_for_the_right_roles_only(client, role, read, write):
    programme = a_programme()
    client.force_login(staff(programme.host, role))
    assert client.get(page("settings", programme.slug)).status_code == read
    assert client.get(page("strategies")).status_code == read
    for name in ("edit", "new_statement"):
        assert client.get(page(name, programme.slug)).status_code == write
    for name in ("new", "new_strategy"):
        assert client.get(page(name)).status_code == write


def test_strangers_get_404_and_anonymous_signs_in(client):
    programme = a_programme()
    assert client.get(page("settings", programme.slug)).status_code == 302
    client.force_login(staff(a_host()))
    assert client.get(page("settings", programme.slug)).status_code == 404
    assert list(client.get(page("list")).context["page"]) == []


@pytest.mark.parametrize("name", ["list", "settings", "strategies"])
def test_pages_ask_the_same_for_one_and_three_rows(client, name):
    def queries(rows):
        host = a_host()
        strategy = actions.create_strategy(host=host, title_ko="전략", by=None)
        for row in range(rows):
            project = actions.create_project(strategy=strategy, title_ko="과제", by=None)
            programme = a_programme(host, project=project)
            actions.add_statement(
                programme=programme, by=None, subject="pursued", value=row, said_by="보도자료"
            )
            actions.add_statement(
                programme=programme, by=None, subject="visitors", value=row, said_by="주최 측"
            )
        client.force_login(staff(host))
        url = page(name, *([programme.slug] if name == "settings" else []))
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    assert queries(1) == queries(3)


def test_contradicting_figures_stand_side_by_side():
    programme = a_programme()
    for value, who in ((145, "요약"), (150, "본문")):
        actions.add_statement(programme=programme, by=None, subject="pursued", value=value, said_by=who)
    actions.add_statement(programme=programme, by=None, subject="planned_firms", value=20, said_by="계획")
    assert [(s.subject, len(s.statements), s.differs) for s in stated_about(programme)] == [
        ("planned_firms", 1, False),
        ("pursued", 2, True),
    ]


def test_filter_finds_by_word_year_and_kind(client):
    host = a_host()
    first, second = a_programme(host, title_ko="보석"), a_programme(host, kind="voucher")
    client.force_login(staff(host))

    def shown(query):
        return set(client.get(page("list") + query).context["page"])

    assert shown("?q=보석") == {first}
    assert shown("?kind=voucher") == {second}
    assert shown("?year=2026") == {first, second}
    assert shown(f"?host={host.slug}&q=x") == set()


def test_strategy_tree_is_added_to_and_renamed(client):
    host = a_host()
    client.force_login(staff(host))
    client.post(page("new_strategy"), {"host": host.pk, "title_ko": "판로"})
    strategy = host.strategies.get()
    client.post(page("new_project", strategy.pk), {"title_ko": "박람회"})
    client.post(page("edit_project", strategy.projects.get().pk), {"title_ko": "해외 박람회"})
    assert "해외 박람회" in client.get(page("strategies")).content.decode()
    client.force_login(staff(a_host()))
    assert client.get(page("edit_strategy", strategy.pk)).status_code == 404


def test_edited_programme_keeps_what_it_was_in_the_trail():
    programme = a_programme(title_en="Old")
    actions.edit_programme(programme=programme, by=None, title_en="New")
    assert entries_about(programme)[0].data == {"title_en": ["Old", "New"]}
