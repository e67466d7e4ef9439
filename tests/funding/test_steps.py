import pytest

from bridgehead.funding import steps
from bridgehead.kit.steps import Progress
from tests.factories.funding import a_claim, a_cost_item, a_promise, a_source
from tests.factories.organisations import a_firm, maker_of, staff

pytestmark = pytest.mark.django_db


def test_step_counts_firms_and_money_and_says_who_waits(django_assert_max_num_queries):
    item = a_cost_item()
    a_source(item.programme)
    assert steps.step(item.programme).progress == Progress.TODO
    a_claim(a_promise(item, amount=1_000_000))
    a_promise(item, amount=2_000_000)
    with django_assert_max_num_queries(4):
        step = steps.step(item.programme)
    assert step.progress == Progress.CURRENT
    assert "KRW 3,000,000" in step.facts[2]
    assert len(step.late) == 1


def test_finance_is_asked_to_approve_and_the_maker_to_claim():
    firm = a_firm()
    promised = a_promise(a_cost_item(), firm)
    claimed = a_claim(a_promise(promised.cost_item))
    finance, officer = (staff(promised.programme.host, role) for role in ("finance", "officer"))
    assert [str(claimed.pk) in task.url for task in steps.tasks_of(finance)] == [True]
    assert steps.tasks_of(officer) == []
    assert [str(promised.pk) in task.url for task in steps.tasks_of(maker_of(firm))] == [True]
