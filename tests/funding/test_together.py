"""Officers at the same moment, and any sequence of actions: the balance is always the sum of the lines."""

import contextlib
import random
import sqlite3
import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, connections, transaction

from bridgehead.accounts.models import User
from bridgehead.funding import actions, rules
from bridgehead.funding.actions import CHECKS
from bridgehead.funding.models import CostItem, FirmAccount, FundingSource, LedgerEntry, SupportLine
from bridgehead.kit.states import WrongMove
from bridgehead.organisations.models import Organisation
from tests.factories.funding import a_ceiling, a_claim, a_cost_item, a_promise, a_source
from tests.factories.organisations import a_firm, a_user
from tests.factories.programmes import a_programme

State = SupportLine.State


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """A database that threads may share. SQLite's test database lives in memory, which they cannot: they get a copy
    of it in a file, with the journal and the lock of the real thing."""
    named = connections.settings["default"]["NAME"]

    def use_the_file():
        path = tmp_path / "shared.sqlite3"
        with contextlib.closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        connections.settings["default"]["NAME"] = str(path)

    yield use_the_file if connection.vendor == "sqlite" else lambda: None
    connections.settings["default"]["NAME"] = named


def in_threads(work, arguments):
    """Run `work` for each argument, all released at once, each with a connection of its own."""
    arguments, results = list(arguments), []
    start = threading.Barrier(len(arguments))

    def run(argument):
        start.wait()
        try:
            results.append(work(argument))
        except Exception as error:
            results.append(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[argument]) for argument in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_promises_at_the_same_moment_stop_exactly_at_the_ceiling(shared_database):
    """20 promises of 1M under a ceiling of 8M: 8 pass, 12 are told that nothing is left."""
    item, firm, officer = a_cost_item(), a_firm(), a_user()
    a_ceiling(item.programme, 8_000_000)
    shared_database()

    def promise(_number):
        return actions.promise(
            programme=CostItem.objects.get(pk=item.pk).programme,
            firm=Organisation.objects.get(pk=firm.pk),
            cost_item=CostItem.objects.get(pk=item.pk),
            amount=Decimal(1_000_000),
            by=User.objects.get(pk=officer.pk),
        )

    results = in_threads(promise, range(20))
    refused = [result for result in results if isinstance(result, actions.CeilingExceeded)]
    assert sum(isinstance(result, SupportLine) for result in results) == 8
    assert [error.left for error in refused] == [Decimal(0)] * 12
    [account] = in_threads(lambda pk: FirmAccount.objects.get(firm=pk), [firm.pk])
    assert (account.committed, account.left) == (Decimal(8_000_000), Decimal(0))


def test_two_officers_approving_one_claim_at_the_same_moment_approve_it_once(shared_database):
    item, firm, approvers = a_cost_item(mode=CostItem.Mode.IN_KIND), a_firm(), [a_user() for _ in range(4)]
    line = actions.promise(
        programme=item.programme, firm=firm, cost_item=item, amount=Decimal(1_000_000), by=a_user()
    )
    shared_database()

    def approve(pk):
        return actions.approve(line=SupportLine.objects.get(pk=line.pk), by=User.objects.get(pk=pk))

    results = in_threads(approve, [person.pk for person in approvers])
    assert sum(isinstance(result, SupportLine) for result in results) == 1
    assert sum(isinstance(result, WrongMove) for result in results) == 3


def test_approvals_at_the_same_moment_stop_exactly_at_ceiling_and_budget(shared_database):
    """20 claims of 1M that nobody had promised, each approved by an officer of its own: a ceiling of 8M and a budget line of
    5M on the second item let exactly 8 pass, of which at most 5 on that item."""
    programme, firm = a_programme(), a_firm()
    a_ceiling(programme, 8_000_000)
    items = [a_cost_item(programme, budget=Decimal(budget)) for budget in (20_000_000, 5_000_000)]
    claims = [
        actions.claim_without_promise(
            cost_item=items[number % 2], firm=firm, by=a_user(), receipt_number=str(number), receipt_issuer="IEG",
            receipt_on=date(2025, 1, 20), receipt_amount=Decimal(1_000_000),
        ).pk
        for number in range(20)
    ]  # fmt: skip
    approvers = [a_user().pk for _ in claims]
    shared_database()

    def approve(pair):
        line = SupportLine.objects.get(pk=pair[0])
        return actions.approve(line=line, by=User.objects.get(pk=pair[1]))

    results = in_threads(approve, zip(claims, approvers, strict=True))
    passed = [result for result in results if isinstance(result, SupportLine)]
    assert len(passed) == 8, results
    refused = (actions.CeilingExceeded, actions.BudgetExceeded)
    assert sum(isinstance(result, refused) for result in results) == 12
    assert sum(line.cost_item_id == items[1].pk for line in passed) <= 5
    [account] = in_threads(lambda pk: FirmAccount.objects.get(firm=pk), [firm.pk])
    assert (account.committed, account.left) == (Decimal(8_000_000), Decimal(0))


def test_one_receipt_claimed_by_two_at_the_same_moment_is_used_once(shared_database):
    lines, maker = [a_promise().pk for _ in range(6)], a_user()
    shared_database()

    def claim(pk):
        line = SupportLine.objects.get(pk=pk)
        by = User.objects.get(pk=maker.pk)
        return a_claim(line, by=by, receipt_number="77", receipt_amount=Decimal(500_000))

    results = in_threads(claim, lines)
    assert sum(isinstance(result, SupportLine) for result in results) == 1, results
    assert sum(isinstance(result, actions.ReceiptUsed) for result in results) == 5


def test_payments_at_the_same_moment_never_overdraw_a_source(shared_database):
    programme = a_programme()
    a_source(programme, amount=Decimal(3_000_000))
    items = [a_cost_item(programme) for _ in range(8)]
    lines = [actions.approve(line=a_claim(a_promise(item)), by=a_user()).pk for item in items]
    payer = a_user()
    shared_database()

    def pay(pk):
        line = SupportLine.objects.get(pk=pk)
        return actions.settle(line=line, by=User.objects.get(pk=payer.pk), on=date(2025, 4, 1), checks=CHECKS)

    results = in_threads(pay, lines)
    assert sum(isinstance(result, SupportLine) for result in results) == 3, results
    assert sum(isinstance(result, actions.SourcesExhausted) for result in results) == 5


def one_step(dice, items, firms, people):
    """One random action on one random line; refused ones change nothing."""
    by, on = dice.choice(people), date(2025, 1, dice.randint(1, 28))
    lines = list(SupportLine.objects.order_by("pk"))
    line = dice.choice(lines) if lines else None
    verbs = ["promise", "claim", "approve", "settle", "refuse", "send_back", "reverse"]
    verb = dice.choice(verbs) if line else "promise"
    with transaction.atomic():
        if verb == "promise":
            item, amount = dice.choice(items), Decimal(dice.randint(1, 4_000_000))
            actions.promise(
                programme=item.programme, firm=dice.choice(firms), cost_item=item, amount=amount, by=by
            )
        elif verb == "claim":
            amount = Decimal(dice.randint(1, 6_000_000))
            facts = {"receipt_number": str(dice.randint(1, 9)), "receipt_issuer": "IEG", "receipt_on": on}
            actions.claim(line=line, by=by, receipt_amount=amount, **facts)
        elif verb == "approve":
            amount = dice.choice([None, max(Decimal(1), line.amount - dice.randint(0, 500_000))])
            actions.approve(line=line, by=by, amount=amount, reason="random")
        elif verb == "settle":
            actions.settle(line=line, by=by, on=on, checks=CHECKS)
        elif verb == "send_back":
            actions.send_back(line=line, by=by, note="random")
        elif verb == "reverse":
            actions.reverse(line=line, by=by, reason="random")
        else:
            actions.refuse(line=line, by=by, reason="random")


REFUSALS = (
    actions.BudgetExceeded,
    actions.CapExceeded,
    actions.CeilingExceeded,
    actions.FourEyes,
    actions.MoreThanClaimed,
    actions.NothingSupported,
    actions.ReceiptUsed,
    actions.SourcesExhausted,
    WrongMove,
)


def the_balances_add_up(programme):
    """Every balance is the sum of its entries and of what its lines weigh, and within its limit."""
    lines = list(SupportLine.objects.filter(programme=programme))
    entries = list(LedgerEntry.objects.filter(programme=programme))
    for account in FirmAccount.objects.filter(programme=programme):
        own = [rules.weight(line) for line in lines if line.firm_id == account.firm_id]
        assert account.committed == sum(weight.committed for weight in own)
        assert account.spent == sum(weight.spent for weight in own)
        assert account.spent == sum(e.spent for e in entries if e.account_id == account.pk)
        assert account.left >= 0
    for item in CostItem.objects.filter(programme=programme):
        of_item = [entry for entry in entries if entry.cost_item_id == item.pk]
        for column in ("budget", "committed", "spent"):
            assert getattr(item, column) == sum(getattr(entry, column) for entry in of_item)
        assert item.left >= 0
    for source in FundingSource.objects.filter(programme=programme):
        assert source.spent == sum(entry.spent for entry in entries if entry.source_id == source.pk)
        assert 0 <= source.spent <= source.amount


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_balance_is_the_sum_of_the_lines_after_any_sequence_of_actions(seed):
    dice, programme = random.Random(seed), a_programme()
    a_ceiling(programme, 8_000_000)
    kinds = [{"rate": Decimal(70)}, {"cap": Decimal(3_000_000)}, {"mode": CostItem.Mode.IN_KIND}]
    items, firms = [a_cost_item(programme, **kind) for kind in kinds], [a_firm(), a_firm()]
    a_source(programme, amount=Decimal(9_000_000))
    people, done = [a_user() for _ in range(3)], 0
    for _step in range(60):
        try:
            one_step(dice, items, firms, people)
            done += 1
        except REFUSALS:
            pass
        the_balances_add_up(programme)
    assert done > 10
