"""Claims are settled within 15 days: one mail before, one when overdue, to those who handle them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bridgehead.funding import actions, steps
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.actions.reminding import BEFORE_DUE, KIND, remind_of_due_claims
from bridgehead.funding.models import MoneyTerms, SupportLine
from bridgehead.kit.clock import today
from bridgehead.mailing.models import Mail
from tests.factories.funding import a_claim, a_cost_item, a_promise
from tests.factories.organisations import a_host, a_user, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return a_claim(a_promise(a_cost_item(a_programme())))


def due(line, days):
    """As if it were due so many days from today."""
    SupportLine.objects.filter(pk=line.pk).update(due_on=today() + timedelta(days=days))


def told():
    return sorted(Mail.objects.filter(kind=KIND).values_list("to", flat=True))


def test_claim_is_due_the_terms_days_after_it_was_made_all_days_counted(claim):
    assert claim.due_on == today() + timedelta(days=15)
    MoneyTerms.objects.create(programme=claim.programme, settle_within=7)
    assert a_claim(a_promise(claim.cost_item)).due_on == today() + timedelta(days=7)


def test_officer_and_finance_are_told_once_before_and_once_after_the_day(claim):
    people = [staff(claim.programme.host, role) for role in ("finance", "officer")]
    staff(claim.programme.host, "auditor")
    staff(a_host(), "finance")
    due(claim, BEFORE_DUE.days + 1)
    assert remind_of_due_claims() == 0
    due(claim, BEFORE_DUE.days)
    assert [remind_of_due_claims(), remind_of_due_claims()] == [1, 0]
    assert told() == sorted(person.email for person in people)
    due(claim, 0)
    assert remind_of_due_claims() == 0
    SupportLine.objects.filter(pk=claim.pk).update(reminded_on=today() - timedelta(days=2))
    due(claim, -1)
    assert [remind_of_due_claims(), remind_of_due_claims()] == [1, 0]
    assert len(told()) == 2 * len(people)


def test_one_mail_names_every_claim_of_the_programme_and_which_days_count(claim):
    staff(claim.programme.host, "finance", language="en")
    other = a_claim(a_promise(claim.cost_item))
    due(claim, -3)
    due(other, 1)
    assert remind_of_due_claims() == 2
    mail = Mail.objects.get(kind=KIND)
    assert mail.subject == f"1 claim is overdue: {claim.programme.title_en}"
    assert claim.firm.name_en in mail.body
    assert other.firm.name_en in mail.body
    assert "weekends and holidays count" in mail.body
    assert mail.body.count(reverse("funding:programme", args=[claim.programme.slug])[3:]) == 1


def test_settled_and_returned_claims_are_nobodys_reminder(claim):
    staff(claim.programme.host, "finance")
    returned = actions.send_back(line=a_claim(a_promise(claim.cost_item)), by=a_user(), note="blurred")
    paid = actions.settle(
        line=actions.approve(line=claim, by=a_user()), by=a_user(), on=today(), checks=CHECKS
    )
    for line in (returned, paid):
        due(line, -1)
    assert remind_of_due_claims() == 0


def test_overdue_claim_stands_in_the_step_in_the_tasks_and_on_the_page(claim, client):
    finance, officer = (staff(claim.programme.host, role) for role in ("finance", "officer"))
    assert steps.tasks_of(officer) == []
    due(claim, -1)
    assert [task.url.endswith("#due") for task in steps.tasks_of(officer)] == [True]
    assert steps.tasks_of(finance)[0].due.date() == today() - timedelta(days=1)
    assert len(steps.step(claim.programme).late) == 2
    client.force_login(officer)
    page = client.get(reverse("funding:programme", args=[claim.programme.slug]))
    assert list(page.context["due"]) == [claim]


def test_approved_claim_is_a_task_of_finance_until_it_is_paid(claim):
    actions.approve(line=claim, by=a_user())
    finance = staff(claim.programme.host, "finance")
    assert steps.tasks_of(finance) == []
    due(claim, 2)
    assert [str(claim.pk) in task.url for task in steps.tasks_of(finance)] == [True]
