from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bridgehead.audit.models import Entry
from bridgehead.funding import actions, queries
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.models import CostItem, FirmAccount, SupportLine
from bridgehead.kit.states import WrongMove
from tests.factories.funding import a_ceiling, a_claim, a_cost_item, a_promise
from tests.factories.organisations import a_firm, a_user
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
State = SupportLine.State
IN_KIND = CostItem.Mode.IN_KIND


def account_of(line):
    account = FirmAccount.objects.get(programme=line.programme, firm=line.firm)
    return account.committed, account.spent


def test_promise_is_committed_and_recorded():
    line = a_promise(amount=3_000_000)
    assert account_of(line) == (Decimal(3_000_000), Decimal(0))
    assert Entry.objects.get(verb="support.promise").target_id == str(line.pk)


def test_promise_above_the_ceiling_is_refused_and_says_how_much_is_left():
    item, firm = a_cost_item(), a_firm()
    a_ceiling(item.programme, 8_000_000)
    a_promise(item, firm, 7_000_000)
    with pytest.raises(actions.CeilingExceeded) as refused, transaction.atomic():
        a_promise(item, firm, 1_000_001)
    assert refused.value.left == Decimal(1_000_000)
    assert "1,000,000" in str(refused.value)
    assert SupportLine.objects.count() == 1


def test_promise_mixes_cash_and_kind_under_one_ceiling():
    programme, firm = a_programme(), a_firm()
    a_ceiling(programme, 8_000_000)
    a_promise(a_cost_item(programme), firm, 5_000_000)
    with pytest.raises(actions.CeilingExceeded), transaction.atomic():
        a_promise(a_cost_item(programme, mode=IN_KIND), firm, 4_000_000)


def test_promise_without_any_ceiling_is_unlimited():
    line = a_promise(a_cost_item(budget=Decimal(1_000_000_000)), amount=900_000_000)
    assert queries.firm_balance(line.programme, line.firm).left is None


def test_promise_above_the_cap_of_the_item_is_refused():
    item, firm = a_cost_item(cap=Decimal(2_000_000)), a_firm()
    a_promise(item, firm, 1_500_000)
    with pytest.raises(actions.CapExceeded) as refused, transaction.atomic():
        a_promise(item, firm, 500_001)
    assert refused.value.left == Decimal(500_000)


def test_promise_to_several_firms_is_all_or_none():
    item, firms = a_cost_item(), [a_firm(), a_firm(), a_firm()]
    a_ceiling(item.programme, 2_000_000)
    a_promise(item, firms[2], 1_500_000)
    with pytest.raises(actions.CeilingExceeded), transaction.atomic():
        actions.promise_to(firms=firms, cost_item=item, amount=Decimal(1_000_000), by=a_user())
    assert SupportLine.objects.count() == 1
    actions.promise_to(firms=firms, cost_item=item, amount=Decimal(500_000), by=a_user())
    assert SupportLine.objects.count() == 4


def test_account_above_its_ceiling_is_refused_by_the_database_itself():
    line = a_promise(a_cost_item(programme := a_programme()))
    a_ceiling(programme, 1_000_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        FirmAccount.objects.filter(firm=line.firm).update(committed=Decimal(1_000_001))


def test_claim_keeps_receipt_rate_and_computation():
    line = a_promise(a_cost_item(rate=Decimal(70)), amount=3_000_000)
    a_claim(line, receipt_amount=Decimal("1000.00"), receipt_currency="EUR", receipt_on=date(2025, 3, 2))
    line.refresh_from_db()
    assert line.rate_on == date(2025, 2, 28)
    assert line.amount == (line.rate * 1000).quantize(Decimal(1)) * 70 / 100
    assert line.computation["limited_by"] == ""
    assert account_of(line) == (line.amount, Decimal(0))


def test_claim_above_the_promise_is_cut_to_it():
    line = a_claim(a_promise(amount=1_000_000), receipt_amount=Decimal(5_000_000))
    assert (line.amount, line.computation["limited_by"]) == (Decimal(1_000_000), "promise")


def test_claim_when_a_lowered_cap_is_used_up_is_refused():
    item, firm = a_cost_item(), a_firm()
    first, second = a_promise(item, firm), a_promise(item, firm)
    item.cap = first.amount
    actions.save_item(item=item, by=a_user())
    with pytest.raises(actions.NothingSupported), transaction.atomic():
        a_claim(second)
    assert SupportLine.objects.get(pk=second.pk).state == State.PROMISED


def test_claim_with_a_receipt_used_by_another_host_is_refused():
    facts = {"receipt_number": "INV 77", "receipt_amount": Decimal(500_000)}
    a_claim(a_promise(), **facts)
    other = a_promise()
    with pytest.raises(actions.ReceiptUsed), transaction.atomic():
        a_claim(other, **{**facts, "receipt_number": "inv-77"})
    assert SupportLine.objects.get(pk=other.pk).state == State.PROMISED


def test_receipt_of_a_refused_claim_is_free_again():
    facts = {"receipt_number": "77", "receipt_amount": Decimal(500_000)}
    actions.refuse(line=a_claim(a_promise(), **facts), by=a_user(), reason="wrong firm")
    assert a_claim(a_promise(), **facts).state == State.CLAIMED


def test_claim_of_support_in_kind_is_refused():
    with pytest.raises(WrongMove):
        a_claim(a_promise(mode=IN_KIND))


def test_approve_by_who_promised_or_claimed_is_refused():
    promiser, claimant = a_user(), a_user()
    line = a_claim(a_promise(by=promiser), by=claimant)
    for person in (promiser, claimant):
        with pytest.raises(actions.FourEyes):
            actions.approve(line=line, by=person)


def test_approval_by_the_recorder_is_refused_by_the_database_itself():
    line = a_promise(by=(person := a_user()))
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportLine.objects.filter(pk=line.pk).update(approved_by=person)


def test_paid_line_moves_from_committed_to_spent():
    line = actions.approve(line=a_claim(), by=a_user())
    actions.settle(line=line, by=a_user(), on=date(2025, 4, 1), checks=CHECKS)
    assert (line.state, account_of(line)) == (State.PAID, (Decimal(0), line.amount))


def test_support_in_kind_is_given_after_approval_without_a_receipt():
    line = actions.approve(line=a_promise(mode=IN_KIND), by=a_user())
    actions.settle(line=line, by=a_user(), on=date(2025, 4, 1), checks=CHECKS)
    assert (line.state, account_of(line)) == (State.GIVEN, (Decimal(0), line.amount))


def test_settle_before_approval_is_refused():
    with pytest.raises(WrongMove):
        actions.settle(line=a_claim(), by=a_user(), on=date(2025, 4, 1), checks=CHECKS)


def test_settle_twice_pays_once():
    line = actions.approve(line=a_claim(), by=a_user())
    stale = SupportLine.objects.get(pk=line.pk)
    actions.settle(line=line, by=a_user(), on=date(2025, 4, 1), checks=CHECKS)
    with pytest.raises(WrongMove):
        actions.settle(line=stale, by=a_user(), on=date(2025, 4, 2), checks=CHECKS)
    assert account_of(line) == (Decimal(0), line.amount)


def test_refused_line_is_free_again_and_says_why():
    line = actions.refuse(line=a_claim(), by=a_user(), reason="no receipt")
    assert (line.refusal_reason, account_of(line)) == ("no receipt", (Decimal(0), Decimal(0)))
