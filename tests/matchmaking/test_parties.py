from datetime import time, timedelta

import pytest
from django.utils import timezone

from bridgehead.audit.models import Entry
from bridgehead.calls.models import Award
from bridgehead.calls.signals import award_made, award_withdrawn
from bridgehead.mailing.models import Mail
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.models import Forum, Party, Slot
from bridgehead.matchmaking.queries import party_by_token, wishes_of
from bridgehead.organisations.models import Contact, Organisation
from tests.factories.calls import an_award
from tests.factories.matchmaking import (
    a_buyer_party,
    a_coming_programme,
    a_firm_party,
    a_forum,
    a_timetable,
    a_wish,
    at_the_fair,
)
from tests.factories.organisations import a_firm, maker_of

pytestmark = pytest.mark.django_db


def setup_of(forum: Forum, **fields):
    usual = {
        "days": [forum.programme.edition.starts_on],
        "starts": time(10),
        "ends": time(12),
        "minutes": 30,
        "tables": 2,
    }
    return {"forum": forum, "by": None, **usual, **fields}


def test_forum_is_opened_once_per_programme():
    programme = a_coming_programme()
    a_forum(programme)
    with pytest.raises(actions.AlreadyOpen):
        a_forum(programme)
    assert Forum.objects.count() == 1


def test_change_of_hours_keeps_what_was_said_about_times_that_stay():
    forum = a_forum()
    firm = a_firm_party(forum)
    ten, last = forum.slots.all()[0], forum.slots.all()[3]
    firm.unavailable.set([ten, last])
    actions.change_forum(**setup_of(forum, ends=time(11, 30), tables=3))
    assert list(firm.unavailable.all()) == [ten]
    assert [table.code for table in forum.tables.all()] == ["T01", "T02", "T03"]


def test_change_that_would_break_a_published_timetable_is_refused():
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    a_wish(buyer, firm)
    actions.publish(timetable=a_timetable(forum), by=None)
    with pytest.raises(actions.InUse):
        actions.change_forum(**setup_of(forum, starts=time(14), ends=time(16)))
    assert Slot.objects.filter(forum=forum).count() == 4


def test_change_discards_a_draft_that_stands_in_the_way():
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    a_wish(buyer, firm)
    a_timetable(forum)
    actions.change_forum(**setup_of(forum, starts=time(14), ends=time(16)))
    assert forum.timetables.count() == 0
    assert forum.slots.first().starts_at == at_the_fair(forum, 14)


def test_take_over_adds_firms_that_accepted_their_place_once():
    forum = a_forum()
    firm = a_firm()
    Contact.objects.create(organisation=firm, name="김세공", email="kim@example.org", language="ko")
    an_award(forum.programme, firm)
    an_award(forum.programme, state=Award.State.OFFERED)
    assert len(actions.take_over_firms(forum=forum, by=None)) == 1
    assert actions.take_over_firms(forum=forum, by=None) == []
    party = Party.objects.get()
    assert (party.side, party.state, party.email, party.language) == (
        "firm",
        "accepted",
        "kim@example.org",
        "ko",
    )


def test_take_over_writes_to_the_maker_where_there_is_no_contact():
    forum, firm = a_forum(), a_firm()
    maker = maker_of(firm)
    an_award(forum.programme, firm)
    (party,) = actions.take_over_firms(forum=forum, by=None)
    assert party.email == maker.email


def test_award_made_to_an_open_forum_brings_the_firm_in():
    forum = a_forum()
    award = an_award(forum.programme)
    award_made.send(sender=Award, award=award, by=None)
    assert Party.objects.get().organisation == award.firm


def test_award_made_without_a_forum_does_nothing():
    award_made.send(sender=Award, award=an_award(), by=None)
    assert Party.objects.count() == 0


def test_award_withdrawn_takes_the_firm_out_and_cancels_its_meetings():
    forum = a_forum()
    firm, buyer = a_firm_party(forum), a_buyer_party(forum)
    a_wish(buyer, firm)
    timetable = actions.publish(timetable=a_timetable(forum), by=None)
    award_withdrawn.send(sender=Award, award=Award.objects.get(), by=None)
    firm.refresh_from_db()
    assert firm.state == Party.State.DECLINED
    assert timetable.meetings.get().cancelled_by == "firm"
    assert Mail.objects.filter(kind="matchmaking.cancelled").get().to == buyer.email


def test_buyer_known_by_name_and_country_is_not_entered_twice():
    first, second = a_forum(), a_forum()
    one = a_buyer_party(first, name="Aurum Srl", country="IT")
    other = a_buyer_party(second, name=" aurum srl ", country="IT")
    assert one.organisation == other.organisation
    a_buyer_party(second, name="Aurum Srl", country="FR")
    assert Organisation.objects.filter(kind="buyer").count() == 2


def test_buyer_twice_in_one_forum_is_refused():
    forum = a_forum()
    a_buyer_party(forum, name="Aurum Srl")
    with pytest.raises(actions.AlreadyInvited):
        a_buyer_party(forum, name="Aurum Srl")


@pytest.mark.parametrize(
    ("language", "path", "words"), [("ko", "/ko/b/", "초대"), ("en", "/en/b/", "Invitation")]
)
def test_invitation_is_in_the_buyers_language_and_keeps_only_the_hash(language, path, words):
    buyer = a_buyer_party(a_forum(), accepted=False, language=language)
    invitation = actions.invite(party=buyer, by=None)
    mail = Mail.objects.get()
    assert (mail.to, mail.language) == (buyer.email, language)
    assert words in mail.subject
    assert f"{path}{invitation.token}/" in mail.body
    assert invitation.token not in buyer.links.get().token_hash
    assert party_by_token(invitation.token) == buyer


def test_second_invitation_ends_the_first_link():
    buyer = a_buyer_party(a_forum(), accepted=False)
    first = actions.invite(party=buyer, by=None).token
    second = actions.invite(party=buyer, by=None).token
    assert party_by_token(first) is None
    assert party_by_token(second) == buyer
    assert list(Mail.objects.order_by("pk").values_list("kind", flat=True)) == [
        "matchmaking.invitation",
        "matchmaking.reminder",
    ]


def test_link_that_is_too_old_finds_nobody():
    buyer = a_buyer_party(a_forum(), accepted=False)
    token = actions.invite(party=buyer, by=None).token
    assert party_by_token(token, now=timezone.now() + timedelta(days=500)) is None


def test_invitation_needs_a_buyer_with_an_address():
    forum = a_forum()
    with pytest.raises(actions.NoAddress):
        actions.invite(party=a_buyer_party(forum, email="", accepted=False), by=None)
    with pytest.raises(actions.NotABuyer):
        actions.invite(party=a_firm_party(forum), by=None)


def test_reminders_go_to_the_late_ones_only():
    forum = a_forum()
    late, fresh, answered = (a_buyer_party(forum, accepted=False) for _ in range(3))
    long_ago = timezone.now() - timedelta(days=8)
    actions.invite(party=late, by=None, at=long_ago)
    actions.invite(party=fresh, by=None)
    actions.invite(party=answered, by=None, at=long_ago)
    actions.answer_invitation(party=answered, accept=False, by=None)
    assert actions.remind_late(forum=forum, by=None) == [late]
    assert actions.remind_late(forum=forum, by=None) == []


def test_answer_is_recorded_once_with_its_moment():
    buyer = a_buyer_party(a_forum(), accepted=False)
    actions.answer_invitation(party=buyer, accept=True, by=None)
    actions.answer_invitation(party=buyer, accept=True, by=None)
    assert Entry.objects.filter(verb="party.accept").count() == 1
    buyer.refresh_from_db()
    assert buyer.answered_at is not None


def test_accepting_after_wishes_closed_is_for_the_officer():
    forum = a_forum(wishes_close_at=timezone.now() - timedelta(hours=1))
    buyer = a_buyer_party(forum, accepted=False)
    with pytest.raises(actions.TooLate):
        actions.answer_invitation(party=buyer, accept=True, by=None)
    actions.answer_invitation(party=buyer, accept=True, by=None, late_too=True)
    buyer.refresh_from_db()
    assert buyer.takes_part


def test_wishes_are_replaced_as_a_whole_and_only_for_the_other_side():
    forum = a_forum()
    buyer, rival, one, two = (
        a_buyer_party(forum),
        a_buyer_party(forum),
        a_firm_party(forum),
        a_firm_party(forum),
    )
    actions.set_wishes(party=buyer, wishes={one.pk: 3, two.pk: 1, rival.pk: 3}, by=None)
    assert wishes_of(buyer) == {one.pk: 3, two.pk: 1}
    actions.set_wishes(party=buyer, wishes={two.pk: 2, one.pk: 0}, by=None)
    assert wishes_of(buyer) == {two.pk: 2}


def test_wish_for_somebody_who_left_is_kept():
    forum = a_forum()
    buyer, firm = a_buyer_party(forum), a_firm_party(forum)
    a_wish(buyer, firm, 3)
    actions.answer_invitation(party=firm, accept=False, by=None)
    actions.set_wishes(party=buyer, wishes={}, by=None)
    assert wishes_of(buyer) == {firm.pk: 3}


def test_wishes_after_they_closed_change_nothing():
    forum = a_forum()
    buyer, firm = a_buyer_party(forum), a_firm_party(forum)
    Forum.objects.update(wishes_close_at=timezone.now())
    with pytest.raises(actions.TooLate):
        actions.set_wishes(party=buyer, wishes={firm.pk: 3}, by=None)
    with pytest.raises(actions.TooLate):
        actions.set_availability(party=buyer, available=[], by=None)
    assert wishes_of(buyer) == {}
    assert buyer.unavailable.count() == 0


def test_availability_is_what_is_left_of_the_slots():
    forum = a_forum()
    buyer = a_buyer_party(forum)
    first, *others = forum.slots.all()
    actions.set_availability(party=buyer, available=[first.pk], by=None)
    assert list(buyer.unavailable.all()) == others


def test_autosave_leaves_one_line_in_the_trail():
    forum = a_forum()
    buyer = a_buyer_party(forum)
    for _ in range(3):
        actions.set_wishes(party=buyer, wishes={}, by=None)
    assert Entry.objects.filter(verb="party.wishes").count() == 1
