"""HTML and formulas in every kind of question: shown as they were typed on every page and paper, never carried out."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils.html import escape

from bridgehead.calls import receipt
from bridgehead.calls.actions import applying
from bridgehead.calls.models import Application, Review, ReviewerProfile, Submission
from bridgehead.calls.workbook import applications_workbook
from bridgehead.mailing.models import Mail
from bridgehead.questions.models import Attachment
from tests.calls.test_applying import consents
from tests.factories.calls import a_call
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db
HTML = '<img src=x onerror="alert(1)">'
FORMULA = "=HYPERLINK(1)"
CHOICES = {"choices": [{"value": "one", "ko": HTML, "en": HTML}]}
COLUMNS = {"columns": [{"key": "name", "ko": HTML, "en": HTML}]}
#: kind → (options of the question, the answer as it is stored).
KINDS = {
    "short_text": ({}, HTML),
    "long_text": ({}, f"{HTML}\n{HTML}"),
    "number": ({}, "12"),
    "money": ({"currency": "KRW"}, "1200"),
    "date": ({}, "2026-11-22"),
    "choice": (CHOICES, "one"),
    "choices": (CHOICES, ["one"]),
    "table": (COLUMNS, [{"name": HTML}]),
    "consent": ({"wording": {"ko": HTML, "en": HTML}}, True),
    "file": ({}, None),
}


def a_sent_application(kind):
    options, answer = KINDS[kind]
    labels = {"label_ko": HTML, "label_en": HTML, "help_ko": HTML, "help_en": HTML}
    question = {"key": "answer", "kind": kind, "required": False, "options": options, **labels}
    title = {"title_ko": HTML, "title_en": HTML}
    call, firm = a_call(questions=(question,), **title), a_firm(name_ko=HTML, name_en=HTML)
    maker = maker_of(firm, language="en")
    draft = applying.start(call=call, firm=firm, by=maker)
    if kind == "file":
        facts = {"content_type": "application/pdf", "size": 5, "sha256": "0" * 64}
        owner = {"owner_kind": "calls.application", "owner_id": str(draft.pk)}
        answer = str(Attachment.objects.create(name=f"{HTML}.pdf", file="x", **facts, **owner).pk)
    Application.objects.filter(pk=draft.pk).update(answers={"answer": answer})
    return draft


@pytest.mark.parametrize("kind", KINDS)
def test_html_is_shown_as_typed_to_maker_officer_and_reviewer(client, kind):
    draft = a_sent_application(kind)
    call, maker = draft.call, draft.applicant
    here = f"/en/my/applications/{draft.pk}"
    client.force_login(maker)
    pages = [client.get(f"{here}/{page}") for page in ("edit/", "submit/", "")]
    sent = Application.objects.get(pk=draft.pk)
    Application.objects.filter(pk=sent.pk).update(
        state="shortlisted", number="A-1", submitted_at=sent.created_at
    )
    client.force_login(staff(call.programme.host, "officer"))
    pages += [client.get(url) for url in desk_urls(sent)]
    reviewer = staff(call.programme.host, "reviewer")
    ReviewerProfile.objects.create(user=reviewer, declared_at=sent.created_at)
    review = Review.objects.create(application=sent, stage=call.stages.get(), reviewer=reviewer)
    client.force_login(reviewer)
    pages.append(client.get(reverse("calls:review", args=[review.pk])))
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [HTML in page.content.decode() for page in pages] == [False] * len(pages)
    assert [escape(HTML) in page.content.decode() for page in pages] == [True] * len(pages)


def desk_urls(application):
    return [
        reverse("calls:desk_application", args=[application.pk]),
        reverse("calls:desk_applications", args=[application.call.slug]),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_html_goes_into_receipt_and_mail_as_plain_text(kind):
    draft = a_sent_application(kind)
    applying.submit(application=draft, consents=consents(draft.call), by=draft.applicant)
    mail = Mail.objects.get(kind="calls.received")
    assert (HTML in mail.body, escape(HTML) in mail.body) == (True, False)
    assert receipt.pdf(Submission.objects.get(), "en").startswith(b"%PDF-")


def test_formulas_are_text_in_the_workbook():
    questions = (
        {"key": "text", "kind": "short_text", "label_ko": FORMULA, "label_en": FORMULA},
        {"key": "table", "kind": "table", "options": {"columns": [{"key": "a", "ko": "a", "en": "a"}]}},
    )
    call, firm = a_call(questions=questions), a_firm(name_ko=FORMULA, name_en=FORMULA)
    Application.objects.create(
        call=call,
        firm=firm,
        question_set=call.question_set,
        answers={"text": FORMULA, "table": [{"a": FORMULA}]},
    )
    book = applications_workbook(call, Application.objects.all(), "en")
    cells = [cell for row in openpyxl.load_workbook(BytesIO(book)).active.iter_rows() for cell in row]
    dangerous = [cell for cell in cells if str(cell.value).startswith("=")]
    assert [cell.value for cell in dangerous] == [FORMULA] * 4
    assert {cell.data_type for cell in dangerous} <= {"s"}
    assert {cell.quotePrefix for cell in dangerous} == {True}
