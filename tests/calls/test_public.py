"""What everybody sees of a call, and when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from bridgehead.calls.models import Quota
from bridgehead.calls.queries.public import days_between, public_calls, sort_calls
from bridgehead.programmes.models import Statement
from tests.factories.calls import a_call
from tests.factories.organisations import a_user, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_list_sorts_by_what_one_can_do(client):
    now = timezone.now()
    later, sooner = (a_call(closes_at=now + days * DAY) for days in (9, 2))
    coming = a_call(opens_at=now + DAY, closes_at=now + 5 * DAY)
    closed = a_call(opens_at=now - 5 * DAY, closes_at=now)
    calls = sort_calls(public_calls(), now)
    assert [item.call for item in calls.open] == [sooner, later]
    assert [item.call for item in calls.coming] == [coming]
    assert [item.call for item in calls.closed] == [closed]
    page = client.get("/en/calls/").content.decode()
    assert [title in page for title in ("Open now", "Opening soon", "Closed")] == [True] * 3


def test_days_are_calendar_days_at_the_programmes_place():
    start = datetime(2026, 1, 1, 14, 59, tzinfo=UTC)
    assert days_between(start, start, "Asia/Seoul") == 0
    assert days_between(start, start + timedelta(minutes=1), "Asia/Seoul") == 1


def test_list_without_calls_says_so(client):
    assert "No calls at the moment" in client.get("/en/calls/").content.decode()


def test_list_has_the_same_queries_for_one_and_three(client, django_assert_num_queries):
    a_call()
    with django_assert_num_queries(2):
        client.get("/en/calls/")
    a_call()
    a_call()
    with django_assert_num_queries(2):
        client.get("/en/calls/")


@pytest.mark.parametrize("hidden", [{"published_at": None}, {"programme": "private"}])
def test_hidden_call_is_for_the_hosts_staff_only(client, hidden):
    programme = a_programme(is_public=hidden.get("programme") is None)
    call = a_call(programme, **({} if "programme" in hidden else hidden))
    url = f"/en/calls/{call.slug}/"
    assert client.get(url).status_code == 404
    client.force_login(a_user())
    assert client.get(url).status_code == 404
    client.force_login(staff(programme.host))
    assert client.get(url).status_code == 200
    assert call.title not in client.get("/en/calls/").content.decode()


def test_page_shows_weights_quotas_and_who_stated_what(client):
    choices = [{"value": "icheon", "ko": "이천", "en": "Icheon"}]
    call = a_call(
        questions=(
            {"key": "region", "kind": "choice", "label_en": "Region", "options": {"choices": choices}},
        )
    )
    Quota.objects.create(call=call, key="region", value="icheon", places=1)
    Statement.objects.create(
        programme=call.programme,
        subject="visitors",
        value=35000,
        said_by="Jongno District",
        said_on=date(2026, 1, 21),
    )
    page = " ".join(client.get(f"/en/calls/{call.slug}/").content.decode().split())
    assert "60 of 100" in page and "40 of 100" in page
    assert "Region – Icheon: 1 place" in page
    assert "35,000" in page and "Jongno District" in page
    assert "(Asia/Seoul)" in page
    assert f'href="/en/calls/{call.slug}/apply/"' in page


def test_closed_call_has_no_apply_button(client):
    call = a_call(closes_at=timezone.now())
    page = client.get(f"/en/calls/{call.slug}/").content.decode()
    assert "/apply/" not in page and "This call is closed" in page


@pytest.mark.parametrize("language", ["ko", "en"])
def test_page_in_both_languages(client, language):
    call = a_call()
    page = client.get(f"/{language}/calls/{call.slug}/").content.decode()
    assert (call.title_ko if language == "ko" else call.title_en) in page
