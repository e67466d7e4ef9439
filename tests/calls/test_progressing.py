"""From one stage to the next: by the stage's rule, with a count and names, and one by one with a reason."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from bridgehead.audit.queries import entries_about
from bridgehead.calls.actions import assigning, deciding, progressing, releasing
from bridgehead.calls.explaining import sentences
from bridgehead.calls.models import Criterion, Stage
from bridgehead.calls.queries.stages import current_stage, going_on, standing, standings
from bridgehead.mailing.models import Mail
from tests.calls.counting import queries_of
from tests.calls.reviewed import a_review, a_reviewed_call
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import staff


@pytest.mark.parametrize(
    ("passing", "threshold", "expected"),
    [
        (None, 0, {1, 2, 3, 4}),
        (None, 60, {1, 2, 3}),
        (2, 0, {1, 2, 3}),
        (1, 0, {1}),
        (3, 85, {1}),
        (9, 0, {1, 2, 3, 4}),
    ],
)
def test_best_go_on_and_everybody_equal_to_the_last(passing, threshold, expected):
    points = {1: Decimal(90), 2: Decimal(80), 3: Decimal(80), 4: Decimal(40)}
    assert going_on(points, passing, Decimal(threshold)) == expected


def two_stages(**fields):
    """(call, first, second, applications with 100, 80, 60 and 40 points)."""
    call, applications = a_reviewed_call()
    first = call.stages.get()
    Stage.objects.filter(pk=first.pk).update(**{"passing": 2, "weight": 50, **fields})
    second = Stage.objects.create(
        call=call, order=2, kind="works", name_ko="실물 심사", name_en="Works", weight=50, reviews_wanted=1
    )
    Criterion.objects.create(call=call, stage=second, name_ko="마감", name_en="Finish", weight=100)
    first.refresh_from_db()
    return call, first, second, applications


@pytest.mark.django_db
def test_closing_moves_the_best_and_leaves_the_others_with_a_reason():
    call, first, second, (best, good, fair, weak) = two_stages()
    closed = progressing.close_stage(stage=first, by=None)
    assert (closed.going_on, closed.left_behind) == (2, 2)
    assert current_stage(call) == second
    assert list(second.applications.order_by("number")) == [best, good]
    reasons = standing(call)
    assert set(reasons) == {fair.pk, weak.pk}
    assert (reasons[fair.pk]["score"], reasons[fair.pk]["passing"]) == ("60.000", 2)
    fair.refresh_from_db()
    assert (fair.state, fair.stage) == ("shortlisted", first)
    assert entries_about(first)[0].data == {
        "going_on": [best.number, good.number],
        "left_behind": [fair.number, weak.number],
    }


@pytest.mark.django_db
def test_stage_with_readings_outstanding_is_not_closed():
    call, first, _second, (best, *_others) = two_stages()
    a_review(best, staff(call.programme.host, "reviewer"), 3, state="assigned")
    with pytest.raises(progressing.NotYet) as caught:
        progressing.close_stage(stage=first, by=None)
    assert len(caught.value.obstacles) == 1
    first.refresh_from_db()
    assert first.closed_at is None


@pytest.mark.django_db
def test_last_stage_is_ended_by_the_decision_only():
    _call, first, second, _applications = two_stages()
    progressing.close_stage(stage=first, by=None)
    for stage in (first, second):
        stage.refresh_from_db()
        with pytest.raises(progressing.NotYet):
            progressing.close_stage(stage=stage, by=None)


@pytest.mark.django_db
def test_one_is_let_through_and_one_kept_back_with_a_reason():
    call, first, _second, (_best, good, fair, weak) = two_stages()
    progressing.close_stage(stage=first, by=None)
    progressing.let_through(application=fair, by=None, reason="분야 대표")
    progressing.hold_back(application=good, by=None, reason="폐업 신고")
    first.refresh_from_db()
    assert [(row.application, row.goes_on, row.changed) for row in standings(first)][1:] == [
        (good, False, "폐업 신고"),
        (fair, True, "분야 대표"),
        (weak, False, ""),
    ]
    assert standing(call)[good.pk]["note"] == "폐업 신고"
    assert entries_about(fair)[0].reason == "분야 대표"


@pytest.mark.django_db
def test_change_needs_a_reason_and_ends_when_the_next_reading_is_in():
    call, first, second, (best, *_others) = two_stages()
    progressing.close_stage(stage=first, by=None)
    with pytest.raises(progressing.ReasonMissing):
        progressing.hold_back(application=best, by=None, reason="  ")
    best.reviews.create(stage=second, reviewer=staff(call.programme.host, "reviewer"), state="done")
    with pytest.raises(progressing.TooLate):
        progressing.hold_back(application=best, by=None, reason="이유")


@pytest.mark.django_db
def test_next_stage_is_handed_out_to_its_own_people_for_those_who_went_on():
    call, first, second, (best, good, *_others) = two_stages()
    juror = staff(call.programme.host, "reviewer")
    second.reviewers.set([juror])
    progressing.close_stage(stage=first, by=None)
    assigning.assign_reviewers(call=call, by=None)
    assert set(second.reviews.values_list("application", "reviewer")) == {
        (best.pk, juror.pk),
        (good.pk, juror.pk),
    }


@pytest.mark.django_db
def test_officer_sees_names_and_count_before_closing(client):
    call, first, _second, (best, *_others) = two_stages()
    client.force_login(staff(call.programme.host))
    page = client.get(reverse("calls:desk_stage", args=[first.pk]))
    assert (page.context["going_on"], page.context["left_behind"]) == (2, 2)
    assert best.firm.name in page.content.decode()
    client.post(reverse("calls:desk_stage_close", args=[first.pk]))
    client.post(
        reverse("calls:desk_stage_change", args=[best.pk]),
        {"to": "behind", "reason": "이유", "stage": first.pk},
    )
    best.refresh_from_db()
    assert best.stage == first
    assert client.get(reverse("calls:desk_stage", args=[first.pk])).status_code == 200


def read_and_released(call, second, best):
    """The second stage read, for one application; the decisions made and released."""
    reading = best.reviews.create(stage=second, reviewer=staff(call.programme.host, "reviewer"), state="done")
    reading.scores.create(criterion=second.criteria.get(), value=5, reason="이유")
    deciding.decide(call=call, by=None)
    releasing.release(call=call, by=None)


@pytest.mark.django_db
def test_letter_and_page_of_the_firm_give_the_reason_it_was_held_back_for(client):
    call, first, second, (best, good, *_others) = two_stages()
    progressing.close_stage(stage=first, by=None)
    progressing.hold_back(application=good, by=None, reason="폐업 신고")
    read_and_released(call, second, best)
    sentence = "폐업 신고"
    assert sentence in " ".join(sentences(good.decision.reasons))
    letter = Mail.objects.get(kind="calls.outcome_declined", to=good.applicant.email)
    assert sentence in letter.body
    client.force_login(good.applicant)
    assert sentence in client.get(reverse("calls:my_application", args=[good.pk])).content.decode()


@pytest.mark.django_db
def test_reason_to_let_through_is_not_given_as_the_reason_to_fail_a_later_stage():
    call, first, second, (best, _good, fair, _weak) = two_stages()
    progressing.close_stage(stage=first, by=None)
    progressing.let_through(application=fair, by=None, reason="분야 대표")
    third = Stage.objects.create(call=call, order=3, kind="interview", name_ko="면접", weight=1)
    Stage.objects.filter(pk=second.pk).update(passing=1)
    for application, value in ((best, 5), (_good, 4), (fair, 1)):
        person = staff(call.programme.host, "reviewer")
        reading = application.reviews.create(stage=second, reviewer=person, state="done")
        reading.scores.create(criterion=second.criteria.get(), value=value, reason="이유")
    second.refresh_from_db()
    progressing.close_stage(stage=second, by=None)
    assert current_stage(call) == third
    reason = standing(call)[fair.pk]
    assert (reason["stage"]["ko"], reason["score"], reason["note"]) == ("실물 심사", "20.000", "")
    first.refresh_from_db()
    assert [row.changed for row in standings(first) if row.application == fair] == ["분야 대표"]


@pytest.mark.django_db
def test_stage_page_asks_the_same_for_one_and_three_rows(client):
    def count(rows):
        call = a_call(closes_at=timezone.now() - timedelta(hours=1))
        reviewer = staff(call.programme.host, "reviewer")
        for _row in range(rows):
            a_review(an_application(call, state="shortlisted"), reviewer, 4)
        client.force_login(staff(call.programme.host))
        return queries_of(client, reverse("calls:desk_stage", args=[call.stages.get().pk]))

    assert count(1) == count(3)
