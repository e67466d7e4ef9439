from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bridgehead.audit.models import Entry
from bridgehead.engines.scheduling import Instance
from bridgehead.fairs.models import Pavilion, Stand
from bridgehead.mailing.models import Mail
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.calendars import calendar_of
from bridgehead.matchmaking.grids import by_firm, by_party, by_place, changes, not_held, outcome
from bridgehead.matchmaking.instances import build, published_timetable
from bridgehead.matchmaking.models import Forum, Meeting, Party, Timetable
from bridgehead.matchmaking.queries import meetings_of, numbers_of
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish, cannot

pytestmark = pytest.mark.django_db


def names(forum: Forum) -> dict[int, str]:
    return {party.pk: party.organisation.name for party in forum.parties.select_related("organisation")}


def a_stand(party: Party, code: str = "A-1") -> Stand:
    award = party.organisation.awards.get(programme=party.forum.programme)
    pavilion, _ = Pavilion.objects.get_or_create(
        programme=party.forum.programme, defaults={"name_ko": "공동관", "width": 6, "depth": 5}
    )
    return Stand.objects.create(pavilion=pavilion, code=code, x=1, y=1, width=2, depth=2, award=award)


def a_published(*, firms: int = 1, buyers: int = 1, **fields) -> tuple[Timetable, list[Party], list[Party]]:
    """Everybody wishes everybody."""
    forum = a_forum(**fields)
    makers = [a_firm_party(forum) for _ in range(firms)]
    guests = [a_buyer_party(forum) for _ in range(buyers)]
    for maker in makers:
        for guest in guests:
            a_wish(guest, maker)
    return actions.publish(timetable=a_timetable(forum), by=None), makers, guests


def events(party: Party) -> list:
    return list(Calendar.from_ical(calendar_of(party, meetings_of(party))).walk("VEVENT"))


def test_wishes_of_both_sides_become_one_request_that_weighs_more():
    forum = a_forum()
    firm, buyer, other = a_firm_party(forum), a_buyer_party(forum), a_buyer_party(forum)
    a_wish(firm, buyer, 3)
    a_wish(buyer, firm, 2)
    a_wish(other, firm, 1)
    assert [(r.id, r.weight) for r in build(forum).requests] == [
        (f"{firm.pk}-{buyer.pk}", 13),
        (f"{firm.pk}-{other.pk}", 1),
    ]


def test_wish_for_somebody_who_does_not_take_part_is_no_request():
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum, accepted=False)
    a_wish(firm, buyer)
    assert build(forum).requests == ()
    with pytest.raises(actions.NothingToPlan):
        a_timetable(forum)


def test_exported_instance_reads_back_the_same():
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    a_stand(firm)
    a_wish(firm, buyer)
    cannot(buyer, forum.slots.all()[:1])
    instance = build(forum)
    assert Instance.from_dict(instance.to_dict()) == instance


def test_firm_with_a_stand_meets_there_others_at_a_table():
    forum = a_forum()
    settled, roaming, buyer = a_firm_party(forum), a_firm_party(forum), a_buyer_party(forum)
    a_stand(settled, "B-7")
    for firm in (settled, roaming):
        a_wish(buyer, firm)
    meetings = {meeting.firm: meeting for meeting in a_timetable(forum).meetings.all()}
    assert (meetings[settled].stand, meetings[settled].table) == ("B-7", None)
    assert meetings[roaming].stand == ""
    assert meetings[roaming].table.code in {"T01", "T02"}


def test_result_that_meets_every_wish_says_so():
    timetable, _firms, _buyers = a_published(firms=2, buyers=2)
    stated = outcome(timetable)
    assert (stated.held, stated.proof, stated.proven) == (
        "4 of 4 wished meetings",
        "Every wish is met.",
        True,
    )


def test_result_below_the_wishes_is_proven_best():
    forum = a_forum(max_meetings_per_party=1)
    firm = a_firm_party(forum)
    for _ in range(2):
        a_wish(a_buyer_party(forum), firm)
    stated = outcome(a_timetable(forum))
    assert (stated.held, stated.proof) == ("1 of 2 wished meetings", "Proven: nobody can do better.")


def test_result_not_proven_claims_only_its_bound():
    forum = a_forum(max_meetings_per_party=1)
    firm = a_firm_party(forum)
    for _ in range(3):
        a_wish(a_buyer_party(forum), firm)
    timetable = a_timetable(forum)
    timetable.status, timetable.bound = "feasible", {"value": 9, "breaks": 0}
    assert outcome(timetable).proof == "At most 2 more are possible on top of these."
    timetable.bound = {"value": 5, "breaks": 0}
    assert outcome(timetable).proof.startswith("None can be added to these")


def test_wish_without_common_time_is_explained():
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    early, late = forum.slots.all()[:2], forum.slots.all()[2:]
    cannot(firm, early)
    cannot(buyer, late)
    a_wish(firm, buyer)
    timetable = a_timetable(forum)
    assert [row.why for row in not_held(timetable, names(forum))] == [
        "There is no time at which both are available."
    ]


def test_wish_beyond_the_maximum_names_who_reached_it():
    forum = a_forum(max_meetings_per_party=1)
    firm = a_firm_party(forum)
    a_wish(a_buyer_party(forum), firm, 3)
    a_wish(a_buyer_party(forum), firm, 1)
    (row,) = not_held(a_timetable(forum), names(forum))
    assert row.why == f"{firm} has the most meetings allowed."


def test_wish_without_a_free_table_is_explained():
    forum = a_forum(tables=0)
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    a_wish(firm, buyer)
    (row,) = not_held(a_timetable(forum), names(forum))
    assert row.why == "Whenever both are free, all tables are taken."


def test_publish_mails_both_sides_once_with_a_calendar_file():
    timetable, (firm,), (buyer,) = a_published()
    actions.publish(timetable=timetable, by=None)
    mails = Mail.objects.filter(kind="matchmaking.timetable")
    assert sorted(mails.values_list("to", flat=True)) == sorted([firm.email, buyer.email])
    assert b"BEGIN:VEVENT" in bytes(mails.first().attachment)
    assert Entry.objects.filter(verb="timetable.publish").count() == 1
    assert Forum.objects.get().published_at == Timetable.objects.get().published_at


def test_publish_of_an_outdated_draft_is_refused():
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    a_wish(firm, buyer)
    draft = a_timetable(forum)
    actions.answer_invitation(party=buyer, accept=False, by=None)
    with pytest.raises(actions.OutOfDate):
        actions.publish(timetable=draft, by=None)
    assert published_timetable(forum) is None


def test_new_timetable_replaces_the_old_one_and_tells_only_those_it_changes():
    timetable, (firm,), (buyer,) = a_published()
    newcomer = a_buyer_party(timetable.forum)
    a_wish(newcomer, firm)
    Mail.objects.all().delete()
    draft = a_timetable(timetable.forum, least_change=True)
    assert [change.kind for change in changes(draft, timetable)] == ["added"]
    actions.publish(timetable=draft, by=None)
    timetable.refresh_from_db()
    assert (timetable.published_at, timetable.replaced_at is not None) == (None, True)
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted([firm.email, newcomer.email])
    kept = draft.meetings.get(buyer=buyer)
    assert (kept.uid, kept.sequence) == (timetable.meetings.get().uid, 0)


def test_cancelled_meeting_frees_its_place_and_tells_the_other_side():
    timetable, (firm,), (buyer,) = a_published()
    meeting = timetable.meetings.get()
    Mail.objects.all().delete()
    for _ in range(2):
        actions.cancel_meeting(meeting=meeting, by=None, party=buyer, reason="Flight cancelled")
    mail = Mail.objects.get()
    assert mail.to == firm.email
    assert "Flight cancelled" in mail.body
    assert b"STATUS:CANCELLED" in bytes(mail.attachment)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_by, meeting.sequence) == ("cancelled", "buyer", 1)
    assert by_party(timetable) == []


def test_officer_cancelling_tells_both():
    timetable, (firm,), (buyer,) = a_published()
    Mail.objects.all().delete()
    actions.cancel_meeting(meeting=timetable.meetings.get(), by=None, reason="Hall closed")
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted([firm.email, buyer.email])


def test_meeting_that_has_begun_cannot_be_cancelled_by_a_party():
    timetable, _firms, (buyer,) = a_published()
    meeting = timetable.meetings.get()
    with pytest.raises(actions.CannotCancel):
        actions.cancel_meeting(
            meeting=meeting,
            by=None,
            party=buyer,
            reason="late",
            at=meeting.slot.starts_at + timedelta(minutes=1),
        )


def test_replanning_after_a_cancellation_moves_nobody_and_does_not_bring_it_back():
    timetable, _firms, _buyers = a_published(firms=2, buyers=2)
    gone = timetable.meetings.first()
    actions.cancel_meeting(meeting=gone, by=None, party=gone.buyer, reason="ill")
    draft = a_timetable(timetable.forum, least_change=True)
    timetable = Timetable.objects.get(pk=timetable.pk)
    assert changes(draft, timetable) == []
    actions.publish(timetable=draft, by=None)
    carried = draft.meetings.get(firm=gone.firm, buyer=gone.buyer)
    assert (carried.state, carried.uid, carried.cancel_reason) == ("cancelled", gone.uid, "ill")
    again = a_timetable(timetable.forum)
    assert not again.meetings.filter(firm=gone.firm, buyer=gone.buyer).exists()


def test_cancelled_with_another_time_welcome_gets_one():
    timetable, _firms, (buyer,) = a_published()
    gone = timetable.meetings.get()
    actions.cancel_meeting(meeting=gone, by=None, party=buyer, reason="train", rebook=True)
    draft = a_timetable(timetable.forum, least_change=True)
    actions.publish(timetable=draft, by=None)
    moved = draft.meetings.get()
    assert moved.slot_id != gone.slot_id
    assert (moved.uid, moved.sequence, moved.state) == (gone.uid, 2, "planned")


def test_meeting_a_new_timetable_drops_stays_in_calendars_as_cancelled():
    timetable, (firm,), (buyer,) = a_published()
    uid = timetable.meetings.get().uid
    other = a_buyer_party(timetable.forum)
    buyer.wishes.all().delete()
    a_wish(other, firm, 3)
    actions.publish(timetable=a_timetable(timetable.forum), by=None)
    (event,) = events(buyer)
    assert (str(event["UID"]), str(event["STATUS"]), int(event["SEQUENCE"])) == (
        f"{uid}@bridgehead",
        "CANCELLED",
        1,
    )


def test_calendar_tells_the_zone_of_the_fair_and_speaks_the_partys_language():
    timetable, (firm,), (buyer,) = a_published()
    meeting = timetable.meetings.get()
    text = calendar_of(buyer, meetings_of(buyer)).decode()
    (event,) = events(buyer)
    assert "BEGIN:VTIMEZONE" in text
    assert event["DTSTART"].params["TZID"] == "Europe/Rome"
    assert event["DTSTART"].dt == meeting.slot.starts_at.astimezone(ZoneInfo("Europe/Rome"))
    assert str(event["SUMMARY"]) == f"Meeting with {firm.organisation.name_en}"
    buyer.language = "ko"
    assert "상담" in str(events(buyer)[0]["SUMMARY"])


def test_grids_show_every_meeting_once():
    timetable, _firms, _buyers = a_published(firms=2, buyers=2)
    slots = list(timetable.forum.slots.all())
    for grid, columns in (
        (by_place(timetable, slots, "Europe/Rome"), 2),
        (by_firm(timetable, slots, "Europe/Rome"), 2),
    ):
        assert len(grid.columns) == columns
        cells = [cell for day in grid.days for row in day.rows for cell in row.cells if cell]
        assert len(cells) == 4
    assert [len(diary.meetings) for diary in by_party(timetable)] == [2, 2, 2, 2]


def test_numbers_count_pairs_and_places():
    forum = a_forum()
    firm, buyer, other = a_firm_party(forum), a_buyer_party(forum), a_buyer_party(forum)
    a_stand(firm)
    a_wish(firm, buyer)
    a_wish(buyer, firm)
    a_wish(firm, other)
    numbers = numbers_of(forum)
    assert (numbers.firms, numbers.buyers, numbers.wishes, numbers.pairs, numbers.mutual) == (1, 2, 3, 2, 1)
    assert numbers.capacity == 4 * (2 + 1)


def test_computing_tells_how_far_it_is():
    forum = a_forum()
    a_wish(a_buyer_party(forum), a_firm_party(forum))
    told = []
    a_timetable(forum, tell=lambda seconds, latest: told.append(seconds))
    assert all(seconds >= 0 for seconds in told)


strengths = st.lists(st.integers(0, 3), min_size=9, max_size=9)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    by_firms=strengths,
    by_buyers=strengths,
    away=st.lists(st.booleans(), min_size=24, max_size=24),
    most=st.integers(1, 3),
)
def test_timetable_breaks_no_rule_whatever_is_wished(six_parties, by_firms, by_buyers, away, most):
    forum, firms, buyers = six_parties
    forum.timetables.all().delete()
    for party in (*firms, *buyers):
        party.wishes.all().delete()
    pairs = [(firm, buyer) for firm in firms for buyer in buyers]
    for (firm, buyer), one, other in zip(pairs, by_firms, by_buyers, strict=True):
        for wisher, wished, strength in ((firm, buyer, one), (buyer, firm, other)):
            if strength:
                a_wish(wisher, wished, strength)
    slots = list(forum.slots.all())
    for number, party in enumerate((*firms, *buyers)):
        cannot(
            party, [slot for slot, off in zip(slots, away[number * 4 : number * 4 + 4], strict=True) if off]
        )
    forum.max_meetings_per_party = most
    forum.save()
    if not any((*by_firms, *by_buyers)):
        with pytest.raises(actions.NothingToPlan):
            a_timetable(forum)
        return
    meetings = list(a_timetable(forum, time_limit=2).meetings.all())
    for party in (*firms, *buyers):
        mine = [m for m in meetings if party.pk in (m.firm_id, m.buyer_id)]
        assert len(mine) <= most
        assert len({m.slot_id for m in mine}) == len(mine)
        assert not {m.slot_id for m in mine} & set(party.unavailable.values_list("pk", flat=True))
    assert len({(m.slot_id, m.table_id) for m in meetings}) == len(meetings)
    wished = {pair for pair, one, other in zip(pairs, by_firms, by_buyers, strict=True) if one or other}
    assert {(m.firm_id, m.buyer_id) for m in meetings} <= {(f.pk, b.pk) for f, b in wished}


@pytest.fixture
def six_parties(db):
    """Three firms, three buyers, one table; made once for all examples."""
    forum = a_forum(tables=1)
    return forum, [a_firm_party(forum) for _ in range(3)], [a_buyer_party(forum) for _ in range(3)]


def test_second_planned_meeting_at_one_table_is_refused_by_the_database():
    timetable, _firms, _buyers = a_published()
    meeting = timetable.meetings.get()
    other = a_firm_party(timetable.forum), a_buyer_party(timetable.forum)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(
            timetable=timetable, firm=other[0], buyer=other[1], slot=meeting.slot, table=meeting.table
        )
