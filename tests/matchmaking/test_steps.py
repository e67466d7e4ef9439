from datetime import timedelta

import pytest
from django.utils import timezone

from bridgehead.kit.steps import Progress
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.steps import matchmaking_step, tasks_of
from tests.factories.matchmaking import (
    a_buyer_party,
    a_coming_programme,
    a_firm_party,
    a_forum,
    a_timetable,
    a_wish,
)
from tests.factories.organisations import maker_of, staff

pytestmark = pytest.mark.django_db


def test_step_leads_from_set_up_to_publication(django_assert_max_num_queries):
    programme = a_coming_programme()
    said = [matchmaking_step(programme)]
    forum = a_forum(programme)
    said.append(matchmaking_step(programme))
    firm = a_firm_party(forum)
    said.append(matchmaking_step(programme))
    buyer = a_buyer_party(forum, accepted=False)
    said.append(matchmaking_step(programme))
    actions.invite(party=buyer, by=None)
    actions.answer_invitation(party=buyer, accept=True, by=None)
    said.append(matchmaking_step(programme))
    a_wish(buyer, firm)
    draft = a_timetable(forum)
    said.append(matchmaking_step(programme))
    actions.publish(timetable=draft, by=None)
    with django_assert_max_num_queries(4):
        said.append(matchmaking_step(programme))
    assert [step.next_action for step in said] == [
        "Set up days, hours and tables",
        "Take over the participating firms",
        "Add and invite buyers",
        "Send the invitations",
        "Compute the timetable",
        "Publish the timetable",
        "",
    ]
    assert [said[0].progress, said[1].progress, said[-1].progress] == [
        Progress.TODO,
        Progress.CURRENT,
        Progress.DONE,
    ]
    assert said[-1].facts == ["1 firm", "1 of 1 buyers take part", "1 meeting"]


def test_step_names_buyers_who_are_late():
    forum = a_forum()
    buyer = a_buyer_party(forum, accepted=False)
    actions.invite(party=buyer, by=None, at=timezone.now() - timedelta(days=8))
    assert matchmaking_step(forum.programme).late == [str(buyer)]


def test_maker_is_asked_for_wishes_until_something_was_said():
    forum = a_forum()
    firm = a_firm_party(forum)
    maker = maker_of(firm.organisation)
    (task,) = tasks_of(maker)
    assert task.due == forum.wishes_close_at
    actions.set_wishes(party=firm, wishes={}, by=maker)
    assert tasks_of(maker) == []


def test_officer_is_asked_to_remind_and_to_publish():
    forum = a_forum()
    firm, buyer, silent = a_firm_party(forum), a_buyer_party(forum), a_buyer_party(forum, accepted=False)
    actions.invite(party=silent, by=None, at=timezone.now() - timedelta(days=8))
    a_wish(buyer, firm)
    draft = a_timetable(forum)
    officer, stranger = staff(forum.programme.host), staff(a_forum().programme.host)
    assert [task.title for task in tasks_of(officer)] == [
        "Remind 1 buyer who has not answered",
        "Publish the timetable",
    ]
    assert tasks_of(stranger) == []
    actions.publish(timetable=draft, by=officer)
    actions.remind_late(forum=forum, by=officer)
    assert tasks_of(officer) == []
