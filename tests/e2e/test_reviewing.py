"""A reviewer's evening: declare interests, score two applications, compare them, hand in."""

import re

import pytest
from playwright.sync_api import expect

from bridgehead.calls.models import Review, ReviewerProfile
from tests.calls.reviewed import PRODUCT
from tests.factories.calls import a_call, an_application
from tests.factories.organisations import a_firm, staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evening():
    """(call, reviewer) with two applications to read."""
    call = a_call(questions=(PRODUCT,))
    reviewer = staff(call.programme.host, "reviewer")
    for text in ("Silver rings of 비밀공방", "Porcelain bowls"):
        application = an_application(
            call, a_firm(name_ko="비밀공방", name_en="Secret"), state="shortlisted", answers={"product": text}
        )
        Review.objects.create(application=application, stage=call.stages.get(), reviewer=reviewer)
    return call, reviewer


@pytest.mark.parametrize("phone", [False, True])
def test_reviewer_declares_scores_compares_and_hands_in(visit, evening, phone):
    call, reviewer = evening
    visitor = visit(reviewer, phone=phone)
    visitor.go("review/")
    visitor.follow("Declare now")
    visitor.fill(expertise="jewelry", employer_name_0="Somewhere Else Ltd.")
    visitor.press("Declare")
    visitor.sees("My declaration")
    visitor.tick("pledge")
    visitor.press("Declare")
    visitor.sees("Your declaration was saved")
    assert ReviewerProfile.objects.get(user=reviewer).expertise == ["jewelry"]

    first, second = Review.objects.order_by("application__number")
    visitor.go(f"review/{first.pk}/")
    visitor.sees("Silver rings of [hidden]")
    _score(visitor, call, "4")
    expect(visitor.page.locator("[data-autosave-status]")).to_contain_text(re.compile(r"\d\d:\d\d:\d\d"))
    visitor.go("review/compare/" + f"?review={first.pk}&review={second.pk}")
    visitor.sees("Porcelain bowls", "4 / 5", "Seen as 4")
    assert visitor.width <= (360 if phone else 1280)
    visitor.go(f"review/{first.pk}/")
    visitor.press("Hand in and go to the next")
    visitor.sees("was handed in", "Porcelain bowls")
    _score(visitor, call, "2")
    visitor.press("Hand in")
    visitor.sees("was handed in")
    assert set(Review.objects.values_list("state", flat=True)) == {"done"}
    assert visitor.problems == []


def _score(visitor, call, value):
    for criterion in call.criteria.all():
        visitor.tick(f"value_{criterion.pk}", value)
        visitor.fill(**{f"reason_{criterion.pk}": f"Seen as {value}"})


def test_digit_on_a_score_chooses_it(visit, evening):
    call, reviewer = evening
    ReviewerProfile.objects.create(user=reviewer, declared_at=call.opens_at)
    visitor = visit(reviewer)
    visitor.go(f"review/{Review.objects.earliest('pk').pk}/")
    criterion = call.criteria.first()
    visitor.page.locator(f'[name="value_{criterion.pk}"][value="5"]').focus()
    visitor.page.keyboard.press("3")
    expect(visitor.page.locator(f'[name="value_{criterion.pk}"][value="3"]')).to_be_checked()
    assert visitor.problems == []
