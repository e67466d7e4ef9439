import pytest
from django.core import mail as post

from bridgehead.mailing.models import Mail
from tests.factories.organisations import a_host, a_user, number, staff

pytestmark = pytest.mark.django_db
OUTBOX = "/en/desk/mail/"


@pytest.fixture
def host():
    return a_host()


@pytest.fixture
def officer(client, host):
    user = staff(host)
    client.force_login(user)
    return user


def a_mail(host, **fields):
    fields.setdefault("to", f"maker{number()}@example.org")
    fields.setdefault("subject", f"Your place at the fair {number()}")
    fields.setdefault("body", "Dear Soyou,\n\nsee https://bridgehead.example/en/my/ <soon>\n")
    return Mail.objects.create(kind="calls.released", language="en", host_slug=host.slug, **fields)


def subjects(page):
    return [mail.subject for mail in page.context["page_obj"]]


def test_outbox_shows_the_hosts_mails_newest_first(client, officer, host):
    first, second = a_mail(host), a_mail(host, state="sent")
    a_mail(a_host())
    assert subjects(client.get(OUTBOX)) == [second.subject, first.subject]


def test_outbox_is_narrowed_down_by_words_and_state(client, officer, host):
    wanted = a_mail(host, subject="Invitation", to="anna@example.org", state="failed")
    a_mail(host, subject="Invitation", to="bert@example.org", state="sent")
    a_mail(host, subject="Reminder", to="anna@example.org", state="sent")
    assert len(subjects(client.get(OUTBOX, {"q": "invitation"}))) == 2
    assert len(subjects(client.get(OUTBOX, {"q": "ANNA"}))) == 2
    assert subjects(client.get(OUTBOX, {"q": "anna", "state": "failed"})) == [wanted.subject]
    assert len(subjects(client.get(OUTBOX, {"state": "nonsense"}))) == 3


def test_outbox_keeps_its_number_of_queries(client, officer, host, django_assert_max_num_queries):
    counts = []
    for mails in (1, 2):
        for _ in range(mails):
            a_mail(host)
        with django_assert_max_num_queries(50) as captured:
            client.get(OUTBOX)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_mail_is_shown_as_text_and_nothing_in_it_becomes_html(client, officer, host):
    page = client.get(f"{OUTBOX}{a_mail(host).pk}/").content.decode()
    assert "&lt;soon&gt;" in page
    assert 'href="https://bridgehead.example/en/my/"' in page


def test_failed_mail_says_why_and_is_sent_with_one_button(
    client, officer, host, django_capture_on_commit_callbacks
):
    mail = a_mail(host, state="failed", error="mailbox full")
    page = client.get(f"{OUTBOX}{mail.pk}/").content.decode()
    assert "mailbox full" in page
    assert f"{OUTBOX}{mail.pk}/send/" in page
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(f"{OUTBOX}{mail.pk}/send/", follow=True)
    assert f"The mail to {mail.to} is on its way." in sent.content.decode()
    assert [message.to for message in post.outbox] == [[mail.to]]


def test_second_click_on_send_sends_nothing(client, officer, host, django_capture_on_commit_callbacks):
    mail = a_mail(host, state="draft")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{OUTBOX}{mail.pk}/send/")
    with django_capture_on_commit_callbacks(execute=True):
        again = client.post(f"{OUTBOX}{mail.pk}/send/", follow=True)
    assert "This mail is on its way or sent already." in again.content.decode()
    assert len(post.outbox) == 1
    assert f"{OUTBOX}{mail.pk}/send/" not in again.content.decode()


@pytest.mark.parametrize("role", ["finance", "reviewer", "editor", "auditor", "administrator"])
def test_other_roles_have_no_outbox(client, host, role):
    mail = a_mail(host)
    client.force_login(staff(host, role))
    for url in (OUTBOX, f"{OUTBOX}{mail.pk}/"):
        assert client.get(url).status_code == 404
    assert client.post(f"{OUTBOX}{mail.pk}/send/").status_code == 404


def test_officers_of_another_host_and_makers_get_404(client, host):
    mail = a_mail(host)
    for user in (staff(a_host()), a_user()):
        client.force_login(user)
        assert client.get(f"{OUTBOX}{mail.pk}/").status_code == 404
        assert client.post(f"{OUTBOX}{mail.pk}/send/").status_code == 404
    mail.refresh_from_db()
    assert mail.state == "queued"


def test_anonymous_is_sent_to_the_sign_in_and_reading_sends_nothing(client, officer, host):
    mail = a_mail(host, state="draft")
    assert client.get(f"{OUTBOX}{mail.pk}/send/").status_code == 405
    client.logout()
    assert client.get(OUTBOX).url.startswith("/en/accounts/login/")


LINK = "https://bridgehead.example/en/b/XVJDvCXO2jwirKrCzjB3/"


@pytest.mark.parametrize(("demo", "shown"), [(False, False), (True, True)])
def test_personal_link_is_for_its_reader_alone_except_in_the_demo(
    client, officer, host, settings, demo, shown
):
    settings.DEMO = demo
    mail = a_mail(host, body=f"Dear Giulia,\n\n{LINK}\n", state="sent")
    page = client.get(f"{OUTBOX}{mail.pk}/").content.decode()
    assert (LINK in page, "••••" in page) == (shown, not shown)
    assert "personal link" in page


def test_ordinary_links_are_shown(client, officer, host):
    page = client.get(f"{OUTBOX}{a_mail(host).pk}/").content.decode()
    assert "https://bridgehead.example/en/my/" in page
    assert "personal link" not in page
