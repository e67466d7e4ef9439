"""The applicant's pages: who may open them, and that nothing typed is ever lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bridgehead.calls.actions import applying
from bridgehead.calls.models import Application, Decision
from bridgehead.calls.steps import application_step, tasks_of
from bridgehead.kit.steps import Progress
from bridgehead.organisations.models import Consent
from bridgehead.questions.models import Attachment
from tests.factories.calls import a_call, an_application, an_award
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db
State = Application.State
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def call():
    return a_call(
        questions=(
            {"key": "product", "kind": "short_text"},
            {"key": "photo", "kind": "file", "required": False, "options": {"types": ["pdf"]}},
        )
    )


@pytest.fixture
def firm():
    return a_firm()


@pytest.fixture
def maker(client, firm):
    user = maker_of(firm)
    client.force_login(user)
    return user


@pytest.fixture
def draft(call, firm, maker):
    return applying.start(call=call, firm=firm, by=maker)


def edit_url(application):
    return f"/en/my/applications/{application.pk}/edit/"


def typed(application, text, **more):
    return {"version": application.version, "page": "p", "q-product": text, **more}


@pytest.mark.parametrize("page", ["", "edit/", "submit/", "withdraw/"])
def test_application_page_is_for_the_firm_only(client, call, page):
    application = an_application(call, state=State.DRAFT, submitted_at=None, number="")
    url = f"/en/my/applications/{application.pk}/{page}"
    assert client.get(url).status_code == 302
    assert client.get(url).url == f"/en/accounts/login/?next={url}"
    for stranger in (maker_of(a_firm()), staff(call.programme.host)):
        client.force_login(stranger)
        assert client.get(url).status_code == 404
    client.force_login(maker_of(application.firm))
    assert client.get(url).status_code == 200


def test_autosave_answers_401_and_404_and_409_once_sent(client, call, draft, maker):
    url = f"/en/my/applications/{draft.pk}/autosave/"
    saved = client.post(url, typed(draft, "rings"))
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    assert client.post(url, typed(draft, "rings and more")).status_code == 200
    draft.refresh_from_db()
    assert draft.answers == {"product": "rings and more"}
    client.force_login(maker_of(a_firm()))
    assert client.post(url, typed(draft, "x")).status_code == 404
    client.logout()
    assert client.post(url, typed(draft, "x")).status_code == 401
    client.force_login(maker)
    sent = {"state": State.SUBMITTED, "submitted_at": timezone.now(), "number": "A-1"}
    Application.objects.filter(pk=draft.pk).update(**sent)
    assert client.post(url, typed(draft, "x")).status_code == 409
    assert client.get(url).status_code == 405


def test_autosave_never_lets_a_file_go(client, draft, maker):
    upload = SimpleUploadedFile("portfolio.pdf", PDF)
    client.post(edit_url(draft), {**typed(draft, "rings"), "q-photo": upload})
    attachment = Attachment.objects.get()
    draft.refresh_from_db()
    data = {**typed(draft, "rings!"), "q-photo.remove": "on"}
    client.post(f"/en/my/applications/{draft.pk}/autosave/", data)
    draft.refresh_from_db()
    assert draft.answers == {"product": "rings!", "photo": str(attachment.pk)}
    client.post(edit_url(draft), {**data, "version": draft.version})
    draft.refresh_from_db()
    assert draft.answers == {"product": "rings!"}


def test_refused_file_keeps_the_rest(client, draft, maker):
    upload = SimpleUploadedFile("photo.pdf", b"MZ this is a program")
    response = client.post(edit_url(draft), {**typed(draft, "rings"), "q-photo": upload})
    draft.refresh_from_db()
    assert (response.status_code, draft.answers) == (200, {"product": "rings"})
    assert "This kind of file is not accepted here. Accepted: PDF." in response.content.decode()


def test_apply_leads_a_person_without_a_firm_to_register_one_and_back(client, call):
    client.force_login(maker := maker_of(a_firm(kind="buyer")))
    assert maker.organisation_memberships.count() == 1
    url = f"/en/calls/{call.slug}/apply/"
    response = client.get(url)
    assert response.url == f"/en/my/firm/new/?next=%2Fen%2Fcalls%2F{call.slug}%2Fapply%2F"


def test_apply_asks_an_anonymous_person_to_sign_in_and_come_back(client, call):
    url = f"/en/calls/{call.slug}/apply/"
    assert client.get(url).url == f"/en/accounts/login/?next={url}"


def test_apply_for_another_persons_firm_is_refused(client, call, maker):
    other = a_firm()
    assert client.post(f"/en/calls/{call.slug}/apply/", {"firm": other.pk}).status_code == 200
    assert not Application.objects.exists()


def test_whole_way_from_call_to_receipt(client, call, firm, maker):
    response = client.post(f"/en/calls/{call.slug}/apply/", {"firm": firm.pk}, follow=True)
    application = Application.objects.get()
    assert response.redirect_chain == [(edit_url(application), 302)]
    client.post(edit_url(application), typed(application, "rings", check="1"))
    check = f"/en/my/applications/{application.pk}/submit/"
    page = client.get(check).content.decode()
    assert "rings" in page
    assert "checked" not in page.split('id="consents"')[1]
    assert client.post(check, {"follow_up": "on"}).status_code == 200
    assert client.post(check, {"application": "on", "follow_up": "on"}).status_code == 302
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"application", "follow_up"}
    receipt = client.get(f"/en/my/applications/{application.pk}/").content.decode()
    assert application.number in receipt
    assert f'data-autosave-done="application-{application.pk}-{maker.pk}"' in receipt


def test_page_opened_before_the_deadline_saves_after_it_but_does_not_send(client, call, draft, maker):
    call.closes_at = timezone.now() - timedelta(seconds=1)
    call.save()
    assert client.post(edit_url(draft), typed(draft, "late words")).status_code == 302
    draft.refresh_from_db()
    assert draft.answers == {"product": "late words"}
    check = f"/en/my/applications/{draft.pk}/submit/"
    assert "can no longer be sent" in client.get(check).content.decode()
    response = client.post(check, {"application": "on"}, follow=True)
    assert "This call closed on" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_change_of_a_sent_application_after_the_deadline_keeps_the_text(client, call, draft, maker):
    applying.save_answers(application=draft, answers={"product": "rings"}, version=1, by=maker)
    an_application_sent = Application.objects.filter(pk=draft.pk)
    an_application_sent.update(state=State.SUBMITTED, submitted_at=timezone.now(), number="A-1")
    call.closes_at = timezone.now() - timedelta(seconds=1)
    call.save()
    response = client.post(edit_url(draft), {**typed(draft, "late change"), "version": 2})
    assert response.status_code == 409
    assert 'value="late change"' in response.content.decode()


def test_decision_is_hidden_until_the_release(client, call, firm, maker):
    application = an_application(call, firm, state=State.SUBMITTED)
    reasons = [{"code": "within_places", "places": 2}]
    Decision.objects.create(application=application, outcome="selected", rank=1, score=80, reasons=reasons)
    url = f"/en/my/applications/{application.pk}/"
    assert "Within the 2 places." not in client.get(url).content.decode()
    call.released_at = timezone.now()
    call.save()
    assert "Within the 2 places." in client.get(url).content.decode()


def test_award_is_accepted_by_the_firm_only(client, call, firm, maker):
    application = an_application(call, firm, state=State.SELECTED)
    award = an_award(call.programme, firm, application=application, state="offered")
    url = f"/en/my/awards/{award.pk}/accept/"
    assert client.get(url).status_code == 405
    client.force_login(maker_of(a_firm()))
    assert client.post(url).status_code == 404
    assert client.get(f"/en/my/awards/{award.pk}/withdraw/").status_code == 404
    client.force_login(maker)
    assert client.post(url).url == f"/en/my/applications/{application.pk}/"
    award.refresh_from_db()
    assert award.state == "accepted"
    assert client.get(f"/en/my/awards/{award.pk}/withdraw/").status_code == 200
    client.post(f"/en/my/awards/{award.pk}/withdraw/", {"reason": "ill"})
    award.refresh_from_db()
    assert (award.state, award.withdrawn_reason) == ("withdrawn", "ill")


def test_withdraw_by_the_firm(client, draft, maker):
    assert client.post(f"/en/my/applications/{draft.pk}/withdraw/", {"reason": ""}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.WITHDRAWN


def test_list_page_has_the_same_queries_for_one_and_three(client, firm, maker, django_assert_num_queries):
    an_application(a_call(), firm)
    with CaptureQueriesContext(connection) as one:
        client.get("/en/my/applications/")
    for _ in range(2):
        an_application(a_call(), firm)
    with django_assert_num_queries(len(one)):
        page = client.get("/en/my/applications/").content.decode()
    assert page.count("bh-call-item__meta") == 3


def test_list_page_is_empty_for_somebody_new(client, maker):
    assert "No applications yet" in client.get("/en/my/applications/").content.decode()


def test_file_of_an_application_is_for_firm_staff_and_reviewers(client, call, draft, maker):
    client.post(edit_url(draft), {**typed(draft, "x"), "q-photo": SimpleUploadedFile("Yeoun.pdf", PDF)})
    url = f"/en/files/{Attachment.objects.get().pk}/"
    response = client.get(url)
    assert response["Content-Disposition"] == 'attachment; filename="Yeoun.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    officer, reviewer = staff(call.programme.host), staff(call.programme.host, "reviewer")
    client.force_login(officer)
    assert client.get(url).status_code == 404
    Application.objects.update(state=State.SUBMITTED, submitted_at=timezone.now(), number="A-1")
    assert client.get(url).status_code == 200
    client.force_login(reviewer)
    assert client.get(url).status_code == 404
    draft.reviews.create(stage=draft.call.stages.get(), reviewer=reviewer)
    assert client.get(url)["Content-Disposition"] == 'attachment; filename="file.pdf"'
    call.question_set.questions.update(identifying=True)
    assert client.get(url).status_code == 404
    client.force_login(maker_of(a_firm()))
    assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


def test_tasks_of_a_maker_are_drafts_returned_ones_and_offers(call, firm, draft, maker):
    assert [task.url for task in tasks_of(maker)] == [reverse("calls:my_application_edit", args=[draft.pk])]
    sent = {"submitted_at": timezone.now(), "number": "A-1"}
    Application.objects.update(state=State.RETURNED, **sent)
    assert [task.url for task in tasks_of(maker)] == [reverse("calls:my_application", args=[draft.pk])]
    Application.objects.update(state=State.SELECTED)
    assert tasks_of(maker) == []
    an_award(call.programme, firm, application=draft, state="offered")
    assert len(tasks_of(maker)) == 1


def test_application_step_counts_rows(call, draft):
    an_application(call)
    step = application_step(call.programme)
    assert (step.progress, len(step.facts)) == (Progress.CURRENT, 2)
    Application.objects.update(state=State.DECLINED, submitted_at=timezone.now())
    call.closes_at = timezone.now()
    call.save()
    assert application_step(call.programme).progress == Progress.DONE
