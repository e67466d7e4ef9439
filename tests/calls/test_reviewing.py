"""Handing out and taking back applications, with conflicts of interest."""

import pytest

from bridgehead.calls.actions import assigning, reviewing
from bridgehead.calls.models import Review
from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import OrganisationMembership
from tests.calls.reviewed import a_review
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_host, a_user, staff

pytestmark = pytest.mark.django_db


def a_board(applications=4, reviewers=3, **fields):
    call = a_call(**fields)
    people = [staff(call.programme.host, "reviewer") for _n in range(reviewers)]
    return call, [an_application(call, state="shortlisted") for _n in range(applications)], people


def test_every_application_is_read_twice_and_loads_are_even():
    call, applications, people = a_board(applications=6)
    assigning.assign_reviewers(call=call, by=None)
    assert {a.reviews.count() for a in applications} == {2}
    assert {p.reviews.count() for p in people} == {4}
    assert Mail.objects.filter(kind="calls.reviews_assigned").count() == 3


def test_handing_out_again_changes_nothing():
    call, _applications, _people = a_board()
    assigning.assign_reviewers(call=call, by=None)
    assert assigning.assign_reviewers(call=call, by=None).pairs == []


def test_who_acts_for_the_firm_or_declared_a_conflict_is_left_out():
    call, (application, *_others), (insider, partner, _third) = a_board(applications=1)
    OrganisationMembership.objects.create(organisation=application.firm, user=insider)
    earlier = a_review(an_application(a_call(), application.firm), partner, 3)
    Review.objects.filter(pk=earlier.pk).update(state="conflict", conflict_kind="family")
    result = assigning.assign_reviewers(call=call, by=None)
    assert (len(result.pairs), result.short) == (1, {application.pk: 1})


def test_reviewers_of_another_host_are_not_asked():
    _call, (application, *_others), _people = a_board(applications=1)
    stranger = staff(a_host(), "reviewer")
    for person in (stranger, a_user()):
        with pytest.raises(assigning.NotAReviewer):
            assigning.assign_reviewer(application=application, reviewer=person, by=None)


def test_declared_conflict_is_replaced_by_somebody_else():
    call, (application, *_others), _people = a_board(applications=1)
    assigning.assign_reviewers(call=call, by=None)
    review = application.reviews.first()
    reviewing.declare_conflict(review=review, kind="business", by=review.reviewer)
    assigning.assign_reviewers(call=call, by=None)
    assert sorted(application.reviews.values_list("state", flat=True)) == ["assigned", "assigned", "conflict"]
    with pytest.raises(assigning.NotAReviewer):
        assigning.assign_reviewer(application=application, reviewer=review.reviewer, by=None)


def test_finished_review_cannot_be_taken_away():
    _call, (application, *_others), people = a_board(applications=1)
    review = a_review(application, people[0], 4)
    with pytest.raises(reviewing.ReviewClosed):
        assigning.unassign(review=review, by=None)
    open_review = assigning.assign_reviewer(application=application, reviewer=people[1], by=None)
    assigning.unassign(review=open_review, by=None)
    assert application.reviews.count() == 1
