"""Figures of facts: each stage stated alone, however they are grouped."""

from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given

from bridgehead.outcomes.rules import STAGES, Ladder, Rung, confirmed_wins, ladder_of, ladders_by
from tests.outcomes.facts import fact, facts


def together(ladders: Iterable[Ladder]) -> Ladder:
    """Rung by rung, never across rungs."""
    whole = Ladder()
    for ladder in ladders:
        for stage, rung in ladder.rungs.items():
            whole[stage].count += rung.count
            whole[stage].amount += rung.amount
            whole[stage].without_rate += rung.without_rate
    return whole


@given(facts())
@pytest.mark.parametrize("key", ["firm", "country", "day"])
def test_parts_of_every_breakdown_add_up_to_the_ladder(key, found):
    parts = ladders_by(found, lambda each: getattr(each, key))
    assert together(parts.values()) == ladder_of(found)
    assert all(any(rung.count for rung in ladder.rungs.values()) for ladder in parts.values())


@given(facts())
def test_no_stage_counts_more_than_the_one_below_it(found):
    counts = [ladder_of(found)[stage].count for stage in STAGES]
    assert counts == sorted(counts, reverse=True)


@given(facts())
def test_wins_are_some_of_the_signed(found):
    wins, signed = confirmed_wins(found), ladder_of(found)["signed"]
    assert wins.count <= signed.count
    assert wins.amount <= signed.amount


def test_ladder_of_nothing_states_every_stage_as_zero():
    assert ladder_of([]).rungs == {stage: Rung() for stage in STAGES}
    assert STAGES == ("consultation", "pursued", "signed", "shipped", "paid")


def test_fact_without_a_rate_counts_and_its_amount_is_left_out():
    ladder = ladder_of([fact("pursued", amount=None), fact("pursued", "2", 40)])
    assert ladder["pursued"] == Rung(count=2, amount=Decimal(40), without_rate=1)


@pytest.mark.parametrize(
    "confirmed", [["signed"], ["paid"], ["shipped", "paid"], ["signed", "shipped", "paid"]]
)
def test_confirmed_win_counts_once_with_the_signed_amount(confirmed):
    amounts = {"consultation": 500, "pursued": 400, "signed": 300, "shipped": 200, "paid": 100}
    found = [fact(stage, amount=amount, confirmed=stage in confirmed) for stage, amount in amounts.items()]
    assert confirmed_wins(found) == Rung(count=1, amount=Decimal(300))


def test_nothing_confirmed_is_no_win():
    assert confirmed_wins([fact("pursued"), fact("signed")]) == Rung()


def test_confirmed_pursued_is_no_win():
    assert confirmed_wins([fact("pursued", confirmed=True), fact("signed")]) == Rung()


def test_win_without_a_rate_is_counted_and_reported():
    assert confirmed_wins([fact("signed", amount=None, confirmed=True)]) == Rung(count=1, without_rate=1)
