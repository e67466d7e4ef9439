"""Home, start pages, cockpit and personas."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import escape
from django.utils.text import capfirst

from bridgehead.programmes.actions import add_statement
from tests.factories.calls import a_call, an_application
from tests.factories.floor import a_consultation, a_participant
from tests.factories.funding import a_source
from tests.factories.organisations import a_firm, a_host, a_user, maker_of, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme(title_en="Jongno at VICENZAORO")


def cockpit(programme):
    return f"/en/desk/programmes/{programme.slug}/"


def text_of(client, url):
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


def test_home_shows_open_calls_and_results_to_everybody(client, programme):
    call = a_call(programme, title_en="Call for jewelry workshops")
    a_consultation(programme, amount=Decimal(4321))
    text = text_of(client, "/en/")
    assert call.title_en in text
    assert "USD 4,321" in text


def test_home_of_an_empty_installation_says_so(client):
    assert "No call is open at the moment" in text_of(client, "/en/")


def test_cockpit_shows_every_stage_with_its_facts(client, programme):
    a_source(programme, amount=Decimal(500_000_000))
    a_consultation(programme, a_participant(programme), amount=Decimal(4321))
    add_statement(
        programme=programme, subject="visitors", value=Decimal(35_000), approximate=True, said_by="IEG",
        said_on=date(2026, 1, 20), by=None,
    )  # fmt: skip
    client.force_login(staff(programme.host))
    page = client.get(cockpit(programme))
    assert len(page.context["steps"]) == 8
    assert page.context["steps"][-1].facts == ["consultation: 1 · USD 4,321"]
    text = page.content.decode()
    for step in page.context["steps"]:
        assert [fact for fact in step.facts if escape(capfirst(fact)) not in text] == []
    for expected in ("KRW 500,000,000", "35,000", "IEG", "Visitors of the fair"):
        assert expected in text


@pytest.mark.parametrize(("role", "money"), [("officer", True), ("finance", True), ("editor", False)])
def test_cockpit_shows_money_to_those_who_may_see_it(client, programme, role, money):
    a_source(programme, amount=Decimal(500_000_000))
    client.force_login(staff(programme.host, role))
    assert ("KRW 500,000,000" in text_of(client, cockpit(programme))) is money


def test_cockpit_of_a_grant_has_no_stages_and_says_where_to_look(client):
    programme = a_programme(kind="grant", edition=None)
    client.force_login(staff(programme.host))
    page = client.get(cockpit(programme))
    assert (page.status_code, page.context["steps"]) == (200, [])
    assert "It is a grant that comes in" in page.content.decode()


def test_cockpit_takes_the_same_queries_for_1_and_3_firms(client, programme, django_assert_max_num_queries):
    client.force_login(staff(programme.host))
    call, counts = a_call(programme), []
    for more in (1, 2):
        for _ in range(more):
            firm = a_participant(programme)
            an_application(call, firm)
            a_consultation(programme, firm, pursued_amount=Decimal(10))
        with django_assert_max_num_queries(120) as captured:
            assert client.get(cockpit(programme)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_cockpit_is_404_for_strangers_and_asks_the_anonymous_to_sign_in(client, programme):
    assert client.get(cockpit(programme)).url.startswith("/en/accounts/login/")
    for user in (staff(a_host()), staff(programme.host, "reviewer"), maker_of(a_firm())):
        client.force_login(user)
        assert client.get(cockpit(programme)).status_code == 404


def test_desk_lists_the_programmes_a_person_may_see(client, programme):
    delegated = a_programme(operator=programme.host, title_en="Delegated")
    a_programme(title_en="Somebody else's")
    client.force_login(staff(programme.host))
    assert set(client.get("/en/desk/").context["programmes"]) == {programme, delegated}


@pytest.mark.parametrize(("role", "offered"), [("officer", True), ("auditor", False)])
def test_desk_offers_a_new_programme_to_those_who_may(client, programme, role, offered):
    client.force_login(staff(programme.host, role))
    assert client.get("/en/desk/").context["may_create"] is offered


def test_desk_sends_reviewers_and_makers_to_their_own_pages(client, programme):
    client.force_login(staff(programme.host, "reviewer"))
    assert client.get("/en/desk/").url == "/en/review/"
    client.force_login(maker_of(a_firm()))
    assert client.get("/en/desk/").url == "/en/my/"


def test_desk_takes_the_same_queries_for_1_and_3_programmes(client, programme, django_assert_max_num_queries):
    client.force_login(staff(programme.host))
    counts = []
    for more in (0, 2):
        for _ in range(more):
            a_programme(programme.host)
        with django_assert_max_num_queries(60) as captured:
            client.get("/en/desk/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_my_page_asks_for_the_workshop_first_then_shows_the_ways(client):
    user = a_user()
    client.force_login(user)
    assert "Register my workshop" in text_of(client, "/en/my/")
    firm = a_firm(name_en="Soyou")
    firm.memberships.create(user=user)
    text = text_of(client, "/en/my/")
    assert "Soyou" in text
    assert "Log a consultation at the stand" in text


def test_personas_sign_in_with_one_button(client):
    user = a_user(email="jongno-officer@demo.bridgehead.example", name="김서연")
    assert 'action="/en/demo/jongno-officer/"' in text_of(client, "/en/demo/")
    assert client.get("/en/demo/jongno-officer/").status_code == 405
    assert client.post("/en/demo/jongno-officer/").url == "/en/desk/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_personas_that_are_not_loaded_are_not_offered(client):
    assert "No demo data yet" in text_of(client, "/en/demo/")
    for key in ("jongno-officer", "nobody"):
        assert client.post(f"/en/demo/{key}/").status_code == 404


def test_personas_do_not_exist_outside_the_demo(client, settings):
    a_user(email="jongno-officer@demo.bridgehead.example")
    settings.DEMO = False
    assert client.get("/en/demo/").status_code == 404
    assert client.post("/en/demo/jongno-officer/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_unknown_page_says_what_to_do(client):
    page = client.get("/en/nowhere/")
    assert page.status_code == 404
    assert "<h1" in page.content.decode()


def test_a_form_without_a_token_is_told_how_to_send_it_again():
    answer = Client(enforce_csrf_checks=True).post("/en/accounts/login/", {"login": "somebody"})
    assert answer.status_code == 403
    assert (
        "Come back to this tab and go back one page: what you typed is still there."
        in answer.content.decode()
    )
