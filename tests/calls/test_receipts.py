"""The receipt: every sending written down word for word, known again by its hash; and the time of grace."""

import hashlib
import json
from datetime import timedelta
from time import sleep

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bridgehead.calls import receipt
from bridgehead.calls.actions import applying, saving
from bridgehead.calls.actions.errors import NotOpen
from bridgehead.calls.models import Application, Submission
from bridgehead.mailing.models import Mail
from bridgehead.questions.models import Attachment
from bridgehead.questions.rules.files import check_file
from tests.calls.test_applying import consents
from tests.factories.calls import a_call
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db
State = Application.State
SECOND = timedelta(seconds=1)
QUESTIONS = (
    {"key": "product", "kind": "short_text"},
    {"key": "plan", "kind": "file", "required": False},
)


def a_draft(**fields):
    call, firm = a_call(questions=QUESTIONS, slug="vicenza", **fields), a_firm()
    maker = maker_of(firm, language="en")
    draft = applying.start(call=call, firm=firm, by=maker)
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF")
    file = check_file(call.question_set.questions.get(key="plan"), upload)
    arguments = {"answers": {"product": "rings"}, "files": {"plan": file}, "version": 1, "page": "p"}
    return applying.save_answers(application=draft, by=maker, **arguments)


def send(draft, at=None):
    return applying.submit(application=draft, consents=consents(draft.call), by=draft.applicant, at=at)


def test_submission_records_what_was_sent_and_its_hash():
    sent = send(a_draft())
    submission = Submission.objects.get()
    record = json.loads(submission.record)
    assert submission.sha256 == hashlib.sha256(submission.record.encode()).hexdigest()
    assert submission.record == json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    file = Attachment.objects.get()
    assert record["files"] == [{"question": "plan", "name": "plan.pdf", "size": 14, "sha256": file.sha256}]
    assert (record["answers"], record["number"]) == (sent.answers, "VICENZA-0001")
    assert [one["purpose"] for one in record["consents"]] == ["application"]
    assert record["sent_at"] == sent.submitted_at.isoformat()
    assert submission.sha256 in Mail.objects.get(kind="calls.received").body


def test_change_of_what_was_sent_is_a_submission_of_its_own_and_the_first_stays():
    sent = send(a_draft())
    answers = {**sent.answers, "product": "brooches"}
    for _again in range(2):
        sent = saving.save_page(
            application=sent, answers=answers, version=sent.version, by=sent.applicant
        ).application
    first, second = Submission.objects.order_by("sequence")
    assert (first.answers["product"], second.answers["product"]) == ("rings", "brooches")
    assert (first.sequence, second.sequence, first.sha256 == second.sha256) == (1, 2, False)


def test_receipt_is_the_same_bytes_each_time_and_shows_the_hash():
    send(a_draft())
    submission = Submission.objects.get()
    first = receipt.pdf(submission, "ko")
    sleep(1.1)  # a PDF states the moment of its making to the second
    second = receipt.pdf(submission, "ko")
    assert first.startswith(b"%PDF-") and first == second
    shown = [block.text for block in receipt.build(submission, "en").blocks if hasattr(block, "text")]
    assert any(submission.sha256 in text for text in shown)


def test_receipt_is_for_the_firm_and_the_office(client):
    sent = send(a_draft())
    mine = reverse("calls:my_receipt", args=[sent.pk, 1])
    office = reverse("calls:desk_receipt", args=[sent.pk, 1])
    assert client.get(mine).status_code == 302
    client.force_login(sent.applicant)
    answer = client.get(mine)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert client.get(office).status_code == 404
    assert client.get(reverse("calls:my_receipt", args=[sent.pk, 2])).status_code == 404
    client.force_login(staff(sent.call.programme.host))
    assert client.get(office).status_code == 200
    assert client.get(mine).status_code == 404


def test_anybody_may_check_a_hash_and_learns_nothing_else(client):
    sent = send(a_draft())
    digest = Submission.objects.get().sha256
    page = client.get("/en/receipts/", {"sha256": f" {digest.upper()} "}).content.decode()
    assert "Yes, this is what we hold" in page
    assert sent.firm.name_en not in page and sent.number not in page
    assert "No, this is not known here" in client.get("/en/receipts/", {"sha256": "0" * 64}).content.decode()
    assert "Write the 64 characters" in client.get("/en/receipts/", {"sha256": "x"}).content.decode()


def test_draft_begun_in_time_may_be_sent_in_the_time_of_grace_and_is_marked():
    draft = a_draft(grace_minutes=10)
    closes = draft.call.closes_at
    sent = send(draft, at=closes + timedelta(minutes=10) - SECOND)
    assert (sent.state, sent.is_late) == (State.SUBMITTED, True)
    assert json.loads(Submission.objects.get().record)["late"] is True


def test_end_of_grace_is_to_the_second_and_in_time_is_not_late():
    draft = a_draft(grace_minutes=10)
    closes = draft.call.closes_at
    with pytest.raises(NotOpen):
        send(draft, at=closes + timedelta(minutes=10))
    assert send(draft, at=closes - SECOND).is_late is False


def test_draft_begun_after_the_deadline_has_no_grace():
    draft = a_draft(grace_minutes=10)
    Application.objects.filter(pk=draft.pk).update(created_at=draft.call.closes_at)
    with pytest.raises(NotOpen):
        send(draft, at=draft.call.closes_at + SECOND)


def test_page_counts_down_from_the_servers_clock(client):
    draft = a_draft(grace_minutes=10)
    client.force_login(draft.applicant)
    page = client.get(f"/en/my/applications/{draft.pk}/edit/").content.decode()
    left = int(page.split('data-seconds-left="')[1].split('"')[0])
    assert 10 * 86400 - 60 < left <= 10 * 86400
    assert "for 10 more minutes" in page
