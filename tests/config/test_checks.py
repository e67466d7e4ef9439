"""`bridgehead check`: what is wrong with an installation, and how to mend it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from bridgehead.audit.actions import record
from bridgehead.config.checks import problems
from bridgehead.mailing.tasks import send_mail
from tests.audit.test_trail import rewrite
from tests.factories.organisations import a_firm

pytestmark = pytest.mark.django_db
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def production(settings):
    """An installation in order."""
    settings.DEMO, settings.SECRET_KEY = False, "x" * 50
    settings.SITE_URL = "https://bridgehead.example"
    with translation.override("en"):
        yield


def test_installation_in_order_has_no_problems(capsys):
    assert problems() == []
    call_command("check")
    assert "Everything an installation needs is there." in capsys.readouterr().out


def test_missing_key_is_named_and_ends_with_1(settings, capsys):
    settings.SECRET_KEY = settings.INSECURE_KEY
    (problem,) = problems()
    assert problem.startswith("BRIDGEHEAD_SECRET_KEY is not set.")
    with pytest.raises(SystemExit) as end:
        call_command("check")
    assert end.value.code == 1
    assert problem in capsys.readouterr().err


def test_demo_with_a_real_key_is_refused(settings):
    settings.DEMO = True
    assert [problem.split(" ")[0] for problem in problems()] == ["BRIDGEHEAD_DEMO"]


def test_demo_needs_neither_key_nor_https(settings):
    settings.DEMO, settings.SECRET_KEY, settings.SITE_URL = (
        True,
        settings.INSECURE_KEY,
        "http://localhost:8000",
    )
    assert problems() == []


def test_links_without_https_are_a_problem(settings):
    settings.SITE_URL = "http://bridgehead.example"
    assert [problem.split(" ")[0] for problem in problems()] == ["BRIDGEHEAD_SITE_URL"]


def test_storage_that_cannot_be_written_is_a_problem(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    (problem,) = problems()
    assert problem.startswith(f"Uploads cannot be stored in {settings.MEDIA_ROOT}")


def test_tasks_that_wait_long_ask_for_a_worker(settings):
    settings.TASKS = QUEUE
    send_mail.enqueue(1)
    assert problems() == []
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=6))
    assert problems() == [
        "1 tasks wait for more than five minutes. Start a worker: bridgehead worker",
    ]


def test_broken_trail_is_named():
    for _ in range(2):
        record(by=None, verb="x", target=a_firm(), chain="jongno")
    rewrite("UPDATE audit_entry SET actor = 'Lee' WHERE position = 1")
    (problem,) = problems()
    assert "“jongno” is broken at entry 1" in problem
