"""Every page of the office: who may open it, what it shows, and that it asks the database the same for 1 and 3 rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from bridgehead.calls.actions import deciding
from bridgehead.calls.models import Application, Award, Call, Decision
from tests.calls.reviewed import PRODUCT, REGION, a_review, a_reviewed_call
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_host, a_user, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db

#: name → roles that may open it; everybody else gets 404.
READ = {"officer", "operator", "finance", "editor", "auditor", "administrator"}
JUDGE = {"officer", "operator", "auditor"}
RUN = {"officer", "operator"}
ROLES = [*sorted(READ), "reviewer"]
CALL_PAGES = {
    "desk_call": READ,
    "desk_basics": RUN,
    "desk_texts": RUN,
    "desk_eligibility": RUN,
    "desk_questions": RUN,
    "desk_stages": RUN,
    "desk_scoring": RUN,
    "desk_preview": RUN,
    "desk_applications": JUDGE,
    "desk_export": JUDGE,
    "desk_reviewers": JUDGE,
    "desk_selection": JUDGE,
    "desk_mails": RUN,
    "desk_paper": JUDGE,
}
PROGRAMME_PAGES = {
    "desk_calls": READ,
    "desk_new_call": RUN,
    "programme_applications": JUDGE,
    "programme_selection": JUDGE,
}


@pytest.mark.parametrize("role", [*ROLES, "stranger"])
def test_pages_open_for_the_right_roles_only(client, role):
    call, applications = a_reviewed_call(published_at=None)
    host = a_host() if role == "stranger" else call.programme.host
    client.force_login(staff(host, "officer" if role == "stranger" else role))
    pages = {reverse(f"calls:{name}", args=[call.slug]): roles for name, roles in CALL_PAGES.items()}
    pages |= {reverse(f"calls:{name}", args=[call.programme.slug]): r for name, r in PROGRAMME_PAGES.items()}
    pages[reverse("calls:desk_application", args=[applications[0].pk])] = JUDGE
    wrong = {url: client.get(url).status_code for url in pages}
    expected = {url: 200 if role in roles else 404 for url, roles in pages.items()}
    expected |= {
        url: 302 for url in list(expected)[-3:-1] if expected[url] == 200
    }  # one call only: straight to its page
    assert wrong == expected


def test_anonymous_goes_to_sign_in(client):
    call, applications = a_reviewed_call()
    for url in [
        reverse("calls:desk_call", args=[call.slug]),
        reverse("calls:desk_application", args=[applications[0].pk]),
        reverse("calls:desk_selection", args=[call.slug]),
    ]:
        answer = client.get(url)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(
    "name", ["desk_shortlist", "desk_return", "desk_decline", "desk_assign_one"], ids=lambda name: name
)
def test_actions_on_an_application_are_refused_to_strangers(client, name):
    application = an_application(a_call())
    client.force_login(staff(a_host()))
    assert client.post(reverse(f"calls:{name}", args=[application.pk])).status_code == 404
    client.force_login(staff(application.call.programme.host, "auditor"))
    assert client.post(reverse(f"calls:{name}", args=[application.pk])).status_code == 404
    assert Application.objects.get(pk=application.pk).state == "submitted"


@pytest.mark.parametrize(
    "name", ["desk_publish", "desk_extend", "desk_copy", "desk_assign", "desk_undo", "desk_release"]
)
def test_actions_on_a_call_are_refused_to_strangers_and_on_get(client, name):
    call = a_call()
    url = reverse(f"calls:{name}", args=[call.slug])
    client.force_login(staff(a_host()))
    assert client.post(url).status_code == 404
    client.force_login(staff(call.programme.host))
    assert client.get(url).status_code == 405


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["desk_applications", "desk_reviewers", "desk_selection", "desk_mails"])
def test_lists_ask_the_same_for_one_and_three_rows(client, name):
    def page(rows):
        call = a_call(questions=(PRODUCT, REGION), closes_at=timezone.now() - timedelta(minutes=1))
        reviewer = staff(call.programme.host, "reviewer")
        for _row in range(rows):
            application = an_application(
                call, state="shortlisted", applicant=a_user(), answers={"region": "icheon"}
            )
            a_review(application, reviewer, 4)
        officer = staff(call.programme.host)
        if name == "desk_mails":
            deciding.decide(call=call, by=officer)
        client.force_login(officer)
        return queries(client, reverse(f"calls:{name}", args=[call.slug]))

    assert page(1) == page(3)


def test_calls_list_asks_the_same_for_one_and_three_rows(client):
    def page(rows):
        programme = a_programme()
        for _row in range(rows):
            a_call(programme)
        client.force_login(staff(programme.host))
        return queries(client, reverse("calls:desk_calls", args=[programme.slug]))

    assert page(1) == page(3)


def test_list_filters_by_state_and_searches_number_firm_and_business_number(client):
    call = a_call()
    first, second = an_application(call), an_application(call, state="shortlisted")
    an_application(call, state="draft", number="", submitted_at=None)
    client.force_login(staff(call.programme.host))
    url = reverse("calls:desk_applications", args=[call.slug])

    def shown(query):
        return [a.number for a in client.get(url + query).context["page"]]

    assert shown("") == [first.number, second.number]
    assert shown("?state=shortlisted") == [second.number]
    assert shown(f"?q={first.firm.name_ko}") == [first.number]
    assert shown(f"?q={second.firm.business_number}") == [second.number]
    assert shown("?q=nobody") == []
    assert [tab["count"] for tab in client.get(url).context["tabs"]] == [2, 1, 1]


def test_draft_of_a_firm_is_not_found_by_the_office(client):
    draft = an_application(a_call(), state="draft", number="", submitted_at=None)
    client.force_login(staff(draft.call.programme.host))
    assert client.get(reverse("calls:desk_application", args=[draft.pk])).status_code == 404


def test_call_is_written_in_steps_and_published(client):
    programme = a_programme()
    client.force_login(staff(programme.host))
    day = timezone.localdate() + timedelta(days=3)
    basics = {
        "kind": "voucher",
        "languages": "ko,en",
        "grace_minutes": 10,
        "team_min": 0,
        "team_max": 0,
        "title_ko": "참가 기업 모집",
        "title_en": "Call",
        "opens_at": f"{day}T09:00",
        "closes_at": f"{day}T18:00",
    }
    wrong = client.post(
        reverse("calls:desk_new_call", args=[programme.slug]), {**basics, "closes_at": f"{day}T08:00"}
    )
    assert (wrong.status_code, "참가 기업 모집" in wrong.content.decode()) == (422, True)
    client.post(reverse("calls:desk_new_call", args=[programme.slug]), basics)
    call = Call.objects.get(programme=programme)
    assert timezone.localtime(call.opens_at).strftime("%H:%M") == "09:00"
    client.post(reverse("calls:desk_publish", args=[call.slug]))
    call.refresh_from_db()
    assert call.published_at is None
    texts = {
        "body_ko": "내용",
        "body_en": "Body",
        "eligibility_ko": "여주",
        "eligibility_en": "Yeoju",
        "benefits_ko": "",
        "benefits_en": "",
    }
    client.post(reverse("calls:desk_texts", args=[call.slug]), texts)
    call.question_set.questions.create(
        key="region", kind="choice", label_ko="지역", options=REGION["options"]
    )
    scoring = {
        "selection": "rank", "places": 4, "reserves": 2, "threshold": 60, "scale_max": 5, "blind": "on",
        "reviewers_shown": "hidden", "results_shown": "firms", "objection_days": 7,
        "quotas-TOTAL_FORMS": 1, "quotas-INITIAL_FORMS": 0,
        "bonuses-TOTAL_FORMS": 1, "bonuses-INITIAL_FORMS": 0,
        "quotas-0-answer": "region=yeoju", "quotas-0-places": 5,
        "bonuses-0-answer": "region=icheon", "bonuses-0-rule": "is", "bonuses-0-name_ko": "이천",
        "bonuses-0-points": "2",
    }  # fmt: skip
    url = reverse("calls:desk_scoring", args=[call.slug])
    assert client.post(url, scoring).status_code == 422
    assert client.post(url, {**scoring, "quotas-0-places": 2}).status_code == 302
    assert list(call.quotas.values_list("key", "value", "places")) == [("region", "yeoju", 2)]
    stage = {
        "kind": "documents", "name_ko": "서류", "reviews_wanted": 3, "threshold": 0,
        "criteria-TOTAL_FORMS": 2, "criteria-INITIAL_FORMS": 0,
        "criteria-0-name_ko": "제품", "criteria-0-weight": 60, "criteria-1-name_ko": "수출", "criteria-1-weight": 50,
    }  # fmt: skip
    of_stage = reverse("calls:desk_stage_edit", args=[call.slug, call.stages.get().pk])
    assert client.post(of_stage, stage).status_code == 422
    assert client.post(of_stage, {**stage, "criteria-1-weight": 40}).status_code == 302
    assert list(call.criteria.values_list("name_ko", "weight")) == [("제품", 60), ("수출", 40)]
    again = client.get(of_stage).context["page"]
    assert [form.initial.get("weight") for form in again.criteria] == [60, 40, None, None]
    client.post(reverse("calls:desk_publish", args=[call.slug]))
    call.refresh_from_db()
    assert call.published_at is not None
    assert client.get(url).status_code == 302


def test_extending_shows_the_error_and_keeps_what_was_typed(client):
    call = a_call()
    client.force_login(staff(call.programme.host))
    url = reverse("calls:desk_extend", args=[call.slug])
    answer = client.post(url, {"closes_at": "2020-01-01T00:00", "reason": "공휴일"})
    assert (answer.status_code, "공휴일" in answer.content.decode()) == (422, True)


def test_selection_page_names_reviewers_only_by_number(client):
    call, _applications = a_reviewed_call()
    client.force_login(staff(call.programme.host))
    page = client.get(reverse("calls:desk_selection", args=[call.slug])).content.decode()
    assert "R1" in page
    assert "심사위원 이름" not in page


def test_decide_change_and_release_through_the_pages(client, django_capture_on_commit_callbacks):
    call, applications = a_reviewed_call()
    client.force_login(staff(call.programme.host))
    page = client.get(reverse("calls:desk_decide", args=[call.slug]))
    assert [len(names) for _outcome, _label, names in page.context["groups"]] == [2, 1, 1]
    client.post(reverse("calls:desk_decide", args=[call.slug]), {"seen": page.context["seen"]})
    decision = Decision.objects.get(application=applications[1])
    change = reverse("calls:desk_change", args=[call.slug, decision.pk])
    assert client.post(change, {"outcome": "declined"}).status_code == 422
    assert client.post(change, {"outcome": "declined", "reason": "중복 지원"}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("calls:desk_release", args=[call.slug]))
    award = Award.objects.get()
    url = reverse("calls:desk_withdraw_award", args=[award.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"reason": "포기"})
    assert {a.firm: a.state for a in Award.objects.all()} == {
        applications[0].firm: "withdrawn",
        applications[2].firm: "offered",
    }


@pytest.mark.parametrize("kind", ["hwpx", "xlsx"])
def test_paper_downloads(client, kind):
    call, _applications = a_reviewed_call()
    client.force_login(staff(call.programme.host))
    with translation.override("en"):
        url = reverse("calls:desk_paper", args=[call.slug])
    answer = client.get(f"{url}?format={kind}")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert client.get(f"{url}?format=exe").status_code == 404
