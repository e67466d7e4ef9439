"""Every page with the people who may open it and those who may not, and with one row and with three."""

import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bridgehead.floor.actions.consultations import withdraw_consultation
from bridgehead.floor.actions.stages import reach_stage
from bridgehead.floor.actions.waves import plan_waves, send_wave
from bridgehead.floor.models import Consultation, FollowUp, StageRecord, Wave
from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import Contact
from tests.factories.calls import an_award
from tests.factories.floor import a_consultation, a_participant
from tests.factories.matchmaking_for_floor import a_meeting
from tests.factories.organisations import a_firm, a_host, maker_of, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db

DESK_PAGES = ["consultations", "consultations_xlsx", "consultations_csv", "import_template", "follow_up"]
EDIT_PAGES = ["consultation_new", "import"]
EDIT_POSTS = ["follow_up_plan"]
TALK_POSTS = ["consultation_edit", "consultation_withdraw", "consultation_restore", "stage"]


@pytest.fixture
def programme():
    return a_programme()


def posted(**fields):
    return {
        "id": str(uuid4()),
        "buyer_name": "Rossi Gioielli",
        "buyer_country": "IT",
        "product": "rings",
        "amount": "12,000",
        "currency": "USD",
        "reached": "talk",
        "held_on": "2026-01-17",
        **fields,
    }


# Roles


@pytest.mark.parametrize("name", [*DESK_PAGES, *EDIT_PAGES])
def test_desk_page_is_404_for_strangers_and_asks_the_anonymous_to_sign_in(client, programme, name):
    url = reverse(f"floor:{name}", args=[programme.slug])
    assert client.get(url).status_code == 302
    for stranger in (staff(a_host()), staff(programme.host, "reviewer"), maker_of(a_participant(programme))):
        client.force_login(stranger)
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("role", ["officer", "operator", "finance", "editor", "auditor", "administrator"])
def test_desk_pages_open_for_whoever_may_view_and_editing_for_whoever_may_edit(client, programme, role):
    client.force_login(staff(programme.host, role))
    talk = a_consultation(programme)
    for name in DESK_PAGES:
        assert client.get(reverse(f"floor:{name}", args=[programme.slug])).status_code == 200
    assert client.get(reverse("floor:consultation", args=[programme.slug, talk.pk])).status_code == 200
    edits = role in {"officer", "operator"}
    for name in EDIT_PAGES:
        expected = 200 if edits else 404
        assert client.get(reverse(f"floor:{name}", args=[programme.slug])).status_code == expected
    for name in EDIT_POSTS:
        expected = 302 if edits else 404
        assert client.post(reverse(f"floor:{name}", args=[programme.slug])).status_code == expected
    for name in TALK_POSTS:
        answer = client.post(reverse(f"floor:{name}", args=[programme.slug, talk.pk]))
        assert (answer.status_code != 404) == edits


def test_operator_of_the_programme_may_edit(client):
    agency = a_host()
    programme = a_programme(operator=agency)
    client.force_login(staff(agency, "operator"))
    assert client.get(reverse("floor:import", args=[programme.slug])).status_code == 200


def test_consultation_of_another_programme_is_404(client, programme):
    client.force_login(staff(programme.host))
    other = a_consultation()
    assert client.get(reverse("floor:consultation", args=[programme.slug, other.pk])).status_code == 404
    assert client.get(reverse("floor:consultation", args=[other.programme.slug, other.pk])).status_code == 404


def test_maker_pages_are_404_for_others_and_before_acceptance(client, programme):
    talk = a_consultation(programme)
    offered = an_award(programme, a_firm(), state="offered").firm
    pages = [
        reverse("floor:my_log", args=[programme.slug]),
        reverse("floor:my_consultation", args=[programme.slug, talk.pk]),
    ]
    for url in pages:
        client.logout()
        assert client.get(url).status_code == 302
        for person in (staff(programme.host), maker_of(offered), maker_of(a_firm())):
            client.force_login(person)
            assert client.get(url).status_code == 404


def test_maker_sees_no_entry_of_another_firm(client, programme):
    talk = a_consultation(programme, buyer_name="Secret buyer")
    client.force_login(maker_of(a_participant(programme)))
    assert b"Secret buyer" not in client.get(reverse("floor:my_log", args=[programme.slug])).content
    for name in ("my_withdraw", "my_restore", "my_stage"):
        assert client.post(reverse(f"floor:{name}", args=[programme.slug, talk.pk])).status_code == 404


# The maker


def test_maker_with_one_programme_goes_straight_to_its_log(client, programme):
    firm = a_participant(programme)
    maker = maker_of(firm)
    client.force_login(maker)
    assert client.get(reverse("floor:my_floor")).url == reverse("floor:my_log", args=[programme.slug])
    an_award(a_programme(), firm)
    assert client.get(reverse("floor:my_floor")).status_code == 200


def test_maker_logs_without_script_and_twice_is_once(client, programme):
    firm = a_participant(programme)
    client.force_login(maker_of(firm))
    url = reverse("floor:my_log", args=[programme.slug])
    data = posted(firm=firm.pk, reached="pursued", pursued_amount="5000")
    for _ in range(2):
        assert client.post(url, data).status_code == 302
    talk = Consultation.objects.get()
    assert (str(talk.pk), talk.amount, talk.source) == (data["id"], Decimal("12000.00"), "floor")
    assert StageRecord.objects.get().amount == Decimal("5000.00")
    assert b"Rossi Gioielli" in client.get(url).content


def test_maker_queue_gets_201_then_200_then_422(client, programme):
    firm = a_participant(programme)
    client.force_login(maker_of(firm))
    url = reverse("floor:my_log", args=[programme.slug])
    data = posted(firm=firm.pk)
    codes = [client.post(url, data, headers={"accept": "application/json"}).status_code for _ in range(2)]
    wrong = client.post(url, posted(firm=firm.pk, buyer_name=""), headers={"accept": "application/json"})
    assert [*codes, wrong.status_code] == [201, 200, 422]
    assert list(wrong.json()["errors"]) == ["buyer_name"]


def test_maker_with_wrong_input_keeps_what_was_typed(client, programme):
    firm = a_participant(programme)
    client.force_login(maker_of(firm))
    data = posted(firm=firm.pk, reached="pursued", product="brooches")
    answer = client.post(reverse("floor:my_log", args=[programme.slug]), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["pursued_amount"]
    assert b'value="brooches"' in answer.content
    assert data["id"].encode() in answer.content


def test_maker_takes_back_and_undoes(client, programme):
    talk = a_consultation(programme)
    client.force_login(maker_of(talk.firm))
    client.post(reverse("floor:my_withdraw", args=[programme.slug, talk.pk]))
    assert Consultation.objects.get().is_withdrawn
    assert (
        reverse("floor:my_restore", args=[programme.slug, talk.pk]).encode()
        in client.get(reverse("floor:my_log", args=[programme.slug])).content
    )
    client.post(reverse("floor:my_restore", args=[programme.slug, talk.pk]))
    assert not Consultation.objects.get().is_withdrawn


def test_maker_edits_records_a_stage_and_confirms(client, programme):
    talk = a_consultation(programme)
    client.force_login(maker_of(talk.firm))
    url = reverse("floor:my_consultation", args=[programme.slug, talk.pk])
    client.post(url, posted(version=1, buyer_name="Bianchi"))
    assert Consultation.objects.get().buyer_name == "Bianchi"
    stage = {"stage": "signed", "reached_on": "2026-02-01", "amount": "900", "currency": "USD"}
    assert client.post(reverse("floor:my_stage", args=[programme.slug, talk.pk]), stage).status_code == 302
    record = StageRecord.objects.get(stage="signed")
    confirm = reverse("floor:my_confirm", args=[programme.slug, talk.pk, record.pk])
    said = {
        "confirmed_by": "Kim",
        "without_support": "never",
        "share": "none",
        "help": "much",
        "publish": "no",
    }
    client.post(confirm, {f"{record.pk}-{name}": value for name, value in said.items()})
    record.refresh_from_db()
    assert (record.confirmed_by, record.without_support) == ("Kim", "never")
    assert client.get(url).status_code == 200


def test_maker_gets_the_days_buyers_suggested(client, programme):
    firm = a_participant(programme)
    meeting = a_meeting(programme, firm, starts_at=timezone.now())
    client.force_login(maker_of(firm))
    page = client.get(reverse("floor:my_log", args=[programme.slug]))
    assert [buyer.name for buyer in page.context["buyers"]] == [meeting.buyer.organisation.name]


# The desk


def test_officer_enters_edits_withdraws_and_restores(client, programme):
    firm = a_participant(programme)
    client.force_login(staff(programme.host))
    client.post(reverse("floor:consultation_new", args=[programme.slug]), posted(firm=firm.pk))
    talk = Consultation.objects.get()
    assert talk.source == "desk"
    args = [programme.slug, talk.pk]
    client.post(reverse("floor:consultation_edit", args=args), posted(version=1, product="brooches"))
    stale = client.post(reverse("floor:consultation_edit", args=args), posted(version=1, product="pins"))
    assert stale.status_code == 422
    client.post(reverse("floor:consultation_withdraw", args=args), {"reason": "double"})
    talk.refresh_from_db()
    assert (talk.product, talk.withdrawn_reason) == ("brooches", "double")
    client.post(reverse("floor:consultation_restore", args=args))
    talk.refresh_from_db()
    assert talk.withdrawn_at is None
    page = client.get(reverse("floor:consultation", args=args))
    assert [entry.verb for entry in page.context["history"]] == [
        "consultation.restore",
        "consultation.withdraw",
        "consultation.edit",
        "consultation.log",
    ]


def test_officer_records_and_takes_back_a_stage(client, programme):
    talk = a_consultation(programme)
    client.force_login(staff(programme.host))
    args = [programme.slug, talk.pk]
    stage = {"stage": "signed", "reached_on": "2026-02-01", "amount": "900", "currency": "USD"}
    client.post(reverse("floor:stage", args=args), stage)
    early = client.post(reverse("floor:stage", args=args), {**stage, "reached_on": "2025-01-01"})
    assert early.status_code == 422
    record = StageRecord.objects.get(stage="signed")
    url = reverse("floor:stage_withdraw", args=[*args, record.pk])
    client.post(url, {"reason": ""})
    assert StageRecord.objects.count() == 2
    client.post(url, {"reason": "another buyer"})
    assert StageRecord.objects.count() == 0


def test_list_filters_and_states_each_stage_alone(client, programme):
    first = a_consultation(programme, buyer_name="Alpha", amount=Decimal(100), pursued_amount=Decimal(60))
    a_consultation(programme, buyer_name="Beta", buyer_country="ES", held_on=date(2026, 1, 18))
    gone = a_consultation(programme, buyer_name="Gamma")
    withdraw_consultation(consultation=gone, by=None)
    client.force_login(staff(programme.host))
    url = reverse("floor:consultations", args=[programme.slug])

    def names(**query):
        return sorted(talk.buyer_name for talk in client.get(url, query).context["page"])

    assert names() == ["Alpha", "Beta"]
    assert names(q="alph") == ["Alpha"]
    assert names(firm=first.firm.slug) == ["Alpha"]
    assert names(country="ES") == ["Beta"]
    assert names(day="2026-01-18") == ["Beta"]
    assert names(stage="pursued") == ["Alpha"]
    assert names(stage="talk") == ["Beta"]
    assert names(withdrawn="on") == ["Gamma"]
    rungs = client.get(url).context["rungs"]
    assert [(rung.stage, rung.count) for rung in rungs] == [
        ("consultation", 2),
        ("pursued", 1),
        ("signed", 0),
        ("shipped", 0),
        ("paid", 0),
    ]


def test_list_is_cut_into_pages_of_fifty(client, programme):
    firm = a_participant(programme)
    for _ in range(51):
        a_consultation(programme, firm)
    client.force_login(staff(programme.host))
    url = reverse("floor:consultations", args=[programme.slug])
    assert len(client.get(url).context["page"]) == 50
    assert len(client.get(url, {"page": 2}).context["page"]) == 1


# Query counts


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def add_row(programme, firm):
    talk = a_consultation(programme, firm, pursued_amount=Decimal(5))
    reach_stage(
        consultation=talk, stage="signed", reached_on=talk.held_on, amount=Decimal(4), currency="USD", by=None
    )


@pytest.mark.parametrize("name", ["consultations", "consultations_csv", "my_log"])
def test_list_of_three_takes_as_many_queries_as_of_one(client, programme, name):
    firm = a_participant(programme)
    client.force_login(maker_of(firm) if name == "my_log" else staff(programme.host))
    url = reverse(f"floor:{name}", args=[programme.slug])
    add_row(programme, firm)
    one = queries(client, url)
    add_row(programme, firm)
    add_row(programme, firm)
    assert queries(client, url) == one


def test_follow_up_list_of_three_takes_as_many_queries_as_of_one(client, programme):
    client.force_login(staff(programme.host))
    url = reverse("floor:follow_up", args=[programme.slug])
    plan_waves(programme=programme, by=None)

    def ask():
        firm = a_participant(programme)
        Contact.objects.create(organisation=firm, name="Kim", email=f"{firm.slug}@example.org")
        send_wave(wave=Wave.objects.earliest("months"), by=None)

    ask()
    one = queries(client, url)
    ask()
    ask()
    FollowUp.objects.update(sent_at=timezone.now() - timedelta(days=20))
    assert FollowUp.objects.count() == 3
    assert queries(client, url) == one


def test_answer_page_of_three_takes_as_many_queries_as_of_one(client, programme):
    firm = a_participant(programme)
    Contact.objects.create(organisation=firm, name="Kim", email="kim@example.org", language="en")
    send_wave(wave=plan_waves(programme=programme, by=None)[0], by=None)
    token = re.search(r"/f/([\w-]+)/", Mail.objects.get().body)[1]
    url = reverse("floor:answer", args=[token])
    add_row(programme, firm)
    one = queries(client, url)
    add_row(programme, firm)
    add_row(programme, firm)
    assert queries(client, url) == one
