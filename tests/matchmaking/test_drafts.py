"""Changing a draft by hand: what is refused and in which words, what is undone, and who was faster."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridgehead.audit.models import Entry
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.boards import Board
from bridgehead.matchmaking.figures import figures_of
from bridgehead.matchmaking.models import Forum, Meeting, Party, Pin, Timetable
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish, cannot
from tests.matchmaking.test_timetables import a_published, a_stand

pytestmark = pytest.mark.django_db


def a_draft(firms: int = 2, buyers: int = 2, **fields) -> Timetable:
    """Everybody wishes everybody; the drafts's meetings are put into the first slots in a known order."""
    forum = a_forum(**fields)
    makers = [a_firm_party(forum) for _ in range(firms)]
    guests = [a_buyer_party(forum) for _ in range(buyers)]
    for maker in makers:
        for guest in guests:
            a_wish(guest, maker)
    return a_timetable(forum)


def one_meeting(**fields) -> tuple[Meeting, Forum]:
    draft = a_draft(1, 1, **fields)
    return draft.meetings.select_related("timetable", "table", "slot").get(), draft.forum


def another_slot(meeting: Meeting, number: int = -1):
    return [slot for slot in meeting.timetable.forum.slots.all() if slot.pk != meeting.slot_id][number]


def words(meeting: Meeting, slot, table=None) -> list[str]:
    board = Board(Timetable.objects.get(pk=meeting.timetable_id))
    return board.problems((meeting.firm_id, meeting.buyer_id), slot, table, moving=[meeting])


def where(timetable: Timetable) -> set[tuple]:
    return set(timetable.meetings.values_list("firm", "buyer", "slot", "table"))


def test_free_time_is_no_problem_and_says_what_it_does_to_the_day():
    meeting, _forum = one_meeting()
    assert words(meeting, another_slot(meeting)) == []
    assert (
        Board(meeting.timetable).hint((meeting.firm_id, meeting.buyer_id), another_slot(meeting), [meeting])
        == ""
    )


def test_time_at_which_somebody_is_away_is_refused_with_the_name():
    meeting, _forum = one_meeting()
    slot = another_slot(meeting)
    cannot(meeting.buyer, [slot])
    assert words(meeting, slot) == [f"{meeting.buyer} is not there then."]


def test_time_of_another_meeting_is_refused_with_both_names():
    forum = a_forum()
    firm, one, other = a_firm_party(forum), a_buyer_party(forum), a_buyer_party(forum)
    for buyer in (one, other):
        a_wish(buyer, firm)
    draft = a_timetable(forum)
    first, second = draft.meetings.order_by("slot")
    assert words(first, second.slot) == [f"{firm} meets {second.buyer} then."]


def test_taken_table_is_refused_and_named():
    draft = a_draft(2, 2, tables=2)
    first, second = draft.meetings.filter(slot=draft.meetings.earliest("slot").slot).order_by("pk")
    assert words(first, first.slot, second.table) == [
        f"Table {second.table.code} is taken then by {second.firm} and {second.buyer}."
    ]


def test_firm_with_a_stand_is_not_put_at_a_table():
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    a_stand(firm, "B-7")
    a_wish(buyer, firm)
    meeting = a_timetable(forum).meetings.get()
    assert words(meeting, meeting.slot, forum.tables.first()) == [
        f"{firm} meets at its own stand B-7, not at a table."
    ]
    assert words(meeting, another_slot(meeting)) == []


def test_time_that_has_begun_is_refused():
    meeting, _forum = one_meeting()
    slot = another_slot(meeting)
    board = Board(meeting.timetable, now=slot.starts_at + timedelta(minutes=1))
    (words,) = board.problems((meeting.firm_id, meeting.buyer_id), slot, None, moving=[meeting])
    assert words.endswith("has begun already.")


def test_pair_beyond_the_maximum_is_refused():
    forum = a_forum(max_meetings_per_party=1)
    firm, one, other = a_firm_party(forum), a_buyer_party(forum), a_buyer_party(forum)
    for buyer in (one, other):
        a_wish(buyer, firm)
    draft = a_timetable(forum)
    waiting = other if draft.meetings.get().buyer_id == one.pk else one
    with pytest.raises(actions.Conflict) as refused:
        actions.add_meeting(timetable=draft, firm=firm, buyer=waiting, slot=forum.slots.last(), by=None)
    assert refused.value.words[0] == f"{firm} has 1 meetings already, the most allowed."


def test_move_keeps_the_table_where_it_is_free_and_counts_again():
    meeting, _forum = one_meeting()
    slot = another_slot(meeting)
    draft = actions.move_meeting(meeting=meeting, slot=slot, by=None, revision=0)
    meeting.refresh_from_db()
    assert (meeting.slot_id, draft.revision, draft.figures["held"]) == (slot.pk, 1, 1)
    assert Entry.objects.filter(verb="timetable.move").count() == 1


def test_second_officer_with_an_old_board_is_refused():
    meeting, _forum = one_meeting()
    actions.move_meeting(meeting=meeting, slot=another_slot(meeting), by=None, revision=0)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.drop_meeting(meeting=meeting, by=None, revision=0)


def test_published_timetable_is_changed_only_through_a_copy():
    timetable, _firms, _buyers = a_published()
    meeting = timetable.meetings.get()
    with pytest.raises(actions.NotADraft):
        actions.move_meeting(meeting=meeting, slot=another_slot(meeting), by=None)
    copy = actions.copy_timetable(timetable=timetable, by=None)
    assert (copy.is_draft, where(copy)) == (True, where(timetable))
    actions.move_meeting(meeting=copy.meetings.get(), slot=another_slot(meeting), by=None)
    actions.publish(timetable=copy, by=None)
    copy.refresh_from_db()
    assert (copy.version, copy.meetings.get().uid, copy.meetings.get().sequence) == (2, meeting.uid, 1)


def test_two_officers_cannot_publish_over_each_other():
    timetable, _firms, _buyers = a_published()
    mine, theirs = (actions.copy_timetable(timetable=timetable, by=None) for _ in range(2))
    seen = timetable.stamp
    actions.publish(timetable=theirs, by=None, over=seen, revision=0)
    with pytest.raises(actions.PublishedMeanwhile, match="version 2"):
        actions.publish(timetable=mine, by=None, over=seen, revision=0)
    mine.refresh_from_db()
    assert mine.is_draft
    theirs.refresh_from_db()
    actions.publish(timetable=mine, by=None, over=theirs.stamp, revision=0)
    mine.refresh_from_db()
    assert mine.version == 3


def test_draft_that_somebody_changed_since_it_was_shown_is_not_published():
    meeting, _forum = one_meeting()
    actions.move_meeting(meeting=meeting, slot=another_slot(meeting), by=None)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.publish(timetable=meeting.timetable, by=None, over="", revision=0)


def test_first_publishing_of_two_at_the_same_time_wins():
    draft = a_draft(1, 1)
    other = actions.copy_timetable(timetable=draft, by=None)
    actions.publish(timetable=draft, by=None, over="", revision=0)
    with pytest.raises(actions.PublishedMeanwhile):
        actions.publish(timetable=other, by=None, over="", revision=0)


def test_swap_exchanges_times_and_undo_brings_everything_back():
    draft = a_draft(1, 2)
    before = where(draft)
    one, other = draft.meetings.order_by("slot")
    slots = {(one.firm_id, one.buyer_id): other.slot_id, (other.firm_id, other.buyer_id): one.slot_id}
    actions.swap_meetings(one=one, other=other, by=None)
    assert {
        (m.firm_id, m.buyer_id): m.slot_id for m in draft.meetings.all() if (m.firm_id, m.buyer_id) in slots
    } == slots
    actions.undo(timetable=draft, by=None)
    assert where(draft) == before


def test_pinned_meeting_is_kept_by_every_later_computation_and_weighs_nothing_in_the_figures():
    meeting, forum = one_meeting()
    slot = another_slot(meeting)
    actions.move_meeting(meeting=meeting, slot=slot, by=None)
    meeting.refresh_from_db()
    actions.pin(meeting=meeting, by=None)
    for goal in ("promised", "wishes", "compact", "near"):
        again = a_timetable(forum, goal=goal)
        assert again.meetings.get().slot_id == slot.pk
        assert again.objective["value"] == 3
    actions.publish(timetable=meeting.timetable, by=None)
    assert a_timetable(forum, least_change=True).meetings.get().slot_id == slot.pk
    actions.unpin(pin=Pin.objects.get(), by=None)
    assert Pin.objects.count() == 0


def test_replan_moves_a_published_meeting_to_where_it_was_pinned():
    timetable, _firms, _buyers = a_published(firms=1, buyers=2)
    meeting = timetable.meetings.latest("slot")
    copy = actions.copy_timetable(timetable=timetable, by=None)
    free = next(
        slot for slot in timetable.forum.slots.all() if not timetable.meetings.filter(slot=slot).exists()
    )
    mine = copy.meetings.get(buyer=meeting.buyer)
    actions.move_meeting(meeting=mine, slot=free, by=None)
    mine.refresh_from_db()
    actions.pin(meeting=mine, by=None)
    replanned = a_timetable(timetable.forum, least_change=True)
    assert replanned.meetings.get(buyer=meeting.buyer).slot_id == free.pk
    assert replanned.meetings.count() == 2


def test_promise_comes_before_a_heavier_wish():
    forum = a_forum(max_meetings_per_party=1)
    firm, promised, loud = (
        a_firm_party(forum),
        a_buyer_party(forum, guaranteed_meetings=1),
        a_buyer_party(forum),
    )
    a_wish(promised, firm, 1)
    a_wish(loud, firm, 3)
    assert a_timetable(forum, goal="promised").meetings.get().buyer == promised
    wishes = a_timetable(forum, goal="wishes")
    assert wishes.meetings.get().buyer == loud
    assert (wishes.figures["missed"], wishes.figures["promised"]) == (1, 1)


def test_figures_are_those_of_the_meetings_as_they_stand():
    draft = a_draft(1, 2)
    assert {key: draft.figures[key] for key in ("held", "wished", "likes", "likes_all", "hours")} == {
        "held": 2,
        "wished": 2,
        "likes": 2,
        "likes_all": 2,
        "hours": 1.0,
    }
    changed = actions.drop_meeting(meeting=draft.meetings.first(), by=None)
    assert (changed.figures["held"], changed.figures["likes"]) == (1, 1)


def test_draft_is_discarded_and_what_was_published_is_not():
    draft = a_draft(1, 1)
    copy = actions.copy_timetable(timetable=draft, by=None)
    actions.discard(timetable=copy, by=None)
    actions.publish(timetable=draft, by=None)
    with pytest.raises(actions.NotADraft):
        actions.discard(timetable=draft, by=None)
    assert Timetable.objects.get() == draft


steps = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_is_dragged_no_rule_is_broken_and_all_is_undone(three_by_three, steps):
    start, parties = three_by_three
    draft = actions.copy_timetable(timetable=start, by=None)
    before, done = where(draft), 0
    slots, tables = list(draft.forum.slots.all()), [None, *draft.forum.tables.all()]
    for number, slot, table in steps:
        meetings = list(draft.meetings.order_by("firm", "buyer"))
        try:
            actions.move_meeting(
                meeting=meetings[number % len(meetings)], slot=slots[slot], table=tables[table], by=None
            )
            done += 1
        except actions.Conflict:
            continue
        rows = list(draft.meetings.all())
        for party in parties:
            mine = [m.slot_id for m in rows if party.pk in (m.firm_id, m.buyer_id)]
            assert len(mine) == len(set(mine))
        assert len({(m.slot_id, m.table_id) for m in rows}) == len(rows)
    for _ in range(done):
        draft = actions.undo(timetable=draft, by=None)
    assert (where(draft), draft.history) == (before, [])
    assert draft.figures == figures_of(draft.forum, draft.meetings.select_related("table"))


@pytest.fixture
def three_by_three(db):
    forum = a_forum(tables=2)
    firms, buyers = [a_firm_party(forum) for _ in range(2)], [a_buyer_party(forum) for _ in range(2)]
    for firm in firms:
        for buyer in buyers:
            a_wish(buyer, firm)
    return a_timetable(forum), [*firms, *buyers]


def test_party_that_left_is_named_in_the_conflict():
    meeting, _forum = one_meeting()
    Party.objects.filter(pk=meeting.buyer_id).update(state=Party.State.DECLINED)
    assert words(meeting, another_slot(meeting))[0] == f"{meeting.buyer} does not take part."


def test_computing_during_the_fair_leaves_what_has_begun():
    timetable, _firms, _buyers = a_published(firms=1, buyers=3)
    first = timetable.meetings.earliest("slot")
    Meeting.objects.filter(pk=first.pk).update(slot=timetable.forum.slots.first())
    shift = timezone.now() - timedelta(minutes=5) - timetable.forum.slots.first().starts_at
    for slot in timetable.forum.slots.all():
        slot.starts_at, slot.ends_at = slot.starts_at + shift, slot.ends_at + shift
        slot.save()
    again = a_timetable(timetable.forum)
    assert again.meetings.get(firm=first.firm, buyer=first.buyer).slot == timetable.forum.slots.first()
