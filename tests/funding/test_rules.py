from datetime import date
from decimal import Decimal

import pytest

from bridgehead.funding import rules
from bridgehead.kit.money import NoRate


def supported(**changes):
    facts = {"receipt": Decimal(1000), "currency": "KRW", "on": date(2025, 3, 3), "percent": Decimal(100)}
    return rules.supported(**{**facts, "promised": Decimal(10_000_000), **changes})


def test_supported_receipt_in_won_is_paid_in_full():
    computed = supported()
    assert (computed.amount, computed.rate, computed.limited_by) == (Decimal(1000), Decimal(1), "")


def test_supported_share_is_a_percentage_of_the_receipt():
    assert supported(percent=Decimal(70)).amount == Decimal(700)


def test_supported_half_a_won_is_rounded_up():
    assert supported(receipt=Decimal(5), percent=Decimal(50)).amount == Decimal(3)


def test_supported_never_exceeds_the_promise():
    computed = supported(promised=Decimal(600))
    assert (computed.share, computed.amount, computed.limited_by) == (Decimal(1000), Decimal(600), "promise")


def test_supported_never_exceeds_what_the_cap_leaves():
    computed = supported(cap_left=Decimal(250))
    assert (computed.amount, computed.limited_by) == (Decimal(250), "cap")


def test_supported_foreign_receipt_is_converted_at_the_rate_of_its_day():
    computed = supported(receipt=Decimal("1000.00"), currency="EUR")
    assert computed.rate_on == date(2025, 3, 3)
    assert computed.converted == (computed.rate * 1000).quantize(Decimal(1))
    assert Decimal(1_400_000) < computed.converted < Decimal(1_650_000)


def test_supported_receipt_of_a_sunday_takes_the_rate_of_friday():
    assert supported(currency="EUR", on=date(2025, 3, 2)).rate_on == date(2025, 2, 28)


def test_supported_day_without_any_rate_is_refused():
    with pytest.raises(NoRate):
        supported(currency="EUR", on=date(1998, 1, 1))


def key(**changes):
    facts = {"number": "A-12", "issuer": "IEG S.p.A.", "on": date(2026, 1, 16), "currency": "EUR"}
    return rules.receipt_key(**{**facts, "amount": Decimal(100), **changes})


def test_receipt_key_ignores_spaces_dashes_and_capitals():
    assert key() == key(number=" a 12", issuer="ieg spa", amount=Decimal("100.00"))


@pytest.mark.parametrize("change", [{"number": "A-13"}, {"on": date(2026, 1, 17)}, {"amount": Decimal(101)}])
def test_receipt_key_tells_other_receipts_apart(change):
    assert key() != key(**change)


@pytest.mark.parametrize(
    ("years", "row"),
    [
        ([], ()),
        ([2024, 2021, 2022, 2023], (2021, 2022, 2023, 2024)),
        ([2019, 2021, 2022], (2021, 2022)),
        ([2018, 2019, 2021, 2022], (2021, 2022)),
        ([2016, 2017, 2018, 2021], (2016, 2017, 2018)),
    ],
)
def test_longest_run_is_of_consecutive_years(years, row):
    assert rules.longest_run(years) == row
