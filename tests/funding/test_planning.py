"""Plan against actual: the plan as officers paste it, the sums month by month, by cost item and by source."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.funding import actions, rules
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.forms import PlanForm, as_lines
from bridgehead.funding.models import CostItem, FundingSource, LedgerEntry, PlannedSpending
from bridgehead.funding.planning import plan_and_actual
from bridgehead.funding.standing import source_balance, sources_of
from tests.factories.funding import a_claim, a_cost_item, a_promise, a_source
from tests.factories.organisations import a_user, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
M = 1_000_000
JANUARY, FEBRUARY, MARCH = (date(2025, month, 1) for month in (1, 2, 3))


def planned(item, **months):
    """planned(item, jan=5) → five million in January."""
    numbers = {"jan": 1, "feb": 2, "mar": 3}
    of = {date(2025, numbers[name], 1): Decimal(amount * M) for name, amount in months.items()}
    actions.plan_spending(item=item, months=of, by=a_user())


def paid(item, amount, on):
    line = actions.approve(line=a_claim(a_promise(item, amount=amount)), by=a_user())
    return actions.settle(line=line, by=a_user(), on=on, checks=CHECKS)


def read(text):
    form = PlanForm({"months": text})
    return form.cleaned_data["months"] if form.is_valid() else form.errors["months"]


@pytest.mark.parametrize(
    "line", ["2025-03 20,000,000", "2025.3\t20000000", "2025년 3월 20,000,000원", "2025/03; ₩20,000,000"]
)
def test_months_are_read_as_officers_write_them(line):
    assert read(line) == {MARCH: Decimal(20 * M)}


@pytest.mark.parametrize(
    "line", ["march 5", "2025-13 5", "2025-03", "2025-03 -5", "2025-03 0", "2025-03 99999999999999"]
)
def test_line_that_is_no_month_and_amount_is_named(line):
    [error] = read(f"2025-01 5\n{line}")
    assert "2" in error


def test_month_written_twice_is_refused():
    assert len(read("2025-03 5\n2025-03 6")) == 1


@given(st.dictionaries(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 10**12), max_size=24))
def test_plan_comes_back_as_it_was_shown(months):
    plan = {day.replace(day=1): Decimal(amount) for day, amount in months.items()}
    assert read(as_lines(plan)) == plan


def test_plan_is_replaced_and_the_database_knows_months_only():
    item = a_cost_item()
    planned(item, jan=5, feb=6)
    planned(item, mar=7)
    assert list(item.planned.values_list("month", "amount")) == [(MARCH, 7 * M)]
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedSpending.objects.create(cost_item=item, month=date(2025, 4, 2), amount=1)


def test_sums_grow_month_by_month_and_say_what_is_behind():
    item = a_cost_item()
    planned(item, jan=3, mar=4)
    paid(item, 2 * M, date(2025, 2, 20))
    points = plan_and_actual(item.programme)
    assert [(point.month, point.planned, point.spent, point.behind) for point in points[:3]] == [
        (JANUARY, 3 * M, 0, 3 * M),
        (FEBRUARY, 3 * M, 2 * M, 1 * M),
        (MARCH, 7 * M, 2 * M, 5 * M),
    ]
    assert points[1].until == "2025-02-28"


def test_plan_of_an_item_leaves_the_others_out():
    one, other = a_cost_item(programme := a_programme()), a_cost_item(programme)
    planned(one, jan=3)
    planned(other, jan=4)
    assert [point.planned for point in plan_and_actual(programme, item=one)] == [3 * M]
    assert [point.planned for point in plan_and_actual(programme)] == [7 * M]


def test_plan_of_a_source_follows_the_order_in_which_payments_draw():
    item = a_cost_item(programme := a_programme())
    first, second = a_source(programme, amount=5 * M, order=1), a_source(programme, amount=20 * M, order=2)
    planned(item, jan=4, feb=4)
    assert [point.planned for point in plan_and_actual(programme, source=first)] == [4 * M, 5 * M]
    assert [point.planned for point in plan_and_actual(programme, source=second)] == [0, 3 * M]


def test_months_to_come_have_a_plan_and_no_actual():
    item = a_cost_item()
    actions.plan_spending(item=item, months={date(2999, 1, 1): Decimal(5)}, by=a_user())
    [point] = plan_and_actual(item.programme)
    assert (point.planned, point.spent, point.bound) == (5, None, None)


def test_commitments_are_shown_with_the_sources_that_would_pay_them():
    item = a_cost_item(programme := a_programme())
    split = a_cost_item(programme, drawn_in_proportion=True)
    first, second = a_source(programme, amount=4 * M, order=1), a_source(programme, amount=12 * M, order=2)
    a_source(programme, kind="own", amount=50 * M, order=9)
    a_promise(item, amount=3 * M)
    a_promise(split, amount=4 * M)
    found = sources_of(programme.funding_sources.all(), programme.cost_items.order_by("pk"))
    assert [(one.source.pk, one.committed) for one in found.balances][:2] == [
        (first.pk, 4 * M),
        (second.pk, 3 * M),
    ]
    assert found.balances[2].committed == 0
    assert found.uncovered == 0


def test_commitments_beyond_the_sources_are_said():
    a_promise(item := a_cost_item(), amount=3 * M)
    a_source(item.programme, amount=2 * M)
    item.refresh_from_db()
    assert sources_of(item.programme.funding_sources.all(), [item]).uncovered == 1 * M


@given(
    st.lists(st.integers(0, 20), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(1, 30), st.booleans()), max_size=5),
)
def test_what_is_committed_is_with_a_source_or_uncovered_and_no_source_bears_more_than_it_has(sources, items):
    rows = [
        FundingSource(pk=n + 1, kind="city", amount=Decimal(has), order=n) for n, has in enumerate(sources)
    ]
    costs = [
        CostItem(pk=n + 1, committed=Decimal(amount), drawn_in_proportion=split)
        for n, (amount, split) in enumerate(items)
    ]
    found = sources_of(rows, costs)
    assert sum(one.committed for one in found.balances) + found.uncovered == sum(
        item.committed for item in costs
    )
    assert all(one.left >= 0 for one in found.balances)


def test_figures_of_a_source_are_the_ledgers():
    item = a_cost_item(programme := a_programme())
    source = a_source(programme, amount=9 * M)
    paid(item, 2 * M, date(2025, 2, 20))
    a_promise(item, amount=1 * M)
    balance = source_balance(programme, programme.funding_sources.get(pk=source.pk))
    assert (balance.spent_of, balance.committed_of) == ({item.pk: 2 * M}, {item: 1 * M})
    assert balance.left == 6 * M


def test_every_point_opens_the_entries_it_is_the_sum_of(client):
    item = a_cost_item()
    paid(item, 2 * M, date(2025, 2, 20))
    paid(item, 3 * M, date(2025, 3, 20))
    client.force_login(staff(item.programme.host, "auditor"))
    page = client.get(reverse("funding:plan", args=[item.programme.slug]), {"item": item.pk})
    for point in page.context["points"]:
        address = f"?until={point.until}&item={item.pk}"
        ledger = client.get(reverse("funding:ledger", args=[item.programme.slug]) + address + "&of=spent")
        assert ledger.context["sums"]["spent"] == point.spent
        bound = client.get(reverse("funding:ledger", args=[item.programme.slug]) + address + "&of=bound")
        assert bound.context["bound"] == point.bound
        assert address.replace("&", "&amp;") in page.content.decode()


def test_plan_page_takes_the_same_queries_for_one_item_and_for_three(client):
    programme, counts = a_programme(), []
    client.force_login(staff(programme.host))
    address = reverse("funding:plan", args=[programme.slug])
    for items in (1, 2):
        for _ in range(items):
            planned(a_cost_item(programme), jan=1)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_plan_is_pasted_kept_when_wrong_and_warned_of_when_it_differs_from_the_budget(client):
    item = a_cost_item(budget=Decimal(10 * M))
    client.force_login(staff(item.programme.host))
    address = reverse("funding:item_plan", args=[item.programme.slug, item.pk])
    wrong = client.post(address, {"months": "2025-01 10,000,000\nlater"})
    assert wrong.status_code == 422
    assert "2025-01 10,000,000\nlater" in wrong.content.decode().replace("\r", "")
    assert client.post(address, {"months": "2025-01 9,000,000"}).status_code == 302
    assert client.post(address, {"months": "2025-01 10,000,000"}).status_code == 302
    assert rules.weight(a_promise(item)).committed == LedgerEntry.objects.get(committed__gt=0).committed
    assert item.planned.get().amount == 10 * M
