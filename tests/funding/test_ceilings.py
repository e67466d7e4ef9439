from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from bridgehead.audit.models import Entry
from bridgehead.calls.signals import award_made, award_withdrawn
from bridgehead.funding import actions, queries
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.models import Ceiling, CostItem, FirmAccount, SupportLine
from bridgehead.kit.clock import today
from tests.factories.calls import an_award
from tests.factories.funding import a_ceiling, a_claim, a_cost_item, a_promise, a_source
from tests.factories.organisations import a_firm, a_user
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


def test_ceiling_raised_from_a_date_raises_every_account_at_once():
    programme = a_programme()
    a_ceiling(programme, 8_000_000, effective_from=date(2024, 1, 1))
    accounts = [actions.open_account(programme=programme, firm=a_firm()) for _ in range(2)]
    a_ceiling(programme, 12_000_000, effective_from=date(2025, 1, 1))
    assert {account.ceiling for account in FirmAccount.objects.filter(pk__in=[a.pk for a in accounts])} == {
        Decimal(12_000_000)
    }
    assert queries.ceiling_on(programme, date(2024, 12, 31)).amount == Decimal(8_000_000)
    assert queries.ceiling_on(programme, date(2025, 1, 1)).amount == Decimal(12_000_000)
    assert queries.ceiling_on(programme, date(2023, 12, 31)) is None


@pytest.mark.parametrize("days_ahead", [0, 30])
def test_ceiling_below_what_a_firm_has_is_refused_with_its_name(days_ahead):
    item, firm = a_cost_item(), a_firm()
    a_ceiling(item.programme, 8_000_000)
    a_promise(item, firm, 6_000_000)
    day = today() + timedelta(days=days_ahead)
    with pytest.raises(actions.BelowBalance, match=str(firm)) as refused, transaction.atomic():
        a_ceiling(item.programme, 5_000_000, effective_from=day)
    assert refused.value.firms == [firm]
    assert Ceiling.objects.count() == 1


def test_ceiling_cannot_be_removed_when_the_one_before_is_too_low():
    item = a_cost_item()
    a_ceiling(item.programme, 8_000_000, effective_from=date(2024, 1, 1))
    raised = a_ceiling(item.programme, 12_000_000, effective_from=date(2025, 1, 1))
    a_promise(item, amount=9_000_000)
    with pytest.raises(actions.BelowBalance), transaction.atomic():
        actions.remove_ceiling(ceiling=raised, by=a_user())
    assert Ceiling.objects.count() == 2


def test_ceiling_of_tomorrow_does_not_count_today():
    item, firm = a_cost_item(), a_firm()
    a_ceiling(item.programme, 8_000_000)
    a_ceiling(item.programme, 12_000_000, effective_from=today() + timedelta(days=1))
    with pytest.raises(actions.CeilingExceeded), transaction.atomic():
        a_promise(item, firm, 9_000_000)


def test_ceiling_that_took_effect_overnight_counts_without_anybody_saving_it():
    item, firm = a_cost_item(), a_firm()
    actions.open_account(programme=item.programme, firm=firm)
    a_ceiling(item.programme, 8_000_000)
    Ceiling.objects.create(programme=item.programme, amount=Decimal(12_000_000), effective_from=today())
    assert queries.firm_balance(item.programme, firm).left == Decimal(12_000_000)
    a_promise(item, firm, 9_000_000)
    assert FirmAccount.objects.get(firm=firm).ceiling == Decimal(12_000_000)


def test_firm_above_a_ceiling_lowered_overnight_keeps_what_it_has_and_gets_no_more():
    item, firm = a_cost_item(), a_firm()
    a_ceiling(item.programme, 8_000_000)
    line = a_promise(item, firm, 6_000_000)
    Ceiling.objects.create(programme=item.programme, amount=Decimal(5_000_000), effective_from=today())
    assert queries.firm_balance(item.programme, firm).left == Decimal(0)
    with pytest.raises(actions.CeilingExceeded) as refused, transaction.atomic():
        a_promise(item, firm, 1)
    assert refused.value.left == Decimal(0)
    assert a_claim(line).amount == Decimal(6_000_000)


def test_award_opens_an_account_at_the_ceiling_of_the_day():
    programme = a_programme()
    a_ceiling(programme, 8_000_000)
    award = an_award(programme)
    for _ in range(2):
        award_made.send(sender=type(award), award=award, by=None)
    assert FirmAccount.objects.get(programme=programme, firm=award.firm).left == Decimal(8_000_000)


def test_withdrawal_frees_promises_but_not_claims():
    item = a_cost_item()
    award = an_award(item.programme)
    promised, claimed = a_promise(item, award.firm), a_claim(a_promise(item, award.firm))
    award_withdrawn.send(sender=type(award), award=award, by=a_user())
    promised.refresh_from_db()
    claimed.refresh_from_db()
    assert (promised.state, claimed.state) == (SupportLine.State.REFUSED, SupportLine.State.CLAIMED)
    assert FirmAccount.objects.get(firm=award.firm).committed == claimed.amount


def test_cost_item_in_use_is_not_removed():
    item = a_promise().cost_item
    with pytest.raises(actions.StillUsed):
        actions.remove_item(item=item, by=a_user())
    free = a_cost_item(item.programme, code="free")
    actions.remove_item(item=free, by=a_user())
    assert list(queries.items_with_balances(item.programme)) == [item]
    assert CostItem.objects.get(pk=free.pk).budget == 0
    assert a_cost_item(item.programme, code="free").budget == Decimal(20_000_000)
    assert Entry.objects.filter(verb="cost_item.remove").count() == 1


def test_cost_item_with_a_rate_above_100_is_refused():
    item = a_cost_item()
    item.rate = Decimal(101)
    with pytest.raises(ValidationError):
        actions.save_item(item=item, by=a_user())


def test_programme_balance_adds_sources_and_lines():
    item = a_cost_item(programme := a_programme())
    a_source(programme, amount=Decimal(30_000_000))
    a_source(programme, amount=Decimal(20_000_000))
    a_promise(item, amount=4_000_000)
    paid = actions.approve(line=a_claim(a_promise(item, amount=1_000_000)), by=a_user())
    actions.settle(line=paid, by=a_user(), on=date(2025, 4, 1), checks=CHECKS)
    actions.refuse(line=a_promise(item, amount=9_000_000), by=a_user(), reason="no")
    balance = queries.programme_balance(programme)
    assert (balance.total, balance.committed, balance.spent, balance.left) == tuple(
        map(Decimal, (50_000_000, 4_000_000, 1_000_000, 45_000_000))
    )
    row = queries.items_with_balances(programme).get()
    assert (row.committed, row.spent, row.left) == tuple(map(Decimal, (4_000_000, 1_000_000, 15_000_000)))


@pytest.mark.parametrize("firms", [1, 3])
def test_firm_balances_take_two_queries_for_any_number_of_firms(firms, django_assert_num_queries):
    item = a_cost_item()
    a_ceiling(item.programme)
    for _ in range(firms):
        a_promise(item)
    with django_assert_num_queries(2):
        rows = [(row.firm.name, row.left) for row in queries.firm_balances(item.programme)]
    assert [left for _name, left in rows] == [Decimal(7_000_000)] * firms
