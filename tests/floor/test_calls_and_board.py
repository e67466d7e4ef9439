"""Half answers, chosen months, the call list and the board."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bridgehead.floor.actions.stages import reach_stage
from bridgehead.floor.actions.waves import plan_waves, send_wave
from bridgehead.floor.models import Call, FollowUp, StageRecord, Wave
from bridgehead.floor.queries import lanes_of
from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import Contact
from tests.factories.floor import a_consultation, a_participant
from tests.factories.organisations import staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


def asked(programme):
    firm = a_participant(programme)
    Contact.objects.create(
        organisation=firm, name="Kim", email=f"{firm.slug}@example.org", phone="02-123-4567", language="en"
    )
    talk = a_consultation(programme, firm)
    send_wave(wave=plan_waves(programme=programme, by=None)[0], by=None)
    return talk, re.search(r"/f/([\w-]+)/", Mail.objects.latest("pk").body)[1]


def test_half_an_answer_is_there_on_another_device_and_counts_only_when_sent(client, programme):
    talk, token = asked(programme)
    url = reverse("floor:answer", args=[token])
    typed = {f"{talk.pk}-stage": "signed", f"{talk.pk}-amount": "1,200", "comment": "half way"}
    assert client.post(reverse("floor:answer_save", args=[token]), typed).status_code == 200
    client.cookies.clear()
    page = client.get(url).content.decode()
    assert 'value="1,200"' in page
    assert "half way" in page
    assert not StageRecord.objects.exists()
    assert FollowUp.objects.get().answered_at is None
    whole = {
        **typed,
        f"{talk.pk}-reached_on": "2026-02-01",
        f"{talk.pk}-currency": "USD",
        "answered_by": "Kim",
    }
    assert client.post(url, whole).status_code == 302
    assert StageRecord.objects.get(stage="signed").amount == Decimal(1200)
    assert FollowUp.objects.get().draft == {}


def test_unknown_link_keeps_nothing(client):
    assert client.post(reverse("floor:answer_save", args=["nothing"]), {"comment": "x"}).status_code == 404


def test_months_are_chosen_and_sent_rounds_stay(client, programme):
    asked(programme)
    client.force_login(staff(programme.host))
    url = reverse("floor:follow_up_plan", args=[programme.slug])
    client.post(url, {"months": "2, 4,24"})
    assert list(Wave.objects.values_list("months", flat=True)) == [1, 2, 4, 24]
    for wrong in ("", "two", "0", "61"):
        client.post(url, {"months": wrong})
    assert list(Wave.objects.values_list("months", flat=True)) == [1, 2, 4, 24]


def test_silent_firm_is_on_the_call_list_until_it_answers(client, programme):
    talk, token = asked(programme)
    client.force_login(staff(programme.host))
    url = reverse("floor:calls", args=[programme.slug])
    assert b"02-123-4567" in client.get(url).content
    follow_up = FollowUp.objects.get()
    call = reverse("floor:call", args=[programme.slug, follow_up.pk])
    client.post(call, {"note": ""})
    client.post(call, {"note": "will answer on Friday"})
    assert Call.objects.get().note == "will answer on Friday"
    assert b"will answer on Friday" in client.get(url).content
    client.post(reverse("floor:answer", args=[token]), {"answered_by": "Kim"})
    assert talk.firm.slug.encode() not in client.get(url).content
    assert client.post(call, {"note": "again"}).status_code == 404


def reached(programme, *stages):
    talk = a_consultation(programme)
    for stage in stages:
        reach_stage(
            consultation=talk,
            stage=stage,
            reached_on=talk.held_on,
            amount=Decimal(9),
            currency="USD",
            by=None,
        )
    return talk


def test_each_deal_stands_once_under_its_highest_stage(client, programme):
    for stages in ((), ("pursued",), ("signed",), ("signed", "paid")):
        reached(programme, *stages)
    assert [(lane.stage, lane.count) for lane in lanes_of(programme)] == [
        ("talk", 1),
        ("pursued", 1),
        ("signed", 1),
        ("shipped", 0),
        ("paid", 1),
    ]
    client.force_login(staff(programme.host))
    assert client.get(reverse("floor:board", args=[programme.slug])).status_code == 200


@pytest.mark.parametrize("name", ["board", "calls"])
def test_page_of_three_takes_as_many_queries_as_of_one(client, programme, name):
    client.force_login(staff(programme.host))
    url = reverse(f"floor:{name}", args=[programme.slug])

    def count():
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    asked(programme)
    reached(programme, "signed")
    one = count()
    for _ in range(2):
        asked(programme)
        reached(programme, "signed")
    assert count() == one
