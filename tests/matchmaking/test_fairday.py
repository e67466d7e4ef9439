"""At the fair: arrivals, delays, no-shows, swaps and meetings agreed on the spot; interpreters; online meetings."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridgehead.engines import scheduling
from bridgehead.funding.models import SupportLine
from bridgehead.mailing.models import Mail
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.actions import fairday, interpreting
from bridgehead.matchmaking.calendars import calendar_of, online_link
from bridgehead.matchmaking.instances import build
from bridgehead.matchmaking.matching import attendance_of
from bridgehead.matchmaking.models import CheckIn, Interpreter, Meeting, Slot
from bridgehead.matchmaking.queries import meetings_of
from tests.factories.funding import a_cost_item
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish
from tests.factories.organisations import maker_of, staff

pytestmark = pytest.mark.django_db


def published(firms: int = 1, buyers: int = 1, **fields):
    forum = a_forum(**fields)
    sides = [a_firm_party(forum) for _ in range(firms)], [a_buyer_party(forum) for _ in range(buyers)]
    for firm in sides[0]:
        for buyer in sides[1]:
            a_wish(firm, buyer)
    actions.publish(timetable=a_timetable(forum), by=None)
    return forum, *sides


def to_now(forum) -> None:
    """The fair is today, and its first slot has begun."""
    first = forum.slots.first()
    shift = timezone.now() - timedelta(minutes=5) - first.starts_at
    for slot in forum.slots.order_by("-starts_at" if shift > timedelta(0) else "starts_at"):
        Slot.objects.filter(pk=slot.pk).update(starts_at=slot.starts_at + shift, ends_at=slot.ends_at + shift)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_badge_checks_in_once_a_day_and_is_no_key_for_strangers():
    forum, _firms, (buyer,) = published()
    badge = fairday.badge_of(buyer)
    address = reverse("matchmaking:badge", args=[forum.programme.slug, badge])
    officer = signed_in(staff(forum.programme.host))
    assert officer.get(address).status_code == 200
    for _ in range(2):
        officer.post(address)
    assert CheckIn.objects.filter(party=buyer).count() == 1
    assert signed_in(maker_of(_firms[0].organisation)).get(address).status_code == 404
    assert officer.get(address.replace(badge, badge[:-2] + "xx")).status_code == 404


def test_qr_of_a_buyer_is_an_image():
    _forum, _firms, (buyer,) = published()
    token = actions.invite(party=buyer, by=None).token
    response = Client().get(reverse("matchmaking:buyer_qr", args=[token]))
    assert (response["Content-Type"], b"<svg" in response.content) == ("image/svg+xml", True)


def test_delay_and_arrival_are_seen_by_the_other_side_at_once():
    forum, (firm,), (buyer,) = published()
    to_now(forum)
    token = actions.invite(party=buyer, by=None).token
    live = reverse("matchmaking:buyer_live", args=[token])
    assert b"not here yet" in Client().get(live).content
    fairday.check_in(party=firm, by=None)
    assert b"has arrived" in Client().get(live).content
    meeting = meetings_of(firm).get()
    maker = signed_in(maker_of(firm.organisation))
    maker.post(reverse("matchmaking:my_late", args=[forum.programme.slug, meeting.uid]), {"minutes": "15"})
    assert b"comes 15 minutes late" in Client().get(live).content
    maker.post(reverse("matchmaking:my_late", args=[forum.programme.slug, meeting.uid]), {"minutes": "0"})
    assert b"has arrived" in Client().get(live).content


def test_no_show_is_marked_only_once_begun_and_counts_later():
    forum, (firm,), (buyer,) = published()
    meeting = meetings_of(firm).get()
    with pytest.raises(fairday.NotYet):
        fairday.mark_outcome(meeting=meeting, outcome="buyer", by=None)
    to_now(forum)
    officer = signed_in(staff(forum.programme.host))
    officer.post(
        reverse("matchmaking:outcome", args=[forum.programme.slug, meeting.pk]), {"outcome": "buyer"}
    )
    keys = [firm.organisation_id, buyer.organisation_id]
    assert attendance_of(keys) == {keys[0]: (1, 0), keys[1]: (0, 1)}


def test_meeting_agreed_on_the_spot_takes_a_free_slot_of_both_or_says_why_not():
    forum, (firm,), (buyer,) = published()
    stranger = a_buyer_party(forum)
    taken = meetings_of(firm).get().slot
    free = forum.slots.exclude(pk=taken.pk).last()
    with pytest.raises(actions.Conflict):
        fairday.meet_ad_hoc(firm=firm, buyer=stranger, slot=taken, by=None)
    with pytest.raises(actions.Conflict):
        fairday.meet_ad_hoc(firm=firm, buyer=buyer, slot=free, by=None)
    meeting = fairday.meet_ad_hoc(firm=firm, buyer=stranger, slot=free, by=None)
    assert (meeting.ad_hoc, meeting.slot, meeting.table is not None) == (True, free, True)
    assert list(meetings_of(stranger)) == [meeting]
    actions.keep_apart(firm=firm, buyer=(other := a_buyer_party(forum)), by=None)
    with pytest.raises(actions.Conflict):
        fairday.meet_ad_hoc(firm=firm, buyer=other, slot=forum.slots.first(), by=None)


def test_swap_at_the_fair_keeps_calendar_entries_and_tells_everybody():
    _forum, (firm,), _buyers = published(buyers=2)
    one, other = meetings_of(firm)
    before = {meeting.uid: meeting.slot_id for meeting in (one, other)}
    Mail.objects.all().delete()
    fairday.swap_published(one=one, other=other, by=None)
    after = {meeting.uid: meeting.slot_id for meeting in meetings_of(firm)}
    assert after == {one.uid: before[other.uid], other.uid: before[one.uid]}
    assert {meeting.sequence for meeting in meetings_of(firm)} == {1}
    assert Mail.objects.count() == 3


def with_interpreter(forum, **fields) -> Interpreter:
    person = Interpreter(forum=forum, name="Lee", languages=["it"], email="lee@example.org", **fields)
    return interpreting.save_interpreter(
        interpreter=person, available=forum.slots.values_list("pk", flat=True), by=None
    )


def a_mute_pair(forum):
    """A firm and a buyer who share no language."""
    firm = a_firm_party(forum, languages=["ko"])
    buyer = a_buyer_party(forum, language="it")
    buyer.languages = ["it"]
    buyer.save()
    a_wish(firm, buyer)
    return firm, buyer


def test_interpreter_serves_one_meeting_at_a_time_with_rests():
    forum = a_forum()
    person = with_interpreter(forum, rest_after=1)
    for _ in range(3):
        a_mute_pair(forum)
    timetable = a_timetable(forum)
    slots = list(forum.slots.values_list("pk", flat=True))
    at = sorted(slots.index(meeting.slot_id) for meeting in timetable.meetings.filter(interpreter=person))
    assert at in ([0, 2], [0, 3], [1, 3])
    assert timetable.meetings.filter(interpreter=None).count() == 0


def test_no_interpreter_is_asked_for_where_a_language_is_shared_or_nothing_was_said():
    forum = a_forum()
    with_interpreter(forum)
    firm, buyer = a_mute_pair(forum)
    assert [request.interpreter for request in build(forum).requests] == ["it"]
    firm.languages = []
    firm.save()
    assert [request.interpreter for request in build(forum).requests] == [None]
    firm.languages, buyer.languages = ["ko", "it"], ["it"]
    firm.save()
    assert [request.interpreter for request in build(forum).requests] == [None]


def test_interpreters_own_link_and_cost_in_kind_once():
    forum = a_forum()
    item = a_cost_item(forum.programme)
    person = with_interpreter(forum, fee=Decimal(50_000), cost_item=item)
    firm, _buyer = a_mute_pair(forum)
    actions.publish(timetable=a_timetable(forum), by=None)
    token = interpreting.send_interpreter_link(interpreter=person, by=None)
    page = Client().get(reverse("matchmaking:interpreter_own", args=[token]))
    assert str(firm) in page.content.decode()
    assert "/interpreting/" in Mail.objects.get(to="lee@example.org").body
    officer = staff(forum.programme.host)
    (line,) = interpreting.promise_cost(forum=forum, by=officer)
    assert (line.firm, line.amount, line.mode) == (firm.organisation, Decimal(50_000), "in_kind")
    assert interpreting.promise_cost(forum=forum, by=officer) == []
    assert SupportLine.objects.count() == 1
    interpreting.send_interpreter_link(interpreter=person, by=None)
    assert Client().get(reverse("matchmaking:interpreter_own", args=[token])).status_code == 404


def test_online_meeting_needs_no_table_and_has_a_link_of_its_own():
    forum = a_forum(tables=0)
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    buyer.online, buyer.own_zone = True, "Asia/Tokyo"
    buyer.save()
    a_wish(firm, buyer)
    actions.publish(timetable=a_timetable(forum), by=None)
    meeting = meetings_of(buyer).get()
    assert meeting.is_online
    link = online_link(meeting, forum=forum)
    assert link == f"https://meet.jit.si/bridgehead-{meeting.uid.hex}"
    assert link.encode() in calendar_of(buyer, [meeting]).replace(b"\r\n ", b"")
    body = Mail.objects.filter(to=buyer.email).latest("pk").body
    assert link in body
    assert "(Asia/Tokyo)" in body
    Meeting.objects.filter(pk=meeting.pk).update(link="https://video.example/room")
    assert online_link(meetings_of(buyer).get(), forum=forum) == "https://video.example/room"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([("ko", "it"), ("it", "it"), ("", "it"), ("ko", "ja")]), min_size=1, max_size=3)
)
def test_answers_with_interpreters_and_online_meetings_are_valid(pairs):
    forum = a_forum()
    with_interpreter(forum, rest_after=2)
    for firm_speaks, buyer_speaks in pairs:
        firm, buyer = (
            a_firm_party(forum, languages=[firm_speaks] if firm_speaks else []),
            a_buyer_party(forum),
        )
        buyer.languages, buyer.online = [buyer_speaks], buyer_speaks == "ja"
        buyer.save()
        a_wish(firm, buyer)
    instance = build(forum)
    solution = scheduling.solve(instance, time_limit=5, threads=1, seed=1)
    assert len(solution.assignments) == len(pairs)
    asked = {request.id for request in instance.requests if request.interpreter}
    assert {row.request for row in solution.assignments if row.interpreter} == asked
