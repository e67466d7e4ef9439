"""Who reviewed is known to the office alone: no page, file or mail tells applicants or other reviewers."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bridgehead.calls.actions import assigning, deciding, declaring, releasing, reviewing
from bridgehead.calls.models import Decision, Objection, Review
from bridgehead.mailing.models import Mail
from bridgehead.questions.actions import attach
from bridgehead.questions.rules.files import check_file
from tests.calls.reviewed import a_reviewed_call
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db
NAME = "심사위원 이름"


def released(**fields):
    """(call, an application of it, its reviewer), with an objection, all results shown to the public."""
    call, (first, *_others) = a_reviewed_call(results_shown="scores", objection_days=7, **fields)
    deciding.decide(call=call, by=staff(call.programme.host))
    releasing.release(call=call, by=None)
    Objection.objects.create(application=first, text="점수를 다시 보아 주십시오.")
    return call, first, first.reviews.get().reviewer


def tells(text, reviewer):
    return NAME in text or reviewer.email in text


APPLICANT_READS = [
    ("my_applications", ""),
    ("my_application", "pk"),
    ("my_objection", "pk"),
    ("public_call", "slug"),
    ("public_results", "slug"),
    ("public_call_calendar", "slug"),
    ("public_json", ""),
    ("public_feed", ""),
]


def address(name, which, call, application):
    return reverse(f"calls:{name}", args=[{"pk": application.pk, "slug": call.slug}[which]] if which else [])


@pytest.mark.parametrize("shown", ["hidden", "each_other"])
@pytest.mark.parametrize(("name", "which"), APPLICANT_READS)
def test_no_page_of_an_applicant_tells_who_reviewed(client, shown, name, which):
    call, application, reviewer = released(reviewers_shown=shown)
    client.force_login(application.applicant)
    answer = client.get(address(name, which, call, application))
    assert answer.status_code == 200
    assert not tells(answer.content.decode(), reviewer)


OFFICE_READS = [
    ("desk_application", "pk"),
    ("desk_reviewers", "slug"),
    ("desk_selection", "slug"),
    ("desk_export", "slug"),
    ("desk_paper", "slug"),
    ("desk_applications", "slug"),
    ("desk_scenarios", "slug"),
]


@pytest.mark.parametrize(("name", "which"), OFFICE_READS)
def test_papers_and_lists_of_the_office_are_closed_to_applicants_and_reviewers(client, name, which):
    call, application, _reviewer = released(reviewers_shown="applicants")
    for person in (application.applicant, staff(call.programme.host, "reviewer")):
        client.force_login(person)
        assert client.get(address(name, which, call, application)).status_code == 404


def test_audit_page_is_closed_to_applicants_and_reviewers(client):
    call, application, reviewer = released()
    for person in (application.applicant, reviewer, staff(call.programme.host, "reviewer")):
        client.force_login(person)
        assert client.get(reverse("portal:audit")).status_code == 404


def test_no_mail_tells_who_reviews():
    call = a_call(reviews_wanted=2)
    firm = a_firm()
    application = an_application(call, firm, applicant=maker_of(firm), state="shortlisted")
    people = [staff(call.programme.host, "reviewer", name=f"{NAME} {n}") for n in range(2)]
    assigning.assign_reviewers(call=call, by=None)
    given = {criterion.pk: {"value": 4, "reason": "좋음"} for criterion in call.criteria.all()}
    reviewing.submit_review(
        review=application.reviews.get(reviewer=people[0]), scores=given, by=people[0], comment="의견"
    )
    mails = list(Mail.objects.all())
    assert {mail.to for mail in mails} == {person.email for person in people}
    for mail in mails:
        others = [person for person in people if person.email != mail.to]
        assert not any(tells(mail.subject + mail.body, person) for person in others)


def test_letter_of_the_decision_does_not_tell_who_reviewed():
    _call, application, reviewer = released()
    letter = Mail.objects.get(kind="calls.outcome_selected", to=application.applicant.email)
    assert not tells(letter.subject + letter.body, reviewer)
    assert not tells(str(Decision.objects.get(application=application).reasons), reviewer)


@pytest.mark.parametrize("shown", ["hidden", "each_other", "applicants"])
def test_applicant_learns_the_names_with_the_release_where_the_call_says_so(client, shown):
    call, application, reviewer = released(reviewers_shown=shown)
    page = address("my_application", "pk", call, application)
    client.force_login(application.applicant)
    assert tells(client.get(page).content.decode(), reviewer) is (shown == "applicants")
    type(call).objects.filter(pk=call.pk).update(released_at=None)
    assert not tells(client.get(page).content.decode(), reviewer)


@pytest.mark.parametrize("name", ["reviews", "review", "review_compare"])
def test_no_page_of_a_reviewer_tells_who_else_reviews(client, name):
    call, (first, second, *_others) = a_reviewed_call()
    other, stage = first.reviews.get().reviewer, call.stages.get()
    person = staff(call.programme.host, "reviewer")
    declaring.declare(by=person)
    mine = [Review.objects.create(application=a, stage=stage, reviewer=person) for a in (first, second)]
    client.force_login(person)
    query = {"review": [one.pk for one in mine]} if name == "review_compare" else {}
    answer = client.get(reverse(f"calls:{name}", args=[mine[0].pk] if name == "review" else []), query)
    assert answer.status_code == 200
    assert first.number in answer.content.decode()
    assert not tells(answer.content.decode(), other)


FILES = (
    {"key": "catalogue", "kind": "file"},
    {"key": "licence", "kind": "file", "identifying": True},
)


def a_reading_with_files(**fields):
    """(review, ids of attachments by question key), each file named after the firm."""
    call = a_call(questions=FILES, **fields)
    firm = a_firm(name_ko="비밀공방")
    application = an_application(call, firm, applicant=maker_of(firm), state="shortlisted", answers={})
    made = {}
    for question in call.question_set.questions.all():
        file = check_file(question, SimpleUploadedFile("비밀공방.pdf", b"%PDF-1.7\n%%EOF"))
        made |= attach(owner=application, files={question.key: file}, by=application.applicant)
    application.answers = made
    application.save(update_fields=["answers"])
    reviewer = staff(call.programme.host, "reviewer")
    declaring.declare(by=reviewer)
    return Review.objects.create(application=application, stage=call.stages.get(), reviewer=reviewer), made


def test_blind_download_has_another_name_in_its_header(client):
    review, files = a_reading_with_files()
    client.force_login(review.reviewer)
    answer = client.get(reverse("questions:file", args=[files["catalogue"]]))
    assert answer["Content-Disposition"] == 'attachment; filename="file.pdf"'
    assert client.get(reverse("questions:file", args=[files["licence"]])).status_code == 404
    page = client.get(reverse("calls:review", args=[review.pk])).content.decode()
    assert files["catalogue"] in page
    assert "비밀공방" not in page


def test_open_download_keeps_its_name(client):
    review, files = a_reading_with_files(blind=False)
    client.force_login(review.reviewer)
    answer = client.get(reverse("questions:file", args=[files["catalogue"]]))
    assert quote("비밀공방.pdf") in answer["Content-Disposition"]
