"""The cockpit: what is next, who is late, and the money as a meter."""

from decimal import Decimal

import pytest

from bridgehead.funding.queries import Balance
from bridgehead.kit.steps import Progress, Step
from bridgehead.portal.queries import money_shares, next_stages
from tests.factories.organisations import a_host, staff
from tests.factories.programmes import a_programme


def a_step(code, progress, action=""):
    return Step(code, code, f"/{code}/", progress, next_action=action, next_url=f"/{code}/" if action else "")


def test_next_are_all_stages_under_way_with_something_to_do():
    steps = [
        a_step("call", Progress.DONE, "Print"),
        a_step("floor", Progress.CURRENT, "Log"),
        a_step("follow_up", Progress.CURRENT),
        a_step("results", Progress.CURRENT, "Download"),
    ]
    assert [step.code for step in next_stages(steps)] == ["floor", "results"]


def test_next_is_the_first_stage_to_begin_when_none_under_way_waits():
    steps = [
        a_step("call", Progress.CURRENT),
        a_step("a", Progress.TODO, "A"),
        a_step("b", Progress.TODO, "B"),
    ]
    assert [step.code for step in next_stages(steps)] == ["a"]


@pytest.mark.parametrize(
    ("spent", "committed", "widths"),
    [
        (25, 50, {"spent": "25.00", "committed": "50.00"}),
        (100, 100, {"spent": "50.00", "committed": "50.00"}),
    ],
)
def test_meter_shows_shares_of_the_budget(spent, committed, widths):
    balance = Balance(total=Decimal(100), spent=Decimal(spent), committed=Decimal(committed))
    assert money_shares(balance) == widths


def test_meter_without_a_budget_is_empty():
    assert money_shares(Balance(Decimal(0), Decimal(0), Decimal(0))) == {"spent": "0", "committed": "0"}


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("officer", 200), ("auditor", 200), ("reviewer", 404)])
def test_cockpit_of_a_new_programme_says_what_to_do_first(client, role, status):
    programme = a_programme(a_host())
    client.force_login(staff(programme.host, role))
    page = client.get(f"/en/desk/programmes/{programme.slug}/")
    assert page.status_code == status
    if status == 200:
        assert page.context["upcoming"][0].next_action == "Write the call"
        assert "Nobody." in page.content.decode()
