"""Every mail is a row before it is a message: it leaves on commit, and what could not leave is kept."""

import pytest
from django.core import mail as post
from django.db import transaction

from bridgehead.audit.models import Entry
from bridgehead.mailing.actions import MailFile, send_again, write
from bridgehead.mailing.models import Mail
from bridgehead.mailing.queries import mails_visible_to
from bridgehead.mailing.tasks import send_mail
from tests.factories.organisations import a_host, a_user, number, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def templates(settings, tmp_path):
    """One mail template as rooms write them."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "hello.txt").write_text(
        "{% autoescape off %}{% load i18n %}{% translate 'Subject' %}: {{ name }}\n\nDear {{ name }},\n\n{{ text }}\n{% endautoescape %}"
    )
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [folder]}]


def a_mail(**fields):
    fields.setdefault("kind", "hello")
    fields.setdefault("to", f"maker{number()}@example.org")
    fields.setdefault("language", "en")
    fields.setdefault("template", "hello.txt")
    fields.setdefault("context", {"name": "Soyou & <sons>", "text": "See you."})
    return write(**fields)


@pytest.fixture
def unreachable(settings):
    """A mail server nobody answers at."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2


def test_write_keeps_subject_and_text_as_written():
    host = a_host(slug="jongno")
    row = a_mail(about=host, host_slug="jongno", to="maker@example.org")
    assert (row.subject, row.body) == ("Subject: Soyou & <sons>", "Dear Soyou & <sons>,\n\nSee you.\n")
    assert (row.about_kind, row.about_id) == ("organisations.host", str(host.pk))
    assert (row.state, row.language, row.host_slug, row.error) == ("queued", "en", "jongno", "")


@pytest.mark.parametrize(
    ("language", "subject", "kept"),
    [
        ("ko", "제목: A", "ko"),
        ("ko-kr", "제목: A", "ko"),
        ("en-gb", "Subject: A", "en"),
        ("it", "Subject: A", "it"),
    ],
)
def test_write_speaks_the_readers_language_or_english(language, subject, kept):
    row = a_mail(language=language, context={"name": "A"})
    assert (row.subject, row.language) == (subject, kept)


def test_mail_leaves_when_the_transaction_is_through(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        row = a_mail()
        assert post.outbox == []
    assert len(callbacks) == 1
    callbacks[0]()
    assert [(message.subject, message.to) for message in post.outbox] == [(row.subject, [row.to])]
    row.refresh_from_db()
    assert row.state == "sent"
    assert row.sent_at is not None


def test_mail_of_a_transaction_that_failed_never_leaves(django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True) as callbacks,
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        a_mail()
        raise RuntimeError
    assert (callbacks, post.outbox, Mail.objects.count()) == ([], [], 0)


def test_attachment_arrives_as_it_was(django_capture_on_commit_callbacks):
    content = bytes(range(256))
    with django_capture_on_commit_callbacks(execute=True):
        a_mail(attachment=MailFile("일정.ics", "application/octet-stream", content))
    assert post.outbox[0].attachments == [("일정.ics", content, "application/octet-stream")]


def test_draft_waits_until_it_is_sent(django_capture_on_commit_callbacks):
    officer = a_user()
    with django_capture_on_commit_callbacks(execute=True):
        row = a_mail(send=False)
    assert (row.state, post.outbox) == ("draft", [])
    with django_capture_on_commit_callbacks(execute=True):
        assert send_again(mail=row, by=officer) is True
    row.refresh_from_db()
    assert (row.state, len(post.outbox)) == ("sent", 1)
    assert [(entry.verb, entry.actor) for entry in Entry.objects.all()] == [("mail.send", str(officer))]


def test_failure_is_kept_and_can_be_sent_again(unreachable, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = a_mail()
    row.refresh_from_db()
    assert (row.state, row.sent_at) == ("failed", None)
    assert "refused" in row.error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        send_again(mail=row, by=None)
    row.refresh_from_db()
    assert (row.state, row.error, len(post.outbox)) == ("sent", "", 1)


def test_header_that_cannot_be_is_a_failure_not_a_crash(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = a_mail(context={"name": "A\rBcc: all@example.org"})
    row.refresh_from_db()
    assert (row.state, post.outbox) == ("failed", [])
    assert "newline" in row.error


@pytest.mark.parametrize("state", ["queued", "sent"])
def test_what_is_on_its_way_or_sent_is_not_sent_again(state, django_capture_on_commit_callbacks):
    row = a_mail(send=False)
    Mail.objects.filter(pk=row.pk).update(state=state)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        assert send_again(mail=row, by=None) is False
    assert (callbacks, post.outbox, Entry.objects.count()) == ([], [], 0)


def test_task_for_a_mail_already_sent_does_nothing():
    row = a_mail()
    Mail.objects.filter(pk=row.pk).update(state="sent")
    send_mail.func(row.pk)
    assert post.outbox == []


def test_mails_are_visible_to_those_who_run_the_hosts_programmes():
    jongno, iksan = a_host(slug="jongno"), a_host(slug="iksan")
    ours, _theirs, _nobodys = a_mail(host_slug="jongno"), a_mail(host_slug="iksan"), a_mail()
    for role in ("officer", "operator"):
        assert list(mails_visible_to(staff(jongno, role))) == [ours]
    for role in ("finance", "reviewer", "editor", "auditor", "administrator"):
        assert list(mails_visible_to(staff(jongno, role))) == []
    assert ours not in mails_visible_to(staff(iksan))
    assert list(mails_visible_to(a_user())) == []
