"""What leaves the site about calls: filters, results, calendar, feed, JSON and the picture."""

import io
import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar
from PIL import Image

from bridgehead.calls.actions import editing
from bridgehead.calls.models import Application, Call, Decision
from bridgehead.documents.atom import parse_feed
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_firm, a_host, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SEOUL = ZoneInfo("Asia/Seoul")


def a_released_call(shown, **fields):
    call = a_call(
        closes_at=timezone.now() - DAY / 2, released_at=timezone.now(), results_shown=shown, **fields
    )
    for rank, (name, outcome) in enumerate([("은하공방", "selected"), ("달골드", "declined")], start=1):
        application = an_application(
            call, a_firm(name_ko=name, name_en=""), number=f"R-{rank}", state=outcome
        )
        Decision.objects.create(application=application, outcome=outcome, rank=rank, score="91.500")
    return call


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b"}),
        ("q=반지", {"a"}),
        ("kind=training", {"b"}),
        ("host=h1", {"a"}),
        ("host=h1&kind=training", set()),
        ("host=nowhere&kind=nothing", {"a", "b"}),
    ],
)
def test_list_narrows_by_words_host_and_kind(client, query, found):
    first = a_programme(host=a_host(slug="h1"))
    a_call(first, slug="a", title_ko="반지 전시 참가 모집")
    a_call(a_programme(host=a_host(slug="h2")), slug="b", kind=Call.Kind.TRAINING)
    page = client.get(f"/ko/calls/?{query}").content.decode()
    assert {slug for slug in ("a", "b") if f'href="/ko/calls/{slug}/"' in page} == found


def test_list_that_a_filter_empties_offers_to_take_it_away(client):
    a_call()
    page = client.get("/en/calls/?q=nothing-like-it").content.decode()
    assert "No call matches" in page
    assert 'href="/en/calls/"' in page


def test_past_calls_come_in_pages(client):
    programme = a_programme()
    for day in range(21):
        a_call(programme, opens_at=timezone.now() - 60 * DAY, closes_at=timezone.now() - (1 + day) * DAY)
    first, second = (client.get(f"/en/calls/?page={n}").content.decode() for n in (1, 2))
    assert (first.count("bh-call-item__meta"), second.count("bh-call-item__meta")) == (20, 1)


@pytest.mark.parametrize(
    ("shown", "there", "absent"),
    [
        (Call.Shown.NUMBERS, ["R-1"], ["은하공방", "91.5", "R-2", "달골드"]),
        (Call.Shown.FIRMS, ["R-1", "은하공방"], ["91.5", "R-2", "달골드"]),
        (Call.Shown.SCORES, ["R-1", "은하공방", "91.5"], ["R-2", "달골드"]),
    ],
)
def test_results_show_what_the_call_allows_and_no_more(client, shown, there, absent):
    call = a_released_call(shown)
    page = client.get(f"/ko/calls/{call.slug}/results/").content.decode()
    assert [text for text in there if text not in page] == []
    assert [text for text in absent if text in page] == []


@pytest.mark.parametrize("fields", [{"results_shown": "nothing"}, {"released_at": None}])
def test_results_kept_back_are_not_found(client, fields):
    call = a_released_call(Call.Shown.FIRMS)
    Call.objects.filter(pk=call.pk).update(**fields)
    assert client.get(f"/ko/calls/{call.slug}/results/").status_code == 404
    assert f"/{call.slug}/results/" not in client.get(f"/ko/calls/{call.slug}/").content.decode()


def test_calendar_holds_the_closings_still_to_come(client):
    closes = datetime(2099, 12, 10, 18, tzinfo=SEOUL)
    call = a_call(closes_at=closes)
    a_call(opens_at=timezone.now() - 2 * DAY, closes_at=timezone.now() - DAY)
    response = client.get("/en/calls/open.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["UID"] == f"call-{call.pk}@bridgehead"
    assert event["DTEND"].dt == closes
    assert str(event["SUMMARY"]) == f"Closes: {call.title_en}"


def test_calendar_of_one_call_moves_with_an_extended_deadline(client):
    call = a_call()

    def sequence():
        content = client.get(f"/en/calls/{call.slug}/closing.ics").content
        return Calendar.from_ical(content).walk("VEVENT")[0]["SEQUENCE"]

    before = sequence()
    editing.extend_deadline(
        call=call, closes_at=call.closes_at + DAY, reason="태풍", by=staff(call.programme.host)
    )
    assert sequence() == before + 24 * 60


def test_feed_lists_open_calls_and_dates_a_change(client):
    call = a_call()
    a_call(opens_at=timezone.now() + DAY)
    before = parse_feed(client.get("/ko/calls/open.atom").content)
    assert [entry.title for entry in before.entries] == [call.title_ko]
    assert before.entries[0].updated == before.entries[0].published
    editing.extend_deadline(
        call=call, closes_at=call.closes_at + DAY, reason="태풍", by=staff(call.programme.host)
    )
    after = parse_feed(client.get("/ko/calls/open.atom").content)
    assert after.entries[0].id == before.entries[0].id
    assert after.entries[0].updated > before.entries[0].updated


def test_json_tells_both_languages_and_the_zone(client):
    call = a_call(closes_at=datetime(2099, 12, 10, 18, tzinfo=SEOUL), title_en="")
    response = client.get("/en/calls/open.json")
    (told,) = json.loads(response.content)["calls"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert told["title"] == {"ko": call.title_ko, "en": call.title_ko}
    assert (told["closes_at"], told["places"]) == ("2099-12-10T18:00:00+09:00", 2)


@pytest.mark.parametrize("address", ["open.atom", "open.json", "open.ics"])
def test_machines_ask_the_same_for_one_and_three_calls(client, address, django_assert_num_queries):
    queries = 1 if address == "open.ics" else 2
    a_call()
    with django_assert_num_queries(queries):
        client.get(f"/en/calls/{address}")
    a_call()
    a_call()
    with django_assert_num_queries(queries):
        client.get(f"/en/calls/{address}")


def test_picture_has_the_size_that_sites_agree_on(client):
    call = a_call(title_ko="아주 긴 제목 " * 20)
    response = client.get(f"/ko/calls/{call.slug}/picture.png")
    image = Image.open(io.BytesIO(response.content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    page = client.get(f"/ko/calls/{call.slug}/").content.decode()
    assert 'property="og:image" content="http' in page
    assert f"/ko/calls/{call.slug}/picture.png" in page


def test_nothing_of_an_unpublished_call_leaves(client):
    call = a_call(published_at=None)
    for address in ("closing.ics", "picture.png", "results/"):
        assert client.get(f"/en/calls/{call.slug}/{address}").status_code == 404
    assert json.loads(client.get("/en/calls/open.json").content) == {"calls": []}
    assert Application.objects.count() == 0
