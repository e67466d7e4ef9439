"""Made-up amounts that add up to a sourced total, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridgehead.portal.demo.amounts import parts, within

UNIT = Decimal(10_000)


@given(st.integers(1, 600), st.integers(0, 20_000), st.integers(0, 10**6))
def test_parts_are_positive_multiples_that_add_up(count, spare, seed):
    total = (count + spare) * UNIT
    amounts = parts(total=total, count=count, unit=UNIT, seed=seed)
    assert len(amounts) == count
    assert sum(amounts) == total
    assert min(amounts) >= UNIT
    assert {amount % UNIT for amount in amounts} == {0}
    assert parts(total=total, count=count, unit=UNIT, seed=seed) == amounts


@given(st.lists(st.integers(1, 500), min_size=1, max_size=200), st.data())
def test_within_stays_below_every_limit_and_adds_up(room, data):
    wanted = data.draw(st.integers(len(room), sum(room)))
    limits = [units * UNIT for units in room]
    amounts = within(limits=limits, total=wanted * UNIT, unit=UNIT)
    assert sum(amounts) == wanted * UNIT
    assert all(UNIT <= amount <= limit for amount, limit in zip(amounts, limits, strict=True))
    assert {amount % UNIT for amount in amounts} == {0}


def test_parts_follow_weights():
    assert parts(total=Decimal(100), count=2, unit=Decimal(1), seed=0, weights=[3, 1]) == [
        Decimal(75),
        Decimal(25),
    ]


@pytest.mark.parametrize(
    ("total", "count"),
    [(Decimal(105), 2), (Decimal(20), 3), (Decimal(0), 1)],
    ids=["no multiple", "too small", "nothing"],
)
def test_parts_refuse_what_cannot_be_split(total, count):
    with pytest.raises(ValueError, match="cannot be split"):
        parts(total=total, count=count, unit=Decimal(10), seed=1)


@pytest.mark.parametrize(
    ("limits", "total"),
    [([30, 30], 70), ([30, 30], 10), ([30, 30], 35), ([30, 0], 20), ([], 10)],
    ids=["too much", "too little", "no multiple", "a limit of nothing", "no limits"],
)
def test_within_refuses_what_does_not_fit(limits, total):
    with pytest.raises(ValueError, match="does not fit"):
        within(limits=[Decimal(limit) for limit in limits], total=Decimal(total), unit=Decimal(10))
