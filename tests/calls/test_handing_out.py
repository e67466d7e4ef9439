"""The officer's page of the reviewers: one page for a few applications, a job for many, as many queries for each."""

import pytest
from django.urls import reverse

from bridgehead.calls.hand_out_task import LARGE
from bridgehead.calls.models import Review
from bridgehead.jobs.models import Job
from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import OrganisationMembership
from tests.calls.counting import queries_of
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import staff

pytestmark = pytest.mark.django_db


def a_board(applications, reviewers=4):
    call = a_call(reviews_wanted=2)
    for _row in range(applications):
        an_application(call, state="shortlisted")
    return call, [staff(call.programme.host, "reviewer") for _n in range(reviewers)]


def test_large_call_is_handed_out_by_a_job_that_ends_at_the_reviewers(
    client, django_capture_on_commit_callbacks
):
    call, people = a_board(LARGE)
    officer = staff(call.programme.host)
    client.force_login(officer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("calls:desk_assign", args=[call.slug]))
    job = Job.objects.get(kind="assignment")
    assert answer["Location"] == reverse("jobs:detail", args=[job.pk])
    assert (job.state, job.done, job.total) == ("done", job.total, 4)
    assert job.requested_by == officer
    assert job.result_url.endswith(reverse("calls:desk_reviewers", args=[call.slug]).split("/", 2)[2])
    assert [person.reviews.count() for person in people] == [LARGE * 2 // len(people)] * len(people)
    assert Mail.objects.filter(kind="calls.reviews_assigned").count() == len(people)
    page = client.get(reverse("jobs:detail", args=[job.pk]), follow=True)
    assert (page.status_code, page.context["total"]) == (200, LARGE * 2)


def test_small_call_is_handed_out_at_once(client):
    call, _people = a_board(4)
    client.force_login(staff(call.programme.host))
    answer = client.post(reverse("calls:desk_assign", args=[call.slug]))
    assert answer["Location"] == reverse("calls:desk_reviewers", args=[call.slug])
    assert (Job.objects.count(), Review.objects.count()) == (0, 8)


def test_page_of_the_reviewers_asks_the_same_for_one_and_three_rows(client):
    def count(rows):
        call = a_call(reviews_wanted=2)
        for _row in range(rows):
            application = an_application(call, state="shortlisted")
            reader, insider = (staff(call.programme.host, "reviewer") for _n in range(2))
            Review.objects.create(application=application, stage=call.stages.get(), reviewer=reader)
            OrganisationMembership.objects.create(organisation=application.firm, user=insider)
        client.force_login(staff(call.programme.host))
        return queries_of(client, reverse("calls:desk_reviewers", args=[call.slug]))

    assert count(1) == count(3)
