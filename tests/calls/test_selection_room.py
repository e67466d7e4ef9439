"""What the committee does in the selection room: what-if, scenarios, letters, release once, objections."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bridgehead.audit.queries import entries_about
from bridgehead.calls.actions import awarding, deciding, lettering, objecting, releasing, scenarios
from bridgehead.calls.models import Application, Award, Call, Decision, Score
from bridgehead.calls.queries.published import published_results
from bridgehead.calls.queries.ranking import ranking_of
from bridgehead.calls.queries.releasing import calls_due
from bridgehead.calls.queries.rows import WhatIf
from bridgehead.calls.queries.seats import seats_of
from bridgehead.mailing.models import Mail
from tests.calls.reviewed import a_reviewed_call
from tests.factories.organisations import staff

pytestmark = pytest.mark.django_db


def outcomes(call):
    return list(
        Decision.objects.filter(application__call=call).order_by("rank").values_list("outcome", flat=True)
    )


def released(**fields):
    call, applications = a_reviewed_call(**fields)
    officer = staff(call.programme.host)
    deciding.decide(call=call, by=officer)
    call = releasing.release(call=call, by=officer)
    return (
        call,
        [Application.objects.select_related("call__programme__host").get(pk=a.pk) for a in applications],
        officer,
    )


def test_points_summed_by_the_database_equal_a_recount():
    call, _applications = a_reviewed_call()
    for position, score in enumerate(Score.objects.order_by("pk")):
        score.value = 1 + position * 7 % 5
        score.save()
    weights = dict(call.criteria.values_list("pk", "weight"))
    for line in ranking_of(call).lines:
        values = Score.objects.filter(review__application=line.key).values_list("criterion", "value")
        assert line.score == sum(weights[key] * value for key, value in values) * 20 / 100


def test_what_if_on_the_page_changes_nothing_stored(client):
    call, _applications = a_reviewed_call()
    client.force_login(staff(call.programme.host))
    url = reverse("calls:desk_selection", args=[call.slug])
    data = {"places": 3, "threshold": 0, **{f"weight-{c.pk}": c.weight for c in call.criteria.all()}}
    page = client.get(url, data, headers={"HX-Request": "true"})
    assert (page.context["counts"]["selected"], page.context["trying"]) == (3, True)
    assert Call.objects.get(pk=call.pk).places == 2


def test_selection_page_asks_the_same_for_two_and_four_rows(client):
    call, applications = a_reviewed_call()
    client.force_login(staff(call.programme.host))
    url = reverse("calls:desk_selection", args=[call.slug])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as four:
        client.get(url)
    Application.objects.filter(pk__in=[a.pk for a in applications[2:]]).update(state="withdrawn")
    with CaptureQueriesContext(connection) as two:
        client.get(url)
    assert len(two) == len(four)


def test_chosen_scenario_is_what_decide_writes_down():
    call, _applications = a_reviewed_call()
    officer = staff(call.programme.host)
    wide = scenarios.save_scenario(call=call, name="넓게", trial=WhatIf(places=3), by=officer)
    scenarios.choose_scenario(scenario=wide, reason="예산이 늘었음", by=officer)
    deciding.decide(call=call, by=officer)
    assert outcomes(call) == ["selected", "selected", "selected", "reserved"]
    assert [(e.verb, e.reason) for e in entries_about(call)][1] == ("scenario.choose", "예산이 늘었음")
    with pytest.raises(scenarios.DecidedAlready):
        scenarios.choose_none(call=call, reason="x", by=officer)


@pytest.mark.parametrize("levelled", [False, True])
def test_reviewers_points_beside_a_decision_are_those_it_went_by(levelled):
    call, _applications = a_reviewed_call()
    officer = staff(call.programme.host)
    for position, score in enumerate(Score.objects.order_by("pk")):
        score.value = 1 + position * 7 % 5
        score.save()
    first, *others = call.criteria.values_list("pk", flat=True)
    trial = WhatIf(places=2, criteria={first: 100, **dict.fromkeys(others, 0)}, levelled=levelled)
    chosen = scenarios.save_scenario(call=call, name="하나만", trial=trial, by=officer)
    scenarios.choose_scenario(scenario=chosen, reason="x", by=officer)
    deciding.decide(call=call, by=officer)
    seats = seats_of(call)
    assert [[one.score for one in seat.reviewers] for seat in seats] == [[seat.score] for seat in seats]


def test_decide_refuses_what_the_committee_has_not_seen():
    call, _applications = a_reviewed_call()
    seen = deciding.fingerprint(ranking_of(call).lines)
    Score.objects.update(value=3)
    with pytest.raises(deciding.OutOfDate):
        deciding.decide(call=call, by=None, seen=seen)


def test_undo_takes_all_decisions_back():
    call, _applications = a_reviewed_call()
    deciding.decide(call=call, by=None)
    assert deciding.undo(call=call, by=None) == 4
    assert outcomes(call) == []
    with pytest.raises(deciding.NothingDecided):
        deciding.undo(call=call, by=None)


def test_letters_begun_again_are_written_exactly_once():
    call, _applications, _officer = released()
    first = Decision.objects.order_by("pk").first()
    Mail.objects.filter(about_id=str(first.application_id), kind__startswith="calls.outcome").delete()
    Decision.objects.filter(pk=first.pk).update(told_at=None)
    assert [releasing.tell_outcomes(call=call) for _time in range(2)] == [1, 0]
    about = Mail.objects.filter(kind__startswith="calls.outcome").values_list("about_id", flat=True)
    assert sorted(about) == sorted({str(key) for key in Application.objects.values_list("pk", flat=True)})


def test_planned_release_is_due_only_when_decided_and_passed():
    call, _applications = a_reviewed_call()
    deciding.decide(call=call, by=None)
    with pytest.raises(releasing.InThePast):
        releasing.plan_release(call=call, at=timezone.now() - timedelta(minutes=1), by=None)
    releasing.plan_release(call=call, at=timezone.now() + timedelta(hours=1), by=None)
    assert list(calls_due()) == []
    Call.objects.filter(pk=call.pk).update(release_at=timezone.now())
    assert list(calls_due()) == [call]


def test_own_letter_is_filled_and_an_unknown_field_refused():
    call, applications = a_reviewed_call()
    texts = {"subject_ko": "{firm} 선정", "subject_en": "", "body_ko": "{rank}위 {score}점", "body_en": ""}
    with pytest.raises(lettering.WrongField) as error:
        lettering.save_letter(call=call, outcome="selected", texts={**texts, "body_ko": "{name}"}, by=None)
    assert (error.value.field, "{name}" in str(error.value)) == ("body_ko", True)
    lettering.save_letter(call=call, outcome="selected", texts=texts, by=None)
    deciding.decide(call=call, by=None)
    releasing.release(call=call, by=None)
    mail = Mail.objects.get(to=applications[0].applicant.email)
    assert (mail.subject, mail.body) == (f"{applications[0].firm.name} 선정", "1위 100점\n")


def test_upheld_objection_may_improve_the_outcome_and_is_told():
    call, applications, officer = released(objection_days=7, places=2, reserves=1)
    last = applications[3]
    objection = objecting.file_objection(application=last, text="다시 보아 주십시오.", by=last.applicant)
    with pytest.raises(objecting.OneAtATime):
        objecting.file_objection(application=last, text="또", by=last.applicant)
    with pytest.raises(deciding.NoPlaceLeft):
        objecting.answer_objection(
            objection=objection, answer="upheld", text="맞습니다", outcome="selected", by=officer
        )
    objecting.answer_objection(
        objection=objection, answer="upheld", text="맞습니다", outcome="reserved", by=officer
    )
    decision = Decision.objects.get(application=last)
    assert (decision.outcome, decision.reserve_rank, decision.reasons[-1]["code"]) == (
        "reserved",
        2,
        "objection",
    )
    assert Mail.objects.filter(kind="calls.objection_answered").count() == 1
    assert Award.objects.count() == 2
    assert call.released_at is not None


def test_objection_after_the_last_day_is_refused():
    call, applications, _officer = released(objection_days=1)
    Call.objects.filter(pk=call.pk).update(released_at=timezone.now() - timedelta(days=3))
    late = Application.objects.select_related("call__programme__host").get(pk=applications[3].pk)
    with pytest.raises(objecting.TooLate):
        objecting.file_objection(application=late, text="늦음", by=None)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("nothing", []), ("numbers", [("", None)] * 2), ("scores", [("firm", 1), ("firm", 2)])],
)
def test_published_results_are_no_more_than_the_call_allows(shown, expected):
    call, _applications, _officer = released(results_shown=shown)
    assert [("firm" if one.firm else "", one.rank) for one in published_results(call)] == expected


def test_seed_is_published_once_and_before_the_closing():
    call, _applications = a_reviewed_call(selection="lottery")
    with pytest.raises(deciding.SeedTooLate):
        deciding.publish_seed(call=call, seed="dice", by=None)


def test_place_given_up_is_excused_from_the_room(client):
    call, _applications, officer = released()
    award = Award.objects.filter(application__call=call).first()
    awarding.withdraw_award(award=award, by=officer, reason="입원")
    client.force_login(officer)
    room, excuse = (
        reverse("calls:desk_selection", args=[call.slug]),
        reverse("calls:desk_excuse", args=[award.pk]),
    )
    assert excuse in client.get(room).content.decode()
    assert client.post(excuse, {"reason": "입원"})["Location"] == room
    assert excuse not in client.get(room).content.decode()
