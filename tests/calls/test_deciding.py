"""Decisions: hidden until the release, released all at once, and the reserve that moves up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bridgehead.audit.queries import entries_about
from bridgehead.calls.actions import awarding, checking, deciding, releasing
from bridgehead.calls.models import Application, Award, Decision
from bridgehead.calls.rules import state_shown
from bridgehead.calls.signals import award_made, award_withdrawn
from bridgehead.mailing.models import Mail
from tests.calls.reviewed import a_reviewed_call
from tests.factories.calls import an_application, an_award
from tests.factories.organisations import staff

pytestmark = pytest.mark.django_db


def outcomes(call):
    decisions = Decision.objects.filter(application__call=call)
    return [(d.rank, d.outcome, d.reserve_rank) for d in decisions]


def decided(**fields):
    call, applications = a_reviewed_call(**fields)
    officer = staff(call.programme.host)
    deciding.decide(call=call, by=officer)
    return call, applications, officer


def test_decide_writes_the_ranking_and_changes_no_state():
    call, applications, _officer = decided()
    assert outcomes(call) == [
        (1, "selected", None),
        (2, "selected", None),
        (3, "reserved", 1),
        (4, "declined", None),
    ]
    assert {a.state for a in Application.objects.filter(call=call)} == {"shortlisted"}
    assert {state_shown(a) for a in applications} == {"submitted"}
    assert Mail.objects.filter(kind__startswith="calls.outcome").count() == 0


def test_decide_before_every_review_is_in_says_what_is_missing():
    call, applications = a_reviewed_call()
    applications[0].reviews.update(state="assigned", done_at=None)
    an_application(call)
    with pytest.raises(deciding.NotReady) as error:
        deciding.decide(call=call, by=None)
    assert len(error.value.obstacles) == 2
    assert not Decision.objects.exists()


def test_decide_while_the_call_is_open_is_refused():
    call, _applications = a_reviewed_call(closes_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(deciding.NotReady):
        deciding.decide(call=call, by=None)


def test_release_moves_states_makes_awards_and_writes_to_everybody():
    received = []

    def hear(sender, award, by, **more):
        received.append(award.firm)

    award_made.connect(hear)
    call, applications, officer = decided()
    releasing.release(call=call, by=officer)
    award_made.disconnect(hear)
    states = [Application.objects.get(pk=a.pk).state for a in applications]
    assert states == ["selected", "selected", "reserved", "declined"]
    assert received == [applications[0].firm, applications[1].firm]
    assert sorted(m.kind for m in Mail.objects.filter(kind__startswith="calls.outcome")) == [
        "calls.outcome_declined",
        "calls.outcome_reserved",
        "calls.outcome_selected",
        "calls.outcome_selected",
    ]
    call.refresh_from_db()
    assert call.released_at is not None


def test_mail_is_in_the_language_of_the_applicant():
    call, applications, officer = decided()
    applications[0].applicant.language = "en"
    applications[0].applicant.save()
    releasing.release(call=call, by=officer)
    english = Mail.objects.get(to=applications[0].applicant.email)
    assert english.subject == f"Selected: {call.title_en}"
    assert "Ranked 1 of 4" in english.body
    korean = Mail.objects.get(to=applications[1].applicant.email)
    assert call.title_ko in korean.subject
    assert "Ranked" not in korean.body


def test_release_twice_is_refused():
    call, _applications, officer = decided()
    releasing.release(call=call, by=officer)
    with pytest.raises(deciding.AlreadyReleased):
        releasing.release(call=call, by=officer)
    assert Award.objects.count() == 2


def test_release_when_a_firm_already_holds_a_place_changes_nothing():
    call, applications, officer = decided()
    an_award(call.programme, applications[1].firm)
    with pytest.raises(deciding.NotReady):
        releasing.release(call=call, by=officer)
    call.refresh_from_db()
    assert (call.released_at, Award.objects.count()) == (None, 1)
    assert Mail.objects.filter(kind__startswith="calls.outcome").count() == 0


def test_release_after_a_withdrawal_asks_to_decide_again():
    call, applications, officer = decided()
    Application.objects.filter(pk=applications[0].pk).update(state="withdrawn")
    with pytest.raises(deciding.NotReady):
        releasing.release(call=call, by=officer)
    deciding.decide(call=call, by=officer)
    releasing.release(call=call, by=officer)
    assert [Application.objects.get(pk=a.pk).state for a in applications] == [
        "withdrawn",
        "selected",
        "selected",
        "reserved",
    ]


def test_ineligible_application_is_hidden_until_release_and_told_why():
    call, _applications = a_reviewed_call(closes_at=timezone.now() - timedelta(minutes=1))
    bad = an_application(call, applicant=staff(call.programme.host, "editor"))
    officer = staff(call.programme.host)
    checking.decline_ineligible(application=bad, reason="서울 밖에 있음", by=officer)
    assert state_shown(bad) == "submitted"
    deciding.decide(call=call, by=officer)
    releasing.release(call=call, by=officer)
    assert "서울 밖에 있음" in Mail.objects.get(to=bad.applicant.email).body


def test_committee_change_keeps_the_reason_and_the_reserve_list_without_gaps():
    call, applications, officer = decided(reserves=2)
    second = Decision.objects.get(application=applications[1])
    changed = deciding.change_decision(
        decision=second, outcome="reserved", reason="이미 지원받음", by=officer
    )
    assert (changed.note, changed.reserve_rank, changed.reasons[-1]["code"]) == (
        "이미 지원받음",
        1,
        "committee",
    )
    assert outcomes(call)[1:] == [(2, "reserved", 1), (3, "reserved", 2), (4, "reserved", 3)]
    entry = entries_about(applications[1])[0]
    assert (entry.verb, entry.reason) == ("decision.change", "이미 지원받음")


def test_committee_cannot_give_more_places_than_there_are():
    _call, applications, officer = decided()
    third = Decision.objects.get(application=applications[2])
    with pytest.raises(deciding.NoPlaceLeft):
        deciding.change_decision(decision=third, outcome="selected", reason="좋음", by=officer)


def test_withdrawn_award_promotes_the_first_reserve():
    heard = []

    def hear(sender, award, by, **more):
        heard.append(award.firm)

    call, applications, officer = decided()
    releasing.release(call=call, by=officer)
    award_withdrawn.connect(hear)
    award = Award.objects.get(firm=applications[0].firm)
    promoted = awarding.withdraw_award(award=award, by=officer, reason="생산 일정")
    award_withdrawn.disconnect(hear)
    assert heard == [applications[0].firm]
    assert promoted.firm == applications[2].firm
    decision = Decision.objects.get(application=applications[2])
    assert (decision.outcome, decision.reserve_rank, decision.reasons[-1]) == (
        "selected",
        None,
        {"code": "promoted", "place": 1},
    )
    assert Application.objects.get(pk=applications[2].pk).state == "selected"
    assert Mail.objects.filter(kind="calls.promoted", to=applications[2].applicant.email).count() == 1
    with pytest.raises(awarding.AwardOver):
        awarding.withdraw_award(award=award, by=officer, reason="again")


def test_withdrawn_award_without_reserves_leaves_the_place_free():
    call, applications, officer = decided(reserves=0)
    releasing.release(call=call, by=officer)
    award = Award.objects.get(firm=applications[0].firm)
    assert awarding.withdraw_award(award=award, by=officer, reason="x") is None


def test_place_kept_by_a_quota_goes_to_a_reserve_of_that_quota():
    call, applications, officer = decided(
        places=1, reserves=3, quota=("region", "yeoju", 1), regions=["icheon", "yeoju", "icheon", "yeoju"]
    )
    releasing.release(call=call, by=officer)
    award = Award.objects.get(firm=applications[1].firm)
    promoted = awarding.withdraw_award(award=award, by=officer, reason="x")
    assert promoted.firm == applications[3].firm
