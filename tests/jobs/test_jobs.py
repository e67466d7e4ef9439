"""Work longer than a page: it waits, runs, is done or failed, and the page says so."""

import pytest
from django.db import transaction
from django_tasks import task

from bridgehead.jobs.actions import running, start
from bridgehead.jobs.models import Job
from bridgehead.jobs.queries import jobs_visible_to
from tests.factories.organisations import a_user

pytestmark = pytest.mark.django_db


@task()
def bake(job_id: str, loaves: int) -> None:
    with running(job_id) as progress:
        for loaf in range(1, loaves + 1):
            progress(done=loaf, total=4, message=f"loaf {loaf}")
        progress.result_url = "/en/results/"


@task()
def burn(job_id: str) -> None:
    with running(job_id) as progress:
        progress(done=1, total=2, message="in the oven")
        raise ValueError("The oven is too hot.")


def a_job(**fields):
    fields.setdefault("requested_by", a_user())
    return Job.objects.create(kind="bake", title="Baking", **fields)


def test_job_waits_until_the_transaction_is_through(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        job = start(kind="bake", title="Baking", by=a_user(), task=bake, loaves=3)
    job.refresh_from_db()
    assert (job.state, job.is_over, len(callbacks)) == ("waiting", False, 1)
    callbacks[0]()
    job.refresh_from_db()
    assert (job.state, job.is_over, job.result_url) == ("done", True, "/en/results/")
    assert (job.done, job.total, job.message, job.percent) == (3, 4, "loaf 3", 75)
    assert job.finished_at > job.created_at


def test_job_of_a_transaction_that_failed_never_starts(django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True) as callbacks,
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        start(kind="bake", title="Baking", by=None, task=bake, loaves=1)
        raise RuntimeError
    assert (callbacks, Job.objects.count()) == ([], 0)


def test_job_is_running_while_its_work_is_done():
    job = a_job()
    with running(str(job.pk)) as progress:
        job.refresh_from_db()
        assert (job.state, job.percent) == ("running", 0)
        progress(done=1, total=3, message="x" * 400)
        job.refresh_from_db()
        assert (job.percent, job.message) == (33, "x" * 300)


def test_failure_is_kept_in_words_and_raised(caplog):
    job = a_job()
    with pytest.raises(ValueError, match="too hot"):
        burn.func(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.is_over, job.error) == ("failed", True, "The oven is too hot.")
    assert (job.result_url, job.message) == ("", "in the oven")
    assert job.finished_at is not None
    assert f"job {job.pk} failed" in caplog.text


def test_failed_task_does_not_break_the_page_that_started_it(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = start(kind="burn", title="Burning", by=None, task=burn)
    job.refresh_from_db()
    assert job.state == "failed"


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, 0), (1, 3, 33), (3, 3, 100), (5, 3, 100)])
def test_percent_stays_within_a_hundred(done, total, percent):
    assert Job(done=done, total=total).percent == percent


def test_title_is_cut_to_fit():
    assert len(start(kind="bake", title="x" * 300, by=None, task=bake, loaves=1).title) == 200


def test_job_is_visible_to_who_asked_for_it(client):
    from_anna, anna = a_job(), None
    anna = from_anna.requested_by
    a_job()
    assert list(jobs_visible_to(anna)) == [from_anna]
    assert list(jobs_visible_to(a_user())) == []


def page_of(client, job, **headers):
    client.force_login(job.requested_by)
    return client.get(f"/en/jobs/{job.pk}/", **headers)


@pytest.mark.parametrize(("state", "says"), [("waiting", "Waiting for its turn"), ("running", "Under way")])
def test_page_of_unfinished_work_asks_again_every_second(client, state, says):
    job = a_job(state=state, done=1, total=4, message="loaf 1")
    page = page_of(client, job).content.decode()
    assert says in page
    assert f'hx-get="/en/jobs/{job.pk}/"' in page
    assert 'hx-trigger="every 1s"' in page
    assert "loaf 1" in page


def test_polling_brings_the_part_that_changes_only(client):
    page = page_of(client, a_job(state="running"), headers={"HX-Request": "true"})
    assert page.content.decode().lstrip().startswith('<div id="job">')
    assert "HX-Redirect" not in page.headers


def test_polling_done_work_sends_the_browser_to_the_result(client):
    job = a_job(state="done", result_url="/en/results/")
    assert page_of(client, job, headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/en/results/"
    assert page_of(client, job).url == "/en/results/"


def test_done_work_without_a_result_says_so_and_stops_asking(client):
    page = page_of(client, a_job(state="done", message="4 loaves")).content.decode()
    assert "4 loaves" in page
    assert "hx-get" not in page


def test_failed_work_says_why_and_stops_asking(client):
    job = a_job(state="failed", error="The oven is <too> hot.", result_url="/en/results/")
    page = page_of(client, job).content.decode()
    assert "The oven is &lt;too&gt; hot." in page
    assert "hx-get" not in page
    assert "HX-Redirect" not in page_of(client, job, headers={"HX-Request": "true"}).headers


def test_strangers_get_404_and_the_anonymous_sign_in(client):
    job = a_job()
    assert client.get(f"/en/jobs/{job.pk}/").url.startswith("/en/accounts/login/")
    client.force_login(a_user())
    assert client.get(f"/en/jobs/{job.pk}/").status_code == 404
    assert client.get("/en/jobs/00000000-0000-4000-8000-000000000000/").status_code == 404
