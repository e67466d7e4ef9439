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
from bridgehead.funding import actions
from bridgehead.funding.models import CostItem, FirmAccount, SupportLine
from bridgehead.funding.rules import COMMITTED, SPENT
from bridgehead.kit.states import WrongMove
from bridgehead.organisations.models import Organisation
from tests.factories.funding import a_ceiling, a_cost_item
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


def one_step(dice, items, firms, people):
    """One random action on one random line; refused ones change nothing."""
    by, on = dice.choice(people), date(2025, 1, dice.randint(1, 28))
    lines = list(SupportLine.objects.order_by("pk"))
    line = dice.choice(lines) if lines else None
    verb = dice.choice(["promise", "claim", "approve", "settle", "refuse"]) if line else "promise"
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
            actions.approve(line=line, by=by)
        elif verb == "settle":
            actions.settle(line=line, by=by, on=on)
        else:
            actions.refuse(line=line, by=by, reason="random")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_balance_is_the_sum_of_the_lines_after_any_sequence_of_actions(seed):
    dice, programme = random.Random(seed), a_programme()
    a_ceiling(programme, 8_000_000)
    kinds = [{"rate": Decimal(70)}, {"cap": Decimal(3_000_000)}, {"mode": CostItem.Mode.IN_KIND}]
    items, firms = [a_cost_item(programme, **kind) for kind in kinds], [a_firm(), a_firm()]
    people, done = [a_user() for _ in range(3)], 0
    for _step in range(60):
        try:
            one_step(dice, items, firms, people)
            done += 1
        except (
            actions.CeilingExceeded,
            actions.CapExceeded,
            actions.FourEyes,
            actions.NothingSupported,
            actions.ReceiptUsed,
            WrongMove,
        ):
            pass
        for account in FirmAccount.objects.all():
            lines = SupportLine.objects.filter(firm=account.firm_id)
            assert account.committed == sum(line.amount for line in lines if line.state in COMMITTED)
            assert account.spent == sum(line.amount for line in lines if line.state in SPENT)
            assert account.left >= 0
    assert done > 10
