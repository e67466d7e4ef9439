"""Every page by role, by link, with one and with three parties."""

import json
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bridgehead.engines.scheduling import Instance, solve
from bridgehead.jobs.models import Job
from bridgehead.mailing.models import Mail
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.models import Forum, Party, Timetable
from bridgehead.matchmaking.queries import meetings_of, wishes_of
from tests.factories.matchmaking import (
    a_buyer_party,
    a_coming_programme,
    a_firm_party,
    a_forum,
    a_timetable,
    a_wish,
)
from tests.factories.organisations import a_firm, a_user, maker_of, staff

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"matchmaking:{name}", args=args)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def an_officer(forum: Forum) -> Client:
    return signed_in(staff(forum.programme.host))


def a_full_forum(count: int = 1) -> tuple[Forum, list[Party], list[Party]]:
    """Published; everybody wishes everybody."""
    forum = a_forum()
    firms = [a_firm_party(forum) for _ in range(count)]
    buyers = [a_buyer_party(forum) for _ in range(count)]
    for firm in firms:
        for buyer in buyers:
            a_wish(buyer, firm)
            a_wish(firm, buyer)
    actions.publish(timetable=a_timetable(forum), by=None)
    return forum, firms, buyers


def queries(client: Client, address: str) -> int:
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


READ_PAGES = ["desk", "timetable", "instance"]
EDIT_PAGES = ["set_up", "new_buyer", "remind", "apart"]
EDIT_POSTS = ["take_over", "invite_all", "remind", "compute"]


@pytest.mark.parametrize(
    ("role", "reads", "edits"),
    [
        ("officer", 200, 200),
        ("operator", 200, 200),
        ("finance", 200, 404),
        ("editor", 200, 404),
        ("auditor", 200, 404),
        ("administrator", 200, 404),
        ("reviewer", 404, 404),
        (None, 404, 404),
    ],
)
def test_desk_pages_by_role(role, reads, edits):
    forum, _firms, _buyers = a_full_forum()
    slug = forum.programme.slug
    client = signed_in(staff(forum.programme.host, role) if role else a_user())
    pk = Timetable.objects.get().pk
    party = Party.objects.filter(side="buyer").get().pk
    meeting = Timetable.objects.get().meetings.get().pk
    assert {name: client.get(url(name, slug)).status_code for name in READ_PAGES} == dict.fromkeys(
        READ_PAGES, reads
    )
    assert client.get(url("xlsx", slug, pk)).status_code == reads
    assert {name: client.get(url(name, slug)).status_code for name in EDIT_PAGES} == dict.fromkeys(
        EDIT_PAGES, edits
    )
    assert client.get(url("edit_party", slug, party)).status_code == edits
    assert client.get(url("cancel", slug, meeting)).status_code == edits
    changed = 302 if edits == 200 else 404
    posts = [*(url(name, slug) for name in EDIT_POSTS), url("invite", slug, party), url("publish", slug, pk)]
    assert [client.post(address).status_code for address in posts] == [changed] * len(posts)
    assert client.post(url("set_state", slug, party), {"answer": "accept"}).status_code == changed


def test_staff_of_another_host_is_a_stranger():
    forum, _firms, _buyers = a_full_forum()
    other = an_officer(a_forum())
    assert [
        other.get(url(name, forum.programme.slug)).status_code for name in [*READ_PAGES, *EDIT_PAGES]
    ] == [404] * len([*READ_PAGES, *EDIT_PAGES])


def test_nobody_signed_in_is_sent_to_sign_in():
    slug = a_forum().programme.slug
    for name in [*READ_PAGES, *EDIT_PAGES, "my", "my_calendar"]:
        response = Client().get(url(name, slug))
        assert (response.status_code, "/accounts/login/" in response["Location"]) == (302, True)
    assert Client().get(url("my_list")).status_code == 302
    assert Client().post(url("my_autosave", slug)).status_code == 401


def test_changes_are_refused_by_get():
    forum = a_forum()
    client = an_officer(forum)
    assert [
        client.get(url(name, forum.programme.slug)).status_code for name in EDIT_POSTS if name != "remind"
    ] == [405] * 3


@pytest.mark.parametrize("page", ["desk", "timetable", "timetable?view=firms", "timetable?view=parties"])
def test_desk_pages_ask_as_often_for_three_parties_as_for_one(page):
    counts = []
    name, _, query = page.partition("?")
    for count in (1, 3):
        forum, _firms, _buyers = a_full_forum(count)
        counts.append(queries(an_officer(forum), f"{url(name, forum.programme.slug)}?{query}"))
    assert counts[0] == counts[1]


def test_party_pages_ask_as_often_for_three_parties_as_for_one():
    counts = []
    for count in (1, 3):
        _forum, firms, buyers = a_full_forum(count)
        token = actions.invite(party=buyers[0], by=None).token
        maker = signed_in(maker_of(firms[0].organisation))
        counts.append(
            [
                queries(Client(), url("buyer", token)),
                queries(Client(), url("buyer_calendar", token)),
                queries(maker, url("my", firms[0].forum.programme.slug)),
            ]
        )
    assert counts[0] == counts[1]


def test_list_of_forums_of_a_maker_asks_as_often_for_three():
    counts = []
    for count in (1, 3):
        firm = a_firm()
        for _ in range(count):
            a_firm_party(a_forum(), firm=firm)
        counts.append(queries(signed_in(maker_of(firm)), url("my_list")))
    assert counts[0] == counts[1]


def test_set_up_opens_the_forum_on_the_clock_of_the_fair():
    programme = a_coming_programme()
    client = signed_in(staff(programme.host))
    assert b"not set up yet" in client.get(url("desk", programme.slug)).content
    day = programme.edition.starts_on
    data = {
        "days": [day.isoformat()],
        "starts": "10:00",
        "ends": "13:00",
        "minutes": 30,
        "pauses": "12:00-12:30",
        "tables": 2,
        "max_meetings_per_party": 8,
        "wishes_close_at": f"{day:%Y-%m}-01T18:00",
    }
    assert client.post(url("set_up", programme.slug), {**data, "pauses": "noon"}).status_code == 422
    assert client.post(url("set_up", programme.slug), data).status_code == 302
    forum = Forum.objects.get()
    assert forum.slots.count() == 5
    assert f"{forum.slots.first().starts_at:%H:%M}" == "09:00" or programme.edition.zone != "Europe/Rome"
    page = client.get(url("set_up", programme.slug)).content.decode()
    assert 'value="12:00-12:30"' in page
    assert f'value="{day:%Y-%m}-01T18:00"' in page


def test_buyer_is_added_and_invited_in_one_go():
    forum = a_forum()
    client = an_officer(forum)
    data = {
        "name": "Aurum Srl",
        "country": "IT",
        "email": "buyer@aurum.example",
        "language": "en",
        "invite": "1",
    }
    assert client.post(url("new_buyer", forum.programme.slug), {**data, "email": "no"}).status_code == 422
    assert client.post(url("new_buyer", forum.programme.slug), data).status_code == 302
    assert Mail.objects.get().to == "buyer@aurum.example"
    assert client.post(url("new_buyer", forum.programme.slug), data).status_code == 422
    assert b"Aurum Srl" in client.get(url("desk", forum.programme.slug)).content


@pytest.mark.parametrize("name", ["buyer", "buyer_calendar", "buyer_answer", "buyer_autosave"])
def test_unknown_and_replaced_links_get_a_page_that_helps(name):
    buyer = a_buyer_party(a_forum())
    old = actions.invite(party=buyer, by=None).token
    actions.invite(party=buyer, by=None)
    for token in (old, "nonsense"):
        response = Client().get(url(name, token))
        assert response.status_code == 404
        assert b"newer mail" in response.content


def test_buyer_accepts_says_everything_and_changes_it():
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum, accepted=False)
    token, client = actions.invite(party=buyer, by=None).token, Client()
    assert b"Yes, I take part" in client.get(url("buyer", token)).content
    assert client.post(url("buyer_answer", token), {"answer": "accept"}).status_code == 302
    first, *others = forum.slots.all()
    data = {"interest": "Gold chains", "slots": [slot.pk for slot in others], f"wish-{firm.pk}": "3"}
    response = client.post(url("buyer", token), data, follow=True)
    assert b"Saved. You can change it until" in response.content
    buyer.refresh_from_db()
    assert (buyer.interest, wishes_of(buyer), list(buyer.unavailable.all())) == (
        "Gold chains",
        {firm.pk: 3},
        [first],
    )
    answer = client.post(url("buyer_autosave", token), {**data, f"wish-{firm.pk}": "1"})
    assert "saved_at" in answer.json()
    assert wishes_of(buyer) == {firm.pk: 1}
    assert client.post(url("buyer", token), {**data, f"wish-{firm.pk}": "9"}).status_code == 422


def test_buyer_after_wishes_closed_may_look_and_not_change():
    forum = a_forum()
    buyer, firm = a_buyer_party(forum), a_firm_party(forum)
    token = actions.invite(party=buyer, by=None).token
    Forum.objects.update(wishes_close_at=timezone.now())
    assert b"Wishes are closed" in Client().get(url("buyer", token)).content
    assert Client().post(url("buyer_autosave", token), {f"wish-{firm.pk}": "3"}).status_code == 409
    page = Client().post(url("buyer", token), {f"wish-{firm.pk}": "3"}, follow=True)
    assert b"nothing was changed" in page.content
    assert wishes_of(buyer) == {}


def test_buyer_sees_no_personal_data_of_firms():
    forum = a_forum()
    firm, buyer = a_firm_party(forum, contact_name="Kim Minsu"), a_buyer_party(forum)
    token = actions.invite(party=buyer, by=None).token
    page = Client().get(url("buyer", token)).content.decode()
    assert firm.organisation.name_en in page
    assert firm.email not in page
    assert "Kim Minsu" not in page


def test_buyer_page_is_not_cached_nor_told_to_others():
    token = actions.invite(party=a_buyer_party(a_forum()), by=None).token
    response = Client().get(url("buyer", token))
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_language_switch_keeps_the_link():
    token = actions.invite(party=a_buyer_party(a_forum()), by=None).token
    assert f'href="/ko/b/{token}/"'.encode() in Client().get(url("buyer", token)).content


def test_buyer_sees_the_timetable_downloads_it_and_cancels_one():
    _forum, (firm,), (buyer,) = a_full_forum()
    token, client = actions.invite(party=buyer, by=None).token, Client()
    page = client.get(url("buyer", token)).content.decode()
    assert "Table T01" in page
    assert client.get(url("buyer_calendar", token)).content.count(b"BEGIN:VEVENT") == 1
    meeting = meetings_of(buyer).get()
    cancel = url("buyer_cancel", token, meeting.uid)
    assert client.post(cancel, {"reason": ""}).status_code == 422
    Mail.objects.all().delete()
    assert client.post(cancel, {"reason": "Flight cancelled"}).status_code == 302
    assert Mail.objects.get().to == firm.email
    assert "Flight cancelled" in client.get(url("buyer", token)).content.decode()


def test_buyer_cannot_cancel_the_meeting_of_another():
    _forum, _firms, (buyer, other, _third) = a_full_forum(3)
    token = actions.invite(party=buyer, by=None).token
    foreign = meetings_of(other).first()
    assert Client().post(url("buyer_cancel", token, foreign.uid), {"reason": "x"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.is_planned


def test_maker_says_wishes_and_cancels():
    forum, (firm,), (buyer,) = a_full_forum()
    client, slug = signed_in(maker_of(firm.organisation)), forum.programme.slug
    assert buyer.organisation.name_en in client.get(url("my", slug)).content.decode()
    client.post(url("my", slug), {"interest": "Silver", f"wish-{buyer.pk}": "1"})
    assert wishes_of(firm) == {buyer.pk: 1}
    assert client.post(url("my_autosave", slug), {f"wish-{buyer.pk}": "0"}).status_code == 200
    assert wishes_of(firm) == {}
    meeting = meetings_of(firm).get()
    assert client.post(url("my_cancel", slug, meeting.uid), {"reason": "ill"}).status_code == 302
    assert client.get(url("my_calendar", slug)).content.count(b"STATUS:CANCELLED") == 1


def test_maker_of_another_firm_is_a_stranger():
    forum, _firms, _buyers = a_full_forum()
    client = signed_in(maker_of(a_firm()))
    assert [client.get(url(name, forum.programme.slug)).status_code for name in ("my", "my_calendar")] == [
        404,
        404,
    ]


@pytest.fixture
def at_once(settings):
    """Queued work is done as soon as the transaction is through."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def test_officer_computes_in_a_job_and_publishes(at_once, django_capture_on_commit_callbacks):
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    a_wish(buyer, firm, 3)
    client, slug = an_officer(forum), forum.programme.slug
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url("compute", slug), {"seconds": 2})
    job = Job.objects.get()
    assert response["Location"] == url("runs", slug)
    draft = Timetable.objects.get()
    assert (job.state, job.result_url) == ("done", f"{url('timetable', slug)}?timetable={draft.pk}")
    page = client.get(url("timetable", slug)).content.decode()
    assert "Every wish is met." in page
    client.post(url("publish", slug, draft.pk))
    assert "Version 1 · published" in client.get(url("timetable", slug)).content.decode()


def test_officer_without_wishes_is_told_before_anything_is_queued():
    forum = a_forum()
    response = an_officer(forum).post(url("compute", forum.programme.slug), {"seconds": 2}, follow=True)
    assert b"needs wishes" in response.content
    assert Job.objects.count() == 0


def test_officer_cancels_and_replans_seeing_what_changes(at_once, django_capture_on_commit_callbacks):
    forum, _firms, _buyers = a_full_forum(3)
    client, slug = an_officer(forum), forum.programme.slug
    meeting = Timetable.objects.get().meetings.first()
    client.post(url("cancel", slug, meeting.pk), {"reason": "Hall closed", "rebook": "on"})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("compute", slug), {"seconds": 2, "least_change": "1"})
    draft = Timetable.objects.latest("pk")
    page = client.get(f"{url('timetable', slug)}?timetable={draft.pk}").content.decode()
    assert "What publishing would change" in page
    assert "added" in page


def test_downloads_are_what_they_say():
    forum, _firms, _buyers = a_full_forum()
    client, slug = an_officer(forum), forum.programme.slug
    instance = Instance.from_dict(json.loads(client.get(url("instance", slug)).content))
    assert len(solve(instance, time_limit=2, threads=1).assignments) == 1
    book = client.get(url("xlsx", slug, Timetable.objects.get().pk)).content
    sheets = CalamineWorkbook.from_filelike(BytesIO(book))
    cells = [
        cell
        for name in sheets.sheet_names
        for row in sheets.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert "Table T01" in cells
