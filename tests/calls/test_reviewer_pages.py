"""A reviewer sees own reviews only, blind; drafts are kept; conflicts are declared instead of scoring."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bridgehead.audit.queries import entries_about
from bridgehead.calls.actions import declaring
from bridgehead.calls.models import Review
from tests.calls.reviewed import PRODUCT
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db
OWNER = {"key": "owner", "kind": "short_text", "identifying": True}


def a_task(**fields):
    call = a_call(questions=(PRODUCT, OWNER), **fields)
    firm = a_firm(name_ko="비밀공방", name_en="Secret Workshop")
    application = an_application(
        call,
        firm,
        applicant=maker_of(firm),
        state="shortlisted",
        answers={"product": "은반지", "owner": "홍길동"},
    )
    reviewer = staff(call.programme.host, "reviewer", name="심사위원 이름")
    declaring.declare(by=reviewer)
    return Review.objects.create(application=application, stage=call.stages.get(), reviewer=reviewer)


def scores(review, value="4", reason="좋은 제품"):
    typed = {}
    for criterion in review.application.call.criteria.all():
        typed |= {f"value_{criterion.pk}": value, f"reason_{criterion.pk}": reason}
    return typed


def url(name, review):
    return reverse(f"calls:{name}", args=[review.pk])


@pytest.mark.parametrize("name", ["review", "review_save", "review_conflict"])
def test_review_of_somebody_else_is_not_found(client, name):
    review = a_task()
    for other in (
        staff(review.application.call.programme.host, "reviewer"),
        staff(review.application.call.programme.host),
    ):
        client.force_login(other)
        assert client.post(url(name, review), scores(review)).status_code == 404


def test_blind_page_hides_firm_and_identifying_answers(client):
    review = a_task()
    client.force_login(review.reviewer)
    page = client.get(url("review", review)).content.decode()
    assert "은반지" in page
    assert not any(secret in page for secret in ("비밀공방", "Secret Workshop", "홍길동"))
    listed = client.get(reverse("calls:reviews")).content.decode()
    assert review.application.number in listed
    assert "비밀공방" not in listed


def test_open_review_shows_the_firm(client):
    review = a_task(blind=False)
    client.force_login(review.reviewer)
    page = client.get(url("review", review)).content.decode()
    assert review.application.firm.name in page
    assert "홍길동" in page


def test_draft_is_kept_as_far_as_it_was_typed(client):
    review = a_task()
    first, second = review.application.call.criteria.all()
    client.force_login(review.reviewer)
    answer = client.post(
        url("review_save", review), {f"value_{first.pk}": "5", f"reason_{second.pk}": "아직"}
    )
    assert list(answer.json()) == ["saved_at"]
    assert list(review.scores.order_by("criterion").values_list("value", "reason")) == [
        (5, ""),
        (None, "아직"),
    ]


def test_autosave_signed_out_is_401_and_after_handing_in_409(client):
    review = a_task()
    assert client.post(url("review_save", review), {}).status_code == 401
    client.force_login(review.reviewer)
    client.post(url("review", review), scores(review))
    assert client.post(url("review_save", review), scores(review, "1")).status_code == 409
    assert set(review.scores.values_list("value", flat=True)) == {4}


def test_handing_in_needs_every_score_with_a_reason_and_keeps_what_was_typed(client):
    review = a_task()
    client.force_login(review.reviewer)
    answer = client.post(url("review", review), scores(review, reason=""))
    assert answer.status_code == 422
    assert set(review.scores.values_list("value", flat=True)) == {4}
    review.refresh_from_db()
    assert review.state == "assigned"
    assert client.post(url("review", review), scores(review)).status_code == 302
    review.refresh_from_db()
    assert (review.state, entries_about(review)[0].verb) == ("done", "review.submit")
    assert client.get(url("review", review)).status_code == 200


def test_declared_conflict_destroys_the_draft(client):
    review = a_task()
    client.force_login(review.reviewer)
    client.post(url("review_save", review), scores(review))
    client.post(url("review_conflict", review), {"kind": "business", "reason": "거래처"})
    review.refresh_from_db()
    assert (review.state, review.conflict_kind, review.scores.count()) == ("conflict", "business", 0)
    assert client.get(url("review", review)).status_code == 200


def test_applicant_never_sees_who_reviews(client):
    review = a_task()
    client.force_login(review.reviewer)
    client.post(url("review", review), scores(review))
    client.force_login(review.application.applicant)
    page = client.get(reverse("calls:my_application", args=[review.application.pk]))
    assert page.status_code == 200
    assert "심사위원 이름" not in page.content.decode()


def test_anonymous_goes_to_sign_in(client):
    assert client.get(reverse("calls:reviews"))["Location"].startswith(reverse("account_login"))


def test_list_asks_the_same_for_one_and_three_rows(client):
    def page(rows):
        call = a_call()
        reviewer = staff(call.programme.host, "reviewer")
        for _row in range(rows):
            application = an_application(call, state="shortlisted")
            Review.objects.create(application=application, stage=call.stages.get(), reviewer=reviewer)
        client.force_login(reviewer)
        client.get(reverse("calls:reviews"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("calls:reviews"))
        return len(captured)

    assert page(1) == page(3)


def test_blind_page_hides_the_firm_in_free_text_too(client):
    review = a_task()
    application = review.application
    application.answers["product"] = f"비밀 공방의 은반지, {application.firm.business_number}"
    application.save(update_fields=["answers"])
    client.force_login(review.reviewer)
    client.cookies["django_language"] = "en"
    page = client.get(url("review", review)).content.decode()
    assert "은반지" in page
    assert not any(secret in page for secret in ("비밀 공방", application.firm.business_number))


def test_scale_of_the_call_is_offered_and_kept(client):
    review = a_task(scale_max=20)
    client.force_login(review.reviewer)
    assert client.post(url("review", review), scores(review, "21")).status_code == 422
    assert client.post(url("review", review), scores(review, "20")).status_code == 302
    assert set(review.scores.values_list("value", flat=True)) == {20}


def three_tasks():
    first = a_task()
    call = first.application.call
    others = [
        Review.objects.create(
            application=an_application(call, state="shortlisted", answers={"product": text}),
            stage=first.stage,
            reviewer=first.reviewer,
        )
        for text in ("도자기", "나전칠기")
    ]
    return first, *others


def test_own_readings_side_by_side(client):
    first, _second, third = three_tasks()
    client.force_login(first.reviewer)
    compare = reverse("calls:review_compare")
    page = client.get(compare, {"review": [first.pk, third.pk]}).content.decode()
    assert "은반지" in page
    assert "나전칠기" in page
    assert not any(word in page for word in ("도자기", "비밀공방", "홍길동"))
    assert client.get(compare, {"review": [first.pk]}).status_code == 302


def test_reading_of_somebody_else_is_never_compared(client):
    first, second, _third = three_tasks()
    stranger = staff(first.application.call.programme.host, "reviewer")
    declaring.declare(by=stranger)
    client.force_login(stranger)
    answer = client.get(reverse("calls:review_compare"), {"review": [first.pk, second.pk]})
    assert answer.status_code == 302


def test_own_distribution_is_shown_after_the_first_score(client):
    first, *_others = three_tasks()
    client.force_login(first.reviewer)
    assert client.get(reverse("calls:reviews")).context["bars"] == []
    client.post(url("review_save", first), scores(first, "4"))
    bars = client.get(reverse("calls:reviews")).context["bars"]
    assert [bar.count for bar in bars] == [0, 0, 0, 2, 0]


@pytest.mark.parametrize(
    ("shown", "visible"), [("hidden", False), ("each_other", True), ("applicants", True)]
)
def test_colleagues_are_named_only_where_the_call_says_so_and_all_are_finished(client, shown, visible):
    review = a_task(reviewers_shown=shown)
    other = Review.objects.create(
        application=review.application,
        stage=review.stage,
        reviewer=staff(review.application.call.programme.host, "reviewer", name="다른 위원"),
    )
    client.force_login(review.reviewer)
    client.post(url("review", review), scores(review))
    assert "다른 위원" not in client.get(url("review", review)).content.decode()
    Review.objects.filter(pk=other.pk).update(state="done")
    assert ("다른 위원" in client.get(url("review", review)).content.decode()) is visible
