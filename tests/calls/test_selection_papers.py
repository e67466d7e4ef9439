"""The committee's paper in the background, the planned release, the preview of a letter, and lists that ask the same for any length."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bridgehead.calls import paper, tasks
from bridgehead.calls.actions import deciding, releasing, scenarios
from bridgehead.calls.models import Call, Decision, Objection, Review, ReviewerProfile
from bridgehead.calls.queries.rows import WhatIf
from bridgehead.calls.steps import selection_step, tasks_of
from bridgehead.documents.blocks import Table
from bridgehead.jobs.models import Job
from bridgehead.mailing.models import Mail
from tests.calls.reviewed import a_reviewed_call
from tests.factories.organisations import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_once(settings, tmp_path):
    """Jobs run as soon as the request is over; what they write is thrown away."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.MEDIA_ROOT = tmp_path


def a_planned_call():
    call, applications = a_reviewed_call(objection_days=7)
    deciding.decide(call=call, by=None)
    call = releasing.plan_release(call=call, at=timezone.now() + timedelta(hours=1), by=None)
    return call, applications


def the_moment_comes(call):
    Call.objects.filter(pk=call.pk).update(release_at=timezone.now())


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("wanted", "start"), [("hwpx", b"PK"), ("xlsx", b"PK")])
def test_paper_job_ends_at_a_file(client, at_once, django_capture_on_commit_callbacks, wanted, start):
    call, _applications = a_reviewed_call()
    client.force_login(staff(call.programme.host))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("calls:desk_paper_start", args=[call.slug]), {"format": wanted})
    job = Job.objects.get(kind="paper")
    assert (job.state, job.result_url != "") == (Job.State.DONE, True)
    assert client.get(job.result_url).content.startswith(start)
    assert default_storage.exists(tasks.paper_name(call, str(job.pk), wanted))


def test_release_due_releases_what_is_due_and_nothing_else(at_once, django_capture_on_commit_callbacks):
    call, _applications = a_planned_call()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("release_due")
    assert Call.objects.get(pk=call.pk).released_at is None
    the_moment_comes(call)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("release_due")
    assert Call.objects.get(pk=call.pk).released_at is not None
    assert Mail.objects.filter(kind__startswith="calls.outcome").count() == 4


def test_queue_that_wakes_us_releases_once_and_not_before_the_moment(
    at_once, django_capture_on_commit_callbacks
):
    call, _applications = a_planned_call()
    for moment in ("too early", "due", "woken twice"):
        if moment == "due":
            the_moment_comes(call)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.release_if_due.func(call.pk, "ko")
        assert (Call.objects.get(pk=call.pk).released_at is None) == (moment == "too early")
    assert (Job.objects.filter(kind="release").count(), Mail.objects.count()) == (1, 4)


def test_letter_preview_shows_a_real_application_and_stores_nothing(client):
    call, applications = a_reviewed_call()
    deciding.decide(call=call, by=None)
    client.force_login(staff(call.programme.host))
    texts = {"subject_ko": "{firm} 선정", "subject_en": "", "body_ko": "{rank}위", "body_en": ""}
    page = client.post(reverse("calls:desk_letter", args=[call.slug, "selected"]), {**texts, "preview": "1"})
    preview = page.context["preview"]
    assert preview["subject"] == f"{applications[0].firm.name} 선정"
    assert preview["body"].strip() == "1위"
    assert (call.letters.count(), Mail.objects.count()) == (0, 0)


def test_paper_names_detected_conflicts_under_the_reviewers_neutral_name():
    call, applications = a_reviewed_call()
    reading = Review.objects.get(application=applications[1])
    firm = applications[1].firm
    firm.phone = "031-123-4567"
    firm.save()
    ReviewerProfile.objects.create(user=reading.reviewer, phone="+82 31 123 4567")
    tables = [block for block in paper.build(call, "en").blocks if isinstance(block, Table)]
    rows = [table.rows for table in tables if table.caption == "Conflicts of interest detected"]
    assert rows == [[("R1", applications[1].number, firm.name_en, "same phone number, scored all the same")]]


def test_objections_wait_in_the_tasks_and_in_the_cockpit_until_answered():
    call, applications = a_reviewed_call(objection_days=7)
    officer = staff(call.programme.host)
    deciding.decide(call=call, by=officer)
    releasing.release(call=call, by=officer)
    objection = Objection.objects.create(application=applications[3], text="다시 보아 주십시오.")
    page = reverse("calls:desk_objections", args=[call.slug])
    assert [task.url for task in tasks_of(officer)] == [page]
    assert selection_step(call.programme).next_url == page
    Objection.objects.filter(pk=objection.pk).update(
        answer="rejected", answer_text="x", answered_at=timezone.now()
    )
    assert tasks_of(officer) == []
    assert selection_step(call.programme).next_url == ""


def test_objections_page_asks_the_same_for_one_and_three_rows(client):
    call, applications = a_reviewed_call(objection_days=7)
    officer = staff(call.programme.host)
    client.force_login(officer)
    deciding.decide(call=call, by=officer)
    releasing.release(call=call, by=officer)
    url = reverse("calls:desk_objections", args=[call.slug])
    Objection.objects.create(application=applications[0], text="하나")
    queries(client, url)
    one = queries(client, url)
    for application in applications[1:3]:
        Objection.objects.create(application=application, text="또")
    assert queries(client, url) == one


def test_scenarios_page_asks_the_same_for_one_and_three_rows(client):
    call, _applications = a_reviewed_call()
    officer = staff(call.programme.host)
    client.force_login(officer)
    url = reverse("calls:desk_scenarios", args=[call.slug])
    scenarios.save_scenario(call=call, name="하나", trial=WhatIf(places=1), by=officer)
    queries(client, url)
    one = queries(client, url)
    for places in (3, 4):
        scenarios.save_scenario(call=call, name=f"{places}곳", trial=WhatIf(places=places), by=officer)
    assert queries(client, url) == one
    assert Decision.objects.count() == 0
