"""After publishing: confirmed by both, and what becomes free is offered to those who wait."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar

from bridgehead.mailing.models import Mail
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.models import Meeting, Proposal, Timetable
from bridgehead.matchmaking.offering import look_for_offers
from bridgehead.matchmaking.queries import offers_to, waiting_of
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum, a_timetable, a_wish
from tests.factories.organisations import maker_of
from tests.matchmaking.test_pages import a_full_forum, an_officer, queries, signed_in, url

pytestmark = pytest.mark.django_db


def one_place_for_two(**fields):
    """One firm that may hold one meeting, two buyers who want it: (published, held meeting, waiting buyer)."""
    forum = a_forum(max_meetings_per_party=1, **fields)
    firm = a_firm_party(forum)
    buyers = [a_buyer_party(forum), a_buyer_party(forum)]
    for buyer in buyers:
        a_wish(buyer, firm)
    published = actions.publish(timetable=a_timetable(forum), by=None)
    meeting = published.meetings.get()
    return published, meeting, next(buyer for buyer in buyers if buyer.pk != meeting.buyer_id)


def an_offer(**fields) -> tuple[Proposal, Meeting]:
    published, meeting, _waiting = one_place_for_two(**fields)
    actions.cancel_meeting(meeting=meeting, by=None, party=meeting.buyer, reason="ill")
    (proposal,) = actions.propose(forum=published.forum)
    return actions.offer(proposal=proposal, by=None), meeting


def test_confirmation_of_both_sides_is_kept_and_said_once():
    published, meeting, _waiting = one_place_for_two()
    assert actions.confirm_meetings(party=meeting.buyer, by=None) == 1
    assert actions.confirm_meetings(party=meeting.buyer, by=None) == 0
    meeting.refresh_from_db()
    assert not meeting.confirmed_by_both
    actions.confirm_meetings(party=meeting.firm, by=None, uid=meeting.uid)
    meeting.refresh_from_db()
    assert meeting.confirmed_by_both
    copy = actions.copy_timetable(timetable=published, by=None)
    actions.publish(timetable=copy, by=None)
    assert copy.meetings.get().confirmed_by_both


def test_confirmation_is_asked_again_when_the_meeting_moves():
    published, meeting, _waiting = one_place_for_two()
    actions.confirm_meetings(party=meeting.firm, by=None)
    copy = actions.copy_timetable(timetable=published, by=None)
    actions.move_meeting(meeting=copy.meetings.get(), slot=published.forum.slots.last(), by=None)
    actions.publish(timetable=copy, by=None)
    assert copy.meetings.get().firm_confirmed_at is None


def test_nothing_is_proposed_while_everything_is_taken():
    published, _meeting, waiting = one_place_for_two()
    assert actions.propose(forum=published.forum) == []
    waiting.forum.refresh_from_db()
    assert [str(other) for other in waiting_of(waiting)] == [str(published.meetings.get().firm)]


def test_cancelled_meeting_is_proposed_to_the_one_who_waits(django_capture_on_commit_callbacks):
    published, meeting, waiting = one_place_for_two()
    actions.cancel_meeting(meeting=meeting, by=None, party=meeting.buyer, reason="ill")
    look_for_offers.call(forum_id=published.forum_id)
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.buyer, proposal.firm) == ("open", waiting, meeting.firm)
    assert list(offers_to(waiting)) == []


def test_second_yes_makes_the_meeting_and_mails_both():
    proposal, _meeting = an_offer()
    told = set(Mail.objects.filter(kind="matchmaking.offered").values_list("to", flat=True))
    assert told == {proposal.firm.email, proposal.buyer.email}
    Mail.objects.all().delete()
    actions.answer_offer(proposal=proposal, party=proposal.buyer, agree=True, by=None)
    assert Meeting.objects.filter(state="planned").count() == 0
    done = actions.answer_offer(proposal=proposal, party=proposal.firm, agree=True, by=None)
    held = Meeting.objects.get(state="planned")
    assert (done.state, held.buyer, held.confirmed_by_both) == ("booked", proposal.buyer, True)
    assert Mail.objects.filter(kind="matchmaking.timetable").count() == 2
    timetable = Timetable.objects.get()
    assert (timetable.revision, timetable.figures["held"]) == (1, 1)


def test_draft_of_before_an_offer_was_booked_is_not_published_over_it():
    proposal, _meeting = an_offer()
    published = Timetable.objects.get()
    draft, seen = actions.copy_timetable(timetable=published, by=None), published.stamp
    for party in (proposal.buyer, proposal.firm):
        actions.answer_offer(proposal=proposal, party=party, agree=True, by=None)
    with pytest.raises(actions.PublishedMeanwhile):
        actions.publish(timetable=draft, by=None, over=seen)


def test_declined_offer_is_not_made_again():
    proposal, _meeting = an_offer()
    actions.answer_offer(proposal=proposal, party=proposal.buyer, agree=False, by=None, reason="too late")
    with pytest.raises(actions.Conflict):
        actions.answer_offer(proposal=proposal, party=proposal.firm, agree=True, by=None)
    assert actions.propose(forum=proposal.forum) == []
    assert Proposal.objects.get().reason == "too late"


def test_offer_whose_place_has_gone_is_refused_with_the_reason():
    proposal, _meeting = an_offer()
    proposal.buyer.unavailable.add(proposal.slot)
    with pytest.raises(actions.Conflict, match="is not there then"):
        actions.answer_offer(proposal=proposal, party=proposal.firm, agree=True, by=None)


def test_forum_that_offers_at_once_asks_without_an_officer():
    published, meeting, _waiting = one_place_for_two(offers_at_once=True)
    actions.cancel_meeting(meeting=meeting, by=None, party=meeting.buyer, reason="ill")
    (proposal,) = actions.propose(forum=published.forum)
    proposal.refresh_from_db()
    assert proposal.state == "offered"


def test_pair_has_one_live_proposal():
    proposal, _meeting = an_offer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            forum=proposal.forum, firm=proposal.firm, buyer=proposal.buyer, slot=proposal.slot
        )


def test_cancelling_mail_takes_one_entry_out_of_the_calendar():
    _published, meeting, _waiting = one_place_for_two()
    actions.cancel_meeting(meeting=meeting, by=None, party=meeting.buyer, reason="ill")
    mail = Mail.objects.get(kind="matchmaking.cancelled")
    calendar = Calendar.from_ical(bytes(mail.attachment))
    (event,) = calendar.walk("VEVENT")
    assert (str(calendar["METHOD"]), str(event["STATUS"]), int(event["SEQUENCE"])) == (
        "CANCEL",
        "CANCELLED",
        1,
    )
    assert str(event["UID"]) == f"{meeting.uid}@bridgehead"
    assert str(event["ATTENDEE"]) == f"mailto:{meeting.firm.email}"
    assert str(event["ORGANIZER"]).startswith("mailto:")
    assert mail.attachment_type.endswith("method=CANCEL")


def test_buyer_and_maker_confirm_and_answer_on_their_pages():
    proposal, _meeting = an_offer()
    token, client = actions.invite(party=proposal.buyer, by=None).token, Client()
    assert b"A time has become free" in client.get(url("buyer", token)).content
    yes = {"answer": "accept"}
    client.post(url("buyer_offer", token, proposal.pk), yes)
    assert b"You said yes" in client.get(url("buyer", token)).content
    maker, slug = signed_in(maker_of(proposal.firm.organisation)), proposal.forum.programme.slug
    page = maker.post(url("my_offer", slug, proposal.pk), yes, follow=True)
    assert b"The meeting is in your timetable" in page.content
    assert client.post(url("buyer_offer", token, proposal.pk), yes).status_code == 404


def test_meetings_are_confirmed_one_by_one_or_all_at_once():
    _forum, (firm, *_others), (buyer, *_rest) = a_full_forum(2)
    token, client = actions.invite(party=buyer, by=None).token, Client()
    assert b"Please confirm 2 meetings" in client.get(url("buyer", token)).content
    first = Meeting.objects.filter(buyer=buyer).first()
    client.post(url("buyer_confirm", token), {"uid": str(first.uid)})
    assert b"Please confirm 1 meeting" in client.get(url("buyer", token)).content
    client.post(url("buyer_confirm", token))
    assert b"Please confirm" not in client.get(url("buyer", token)).content
    maker, slug = signed_in(maker_of(firm.organisation)), firm.forum.programme.slug
    maker.post(url("my_confirm", slug))
    assert b"confirmed by both" in maker.get(url("my", slug)).content


def test_officer_finds_offers_and_sees_who_has_not_confirmed():
    published, meeting, waiting = one_place_for_two()
    actions.cancel_meeting(meeting=meeting, by=None, party=meeting.buyer, reason="ill")
    client, slug = an_officer(published.forum), published.forum.programme.slug
    page = client.post(url("find_offers", slug), follow=True).content.decode()
    assert "1 waiting wish fits" in page
    assert str(waiting) in page
    client.post(url("make_offer", slug, Proposal.objects.get().pk))
    assert Proposal.objects.get().state == "offered"


@pytest.mark.parametrize("name", ["signs", "doors"])
def test_papers_are_pdf(name):
    forum, _firms, _buyers = a_full_forum(2)
    answer = an_officer(forum).get(url(name, forum.programme.slug, Timetable.objects.get().pk))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_pocket_is_a6_and_shows_both_clocks(pdf_text):
    _forum, (firm,), (buyer,) = a_full_forum(1)
    token = actions.invite(party=buyer, by=None).token
    answer = Client().get(url("buyer_pocket", token), {"zone": "Asia/Seoul"})
    text, size = pdf_text(answer.content)
    assert size == (105, 148)
    assert firm.organisation.name_en in text
    assert "Asia/Seoul" in text
    assert "Asia/Seoul" not in pdf_text(Client().get(url("buyer_pocket", token)).content)[0]


def test_pages_with_offers_ask_as_often_for_two_as_for_one():
    counts = []
    for number in (1, 2):
        cache.clear()
        forum, firms, buyers = a_full_forum(number)
        for firm in firms:
            Proposal.objects.create(
                forum=forum, firm=firm, buyer=buyers[0], slot=forum.slots.last(), state="offered"
            )
        token = actions.invite(party=buyers[0], by=None).token
        counts.append(
            [
                queries(Client(), url("buyer", token)),
                queries(an_officer(forum), url("timetable", forum.programme.slug)),
            ]
        )
    assert counts[0] == counts[1]
