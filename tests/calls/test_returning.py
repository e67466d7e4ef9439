"""Returned for completion: only what is marked opens, until the day it is due; the office may give more time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bridgehead.audit.models import Entry
from bridgehead.calls.actions import applying, returning, saving
from bridgehead.calls.actions.errors import NotOpen
from bridgehead.calls.models import Application
from bridgehead.kit.states import WrongMove
from bridgehead.mailing.models import Mail
from tests.calls.test_applying import consents
from tests.factories.calls import a_call
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db
State = Application.State
QUESTIONS = ({"key": "product", "kind": "short_text"}, {"key": "plan", "kind": "short_text"})


@pytest.fixture
def sent():
    call, firm = a_call(questions=QUESTIONS), a_firm()
    maker = maker_of(firm, language="en")
    draft = applying.start(call=call, firm=firm, by=maker)
    answers = {"product": "rings", "plan": "Milan"}
    draft = applying.save_answers(application=draft, answers=answers, version=1, page="p", by=maker)
    return applying.submit(application=draft, consents=consents(call), by=maker)


def returned(sent, due=timedelta(days=3)):
    moment = timezone.now() + due
    return returning.return_for_completion(
        application=sent, note="Which fair?", fields=["plan"], due_at=moment, by=None
    )


def save(application, at=None, **answers):
    return saving.save_page(
        application=application,
        answers=answers,
        version=application.version,
        page="p",
        by=application.applicant,
        at=at,
    )


def test_only_the_marked_question_changes_whatever_is_sent(sent):
    saved = save(returned(sent), product="forged", plan="Basel")
    assert saved.application.answers == {"product": "rings", "plan": "Basel"}
    assert save(saved.application).application.answers == {"product": "rings"}


def test_page_shows_the_marked_question_open_and_the_rest_to_read(client, sent):
    client.force_login(sent.applicant)
    returned(sent)
    page = client.get(f"/en/my/applications/{sent.pk}/edit/").content.decode()
    assert 'name="q-plan"' in page and 'name="q-product"' not in page
    assert "rings" in page.split('id="rest"')[1]
    assert "data-seconds-left" in page


def test_due_moment_closes_it_and_more_time_opens_it_again(sent):
    application = returned(sent)
    over = application.return_due_at
    save(application, at=over - timedelta(seconds=1), plan="Basel")
    application.refresh_from_db()
    with pytest.raises(NotOpen):
        save(application, at=over, plan="Seoul")
    with pytest.raises(NotOpen):
        applying.submit(application=application, consents=consents(sent.call), by=sent.applicant, at=over)
    more = returning.extend(
        application=application, due_at=over + timedelta(days=1), by=staff(a_call().programme.host)
    )
    assert save(more, at=over, plan="Seoul").application.answers["plan"] == "Seoul"
    back = applying.submit(application=more, consents=consents(sent.call), by=sent.applicant, at=over)
    assert (back.state, back.number, back.submissions.count()) == (State.SUBMITTED, sent.number, 2)
    assert Entry.objects.filter(verb="application.extend_return").count() == 1


def test_more_time_for_an_application_that_is_not_returned_is_refused(sent):
    with pytest.raises(WrongMove):
        returning.extend(application=sent, due_at=timezone.now(), by=sent.applicant)


def test_reminder_goes_out_once_and_again_for_a_later_date(sent, django_capture_on_commit_callbacks):
    application = returned(sent)
    now = timezone.now()
    assert returning.remind_of_completion(now) == 0
    application.return_due_at = now + timedelta(days=1)
    application.save()
    assert (returning.remind_of_completion(now), returning.remind_of_completion(now)) == (1, 0)
    assert Mail.objects.filter(kind="calls.return_reminder").count() == 1


def test_office_marks_questions_and_a_day(client, sent):
    client.force_login(staff(sent.call.programme.host))
    url = f"/en/desk/applications/{sent.pk}/return/"
    past = {"note": "Which fair?", "fields_open": ["plan"], "due_at": "2020-01-01T18:00"}
    assert client.post(url, past).status_code == 422
    future = timezone.localtime() + timedelta(days=5)
    assert client.post(url, {**past, "due_at": f"{future:%Y-%m-%dT%H:%M}"}).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.returned_fields) == (State.RETURNED, ["plan"])
    mail = Mail.objects.get(kind="calls.returned")
    assert "- plan" in mail.body and "Which fair?" in mail.body
    page = client.get(f"/en/desk/applications/{sent.pk}/").content.decode()
    assert "Give more time" in page
    later = timezone.localtime() + timedelta(days=9)
    more = {"due_at": f"{later:%Y-%m-%dT%H:%M}"}
    assert client.post(f"/en/desk/applications/{sent.pk}/more-time/", more).status_code == 302
