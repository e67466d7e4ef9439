"""A call with four reviewed applications, best first: 100, 80, 60 and 40 points."""

from datetime import timedelta

from django.utils import timezone

from bridgehead.calls.models import Quota, Review, Score
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_firm, maker_of, staff

REGION = {
    "key": "region",
    "kind": "choice",
    "options": {
        "choices": [
            {"value": "icheon", "ko": "이천", "en": "Icheon"},
            {"value": "yeoju", "ko": "여주", "en": "Yeoju"},
        ]
    },
}
PRODUCT = {"key": "product", "kind": "short_text", "label_ko": "대표 제품", "label_en": "Main product"}


def a_review(application, reviewer, value, state=Review.State.DONE):
    review = Review.objects.create(
        application=application,
        stage=application.call.stages.get(order=1),
        reviewer=reviewer,
        state=state,
        done_at=timezone.now(),
    )
    for criterion in application.call.criteria.all():
        Score.objects.create(review=review, criterion=criterion, value=value, reason="이유")
    return review


def a_reviewed_call(quota=None, regions=("icheon", "icheon", "yeoju", "yeoju"), **fields):
    """(call, applications): closed an hour ago, every application shortlisted and reviewed by one person."""
    fields.setdefault("closes_at", timezone.now() - timedelta(hours=1))
    call = a_call(questions=(PRODUCT, REGION), **fields)
    if quota:
        Quota.objects.create(call=call, key=quota[0], value=quota[1], places=quota[2])
    reviewer = staff(call.programme.host, "reviewer", name="심사위원 이름")
    applications = []
    for value, region in zip((5, 4, 3, 2), regions, strict=True):
        firm = a_firm()
        application = an_application(
            call,
            firm,
            applicant=maker_of(firm),
            state="shortlisted",
            answers={"product": "은반지", "region": region},
        )
        a_review(application, reviewer, value)
        applications.append(application)
    return call, applications
