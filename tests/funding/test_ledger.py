"""The ledger only grows, and every balance is the sum of its entries: the database refuses anything else."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from bridgehead.funding import actions, rules
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.models import CostItem, FirmAccount, FundingSource, LedgerEntry, SupportLine
from bridgehead.kit.states import WrongMove
from tests.factories.funding import a_ceiling, a_claim, a_cost_item, a_paid_line, a_promise, a_source
from tests.factories.organisations import a_firm, a_user
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
Kind, State = LedgerEntry.Kind, SupportLine.State


def moves(line):
    return [(entry.kind, entry.committed, entry.spent) for entry in line.entries.order_by("pk")]


def refused(query):
    with pytest.raises(IntegrityError), transaction.atomic():
        query()


def test_every_step_of_a_line_is_an_entry():
    line = a_promise(a_cost_item(rate=Decimal(50)), amount=1_000_000)
    a_claim(line, receipt_amount=Decimal(1_600_000))
    actions.approve(line=line, by=a_user(), amount=Decimal(700_000), reason="meals are not supported")
    actions.settle(line=line, by=a_user(), on=date(2025, 4, 1), checks=CHECKS)
    assert moves(line) == [
        (Kind.PROMISE, 1_000_000, 0),
        (Kind.CHANGE, -200_000, 0),
        (Kind.APPROVAL, -100_000, 0),
        (Kind.PAYMENT, -700_000, 700_000),
    ]
    assert line.entries.get(kind=Kind.PAYMENT).on == date(2025, 4, 1)


def test_entries_are_neither_changed_nor_removed():
    entry = a_promise().entries.get()
    refused(lambda: LedgerEntry.objects.filter(pk=entry.pk).update(committed=1))
    refused(lambda: LedgerEntry.objects.filter(pk=entry.pk).delete())


def test_entry_loses_only_the_name_of_who_wrote_it():
    entry = a_promise().entries.get()
    LedgerEntry.objects.filter(pk=entry.pk).update(by=None)
    assert LedgerEntry.objects.get(pk=entry.pk).by is None


@pytest.mark.parametrize("column", ["committed", "spent"])
def test_balance_written_by_hand_is_refused(column):
    line = a_promise()
    refused(lambda: FirmAccount.objects.filter(firm=line.firm).update(**{column: 5}))
    refused(lambda: CostItem.objects.filter(pk=line.cost_item_id).update(**{column: 5}))


def test_budget_written_by_hand_is_refused():
    item = a_cost_item()
    refused(lambda: CostItem.objects.filter(pk=item.pk).update(budget=5))
    refused(lambda: CostItem.objects.create(programme=item.programme, code="x", name_ko="x", budget=5))


def test_payment_above_the_approved_claim_is_refused_by_the_database():
    line = actions.approve(line=a_claim(), by=a_user(), amount=Decimal(600_000), reason="part")
    facts = {"programme": line.programme, "cost_item": line.cost_item, "line": line, "on": date(2025, 4, 1)}
    facts["account"] = FirmAccount.objects.get(firm=line.firm)
    refused(lambda: LedgerEntry.objects.create(**facts, kind=Kind.PAYMENT, spent=Decimal(600_001)))
    LedgerEntry.objects.create(
        **facts, kind=Kind.PAYMENT, committed=Decimal(-600_000), spent=Decimal(600_000)
    )
    refused(lambda: LedgerEntry.objects.create(**facts, kind=Kind.PAYMENT, spent=Decimal(1)))


def test_entry_on_the_account_of_another_firm_is_refused():
    line, other = a_promise(), a_promise()
    account = FirmAccount.objects.get(firm=other.firm)
    facts = {"programme": line.programme, "cost_item": line.cost_item, "line": line, "on": date(2025, 4, 1)}
    refused(
        lambda: LedgerEntry.objects.create(**facts, account=account, kind=Kind.PROMISE, committed=Decimal(1))
    )


def test_budget_line_below_zero_is_refused_with_what_is_left_and_by_the_database():
    item = a_cost_item(budget=Decimal(1_000_000))
    line = a_promise(item, amount=900_000)
    with pytest.raises(actions.BudgetExceeded) as error, transaction.atomic():
        a_promise(item, amount=100_001)
    assert error.value.left == Decimal(100_000)
    facts = {"programme": item.programme, "cost_item": item, "line": line, "on": date(2025, 4, 1)}
    facts["account"] = FirmAccount.objects.get(firm=line.firm)
    refused(lambda: LedgerEntry.objects.create(**facts, kind=Kind.PROMISE, committed=Decimal(100_001)))


def test_reversal_gives_back_ceiling_budget_source_and_receipt():
    programme = a_programme()
    a_ceiling(programme, 1_000_000)
    source = a_source(programme, amount=Decimal(1_000_000))
    item, firm = a_cost_item(programme, budget=Decimal(1_000_000)), a_firm()
    line = a_paid_line(item, firm, receipt_number="77", amount=1_000_000)
    source.refresh_from_db()
    assert (source.left, line.paid) == (0, 1_000_000)
    actions.reverse(line=line, by=a_user(), reason="paid to the wrong account")
    for row in (source, item):
        row.refresh_from_db()
    assert (source.left, item.left, line.state, line.paid) == (1_000_000, 1_000_000, State.REVERSED, 0)
    payment, reversal = line.entries.filter(spent__lt=0).get().reverses, line.entries.latest("pk")
    assert (payment.kind, reversal.kind, reversal.spent) == (Kind.PAYMENT, Kind.REVERSAL, -payment.spent)
    assert a_paid_line(item, firm, receipt_number="77", amount=1_000_000).state == State.PAID


def test_reversal_needs_a_reason_and_happens_once():
    line = a_paid_line()
    with pytest.raises(actions.ReasonMissing):
        actions.reverse(line=line, by=a_user(), reason=" ")
    actions.reverse(line=line, by=a_user(), reason="twice")
    with pytest.raises(WrongMove):
        actions.reverse(line=line, by=a_user(), reason="again")
    entry = line.entries.filter(spent__gt=0).get()
    account = FirmAccount.objects.get(firm=line.firm)
    facts = {"programme": line.programme, "cost_item": line.cost_item, "line": line, "account": account}
    facts |= {"kind": Kind.REVERSAL, "on": date(2025, 5, 1), "reverses": entry, "source": entry.source}
    refused(lambda: LedgerEntry.objects.create(**facts, spent=-entry.spent))


def test_payment_takes_from_the_sources_in_their_order_and_leaves_out_the_firms_share():
    programme = a_programme()
    a_source(programme, kind="own", amount=Decimal(9_000_000), order=1)
    second, first = (a_source(programme, amount=Decimal(600_000), order=order) for order in (3, 2))
    line = a_paid_line(a_cost_item(programme), amount=1_000_000)
    paid = dict(line.entries.filter(spent__gt=0).values_list("source", "spent"))
    assert paid == {first.pk: Decimal(600_000), second.pk: Decimal(400_000)}


def test_payment_in_proportion_follows_the_split_to_the_won():
    programme = a_programme()
    national, province, city = (
        a_source(programme, amount=Decimal(amount)) for amount in (50_000_000, 30_000_000, 20_000_000)
    )
    line = a_paid_line(a_cost_item(programme, drawn_in_proportion=True), amount=1_000_001)
    paid = dict(line.entries.filter(spent__gt=0).values_list("source", "spent"))
    assert paid == {national.pk: 500_001, province.pk: 300_000, city.pk: 200_000}


def test_payment_the_sources_cannot_bear_is_refused():
    programme = a_programme()
    source = a_source(programme, amount=Decimal(999_999))
    line = actions.approve(line=a_claim(a_promise(a_cost_item(programme))), by=a_user())
    with pytest.raises(actions.SourcesExhausted), transaction.atomic():
        actions.settle(line=line, by=a_user(), on=date(2025, 4, 1), checks=CHECKS)
    assert FundingSource.objects.get(pk=source.pk).spent == 0


@given(
    shares=st.lists(st.integers(1, 10**9), min_size=1, max_size=5),
    percent=st.integers(1, 100),
)
@settings(max_examples=200, deadline=None)
def test_proportional_parts_add_up_and_differ_from_the_exact_share_by_less_than_a_won(shares, percent):
    total = sum(shares)
    amount = Decimal(max(1, total * percent // 100))
    parts = rules.in_proportion(amount, [Decimal(s) for s in shares], [Decimal(10**12)] * len(shares))
    assert sum(parts) == amount
    assert all(abs(part - amount * share / total) < 1 for part, share in zip(parts, shares, strict=True))


@given(left=st.lists(st.integers(0, 1000), min_size=1, max_size=5), share=st.integers(1, 100))
@settings(max_examples=200, deadline=None)
def test_parts_in_order_add_up_and_leave_nothing_in_earlier_sources(left, share):
    amount = Decimal(sum(left) * share // 100)
    parts = rules.in_order(amount, [Decimal(has) for has in left])
    assert sum(parts) == amount
    used = [index for index, part in enumerate(parts) if part]
    assert all(parts[index] == left[index] for index in used[:-1])


def test_claim_without_a_promise_commits_only_when_it_is_approved():
    item, firm = a_cost_item(), a_firm()
    a_ceiling(item.programme, 1_500_000)
    lines = [
        actions.claim_without_promise(
            cost_item=item, firm=firm, by=a_user(), receipt_number=str(number), receipt_issuer="IEG",
            receipt_on=date(2025, 1, 20), receipt_amount=Decimal(1_000_000),
        )
        for number in (1, 2)
    ]  # fmt: skip
    assert FirmAccount.objects.get(firm=firm).used == 0
    actions.approve(line=lines[0], by=a_user())
    with pytest.raises(actions.CeilingExceeded) as error, transaction.atomic():
        actions.approve(line=lines[1], by=a_user())
    assert error.value.left == Decimal(500_000)
    part = actions.approve(line=lines[1], by=a_user(), amount=Decimal(500_000), reason="ceiling")
    assert (part.approved, FirmAccount.objects.get(firm=firm).used) == (500_000, 1_500_000)


def test_partial_approval_needs_a_reason_and_never_more_than_was_claimed():
    line = a_claim()
    with pytest.raises(actions.ReasonMissing):
        actions.approve(line=line, by=a_user(), amount=line.amount - 1)
    for amount in (line.amount + 1, Decimal(0), Decimal(-5)):
        with pytest.raises(actions.MoreThanClaimed):
            actions.approve(line=line, by=a_user(), amount=amount)


def test_claim_sent_back_keeps_its_promise_and_is_claimed_again():
    line = a_claim(a_promise(amount=1_000_000), receipt_amount=Decimal(400_000), receipt_number="smudged")
    actions.send_back(line=line, by=a_user(), note="The number cannot be read.", fields=["receipt_number"])
    assert (line.state, line.returned_fields) == (State.RETURNED, ["receipt_number"])
    a_claim(line, receipt_number="4711", receipt_amount=Decimal(900_000))
    assert (line.state, line.amount, line.return_note) == (State.CLAIMED, 900_000, "")


def test_budget_is_entered_with_every_change_and_never_below_what_is_used():
    item = a_cost_item(budget=Decimal(5_000_000))
    a_promise(item, amount=2_000_000)
    item.budget = Decimal(3_000_000)
    actions.save_item(item=item, by=a_user())
    assert list(item.entries.filter(line=None).values_list("budget", flat=True)) == [5_000_000, -2_000_000]
    item.budget = Decimal(1_999_999)
    with pytest.raises(ValidationError):
        actions.save_item(item=item, by=a_user())


def test_transfer_moves_budget_when_another_person_approves():
    programme, officer = a_programme(), a_user()
    giver, taker = (a_cost_item(programme, budget=Decimal(5_000_000)) for _ in range(2))
    facts = {"from_item": giver, "to_item": taker, "reason": "Freight costs more"}
    transfer = actions.ask_transfer(**facts, amount=Decimal(2_000_000), by=officer)
    giver.refresh_from_db()
    assert giver.budget == 5_000_000
    with pytest.raises(actions.SamePerson), transaction.atomic():
        actions.decide_transfer(transfer=transfer, approve=True, by=officer)
    actions.decide_transfer(transfer=transfer, approve=True, by=a_user())
    for item in (giver, taker):
        item.refresh_from_db()
    assert (giver.budget, taker.budget) == (3_000_000, 7_000_000)
    with pytest.raises(WrongMove), transaction.atomic():
        actions.decide_transfer(transfer=transfer, approve=True, by=a_user())


def test_transfer_of_budget_used_meanwhile_is_refused_and_a_declined_one_moves_nothing():
    programme = a_programme()
    giver, taker = (a_cost_item(programme, budget=Decimal(5_000_000)) for _ in range(2))
    facts = {"from_item": giver, "to_item": taker, "reason": "x", "amount": Decimal(4_000_000)}
    transfer = actions.ask_transfer(**facts, by=a_user())
    a_promise(giver, amount=1_500_000)
    with pytest.raises(actions.BudgetExceeded), transaction.atomic():
        actions.decide_transfer(transfer=transfer, approve=True, by=a_user())
    actions.decide_transfer(transfer=transfer, approve=False, by=a_user(), reason="not now")
    giver.refresh_from_db()
    assert giver.budget == 5_000_000
    assert programme.ledger_entries.filter(kind=Kind.TRANSFER).aggregate(s=Sum("budget"))["s"] is None
