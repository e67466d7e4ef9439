"""What may happen to a support line, and how much of a receipt is supported. Plain values in, plain values out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any, NamedTuple

from bridgehead.funding.models import CostItem, SupportLine, Terms
from bridgehead.kit.money import convert, quantize
from bridgehead.kit.states import Moves

State, Mode = SupportLine.State, CostItem.Mode
WON = "KRW"

#: Support in kind needs no receipt of the firm; both kinds are approved by a second person before they are settled.
MOVES: dict[str, Moves] = {
    Mode.CASH: {
        State.PROMISED: frozenset({State.CLAIMED, State.REFUSED}),
        State.CLAIMED: frozenset({State.APPROVED, State.RETURNED, State.REFUSED}),
        State.RETURNED: frozenset({State.CLAIMED, State.REFUSED}),
        State.APPROVED: frozenset({State.PAID, State.REFUSED}),
        State.PAID: frozenset({State.REVERSED}),
    },
    Mode.IN_KIND: {
        State.PROMISED: frozenset({State.APPROVED, State.REFUSED}),
        State.APPROVED: frozenset({State.GIVEN, State.REFUSED}),
        State.GIVEN: frozenset({State.REVERSED}),
    },
    #: A voucher is given back, or taken up again; a booking drawn from it is given back, or claimed by its provider.
    Mode.VOUCHER: {
        State.PROMISED: frozenset({State.CLAIMED, State.RELEASED}),
        State.RELEASED: frozenset({State.PROMISED}),
        State.CLAIMED: frozenset({State.APPROVED, State.RETURNED, State.REFUSED}),
        State.RETURNED: frozenset({State.CLAIMED, State.REFUSED}),
        State.APPROVED: frozenset({State.PAID, State.REFUSED}),
        State.PAID: frozenset({State.REVERSED}),
    },
}
COMMITTED = (State.PROMISED, State.CLAIMED, State.RETURNED, State.APPROVED)
SPENT = (State.PAID, State.GIVEN)
#: A claim in these states has a day by which it is to be settled.
UNSETTLED = (State.CLAIMED, State.APPROVED)
LIVE = (*COMMITTED, *SPENT)


def settled(mode: str) -> SupportLine.State:
    """The last state of a line: paid, or given in kind."""
    return State.GIVEN if mode == Mode.IN_KIND else State.PAID


class Weight(NamedTuple):
    """What a line adds to the balances of its firm and cost item."""

    committed: Decimal
    spent: Decimal


NOTHING = Weight(Decimal(0), Decimal(0))


def weight(line: SupportLine) -> Weight:
    """What a line in this state weighs. A claim without a promise commits nothing before it is approved; what bookings
    draw from a voucher weighs there."""
    if line.state in SPENT:
        return Weight(Decimal(0), line.approved or Decimal(0))
    if line.state == State.APPROVED:
        return Weight(line.approved or Decimal(0), Decimal(0))
    if line.state in COMMITTED and line.promised:
        return Weight(line.amount - line.drawn, Decimal(0))
    return NOTHING


def in_order(amount: Decimal, left: Sequence[Decimal]) -> list[Decimal]:
    """How much of an amount each source pays, the first as much as it has, then the next. They must have enough."""
    parts = []
    for has in left:
        part = min(amount, has)
        parts.append(part)
        amount -= part
    return parts


def in_proportion(
    amount: Decimal, shares: Sequence[Decimal], left: Sequence[Decimal]
) -> list[Decimal] | None:
    """An amount in whole won split as the shares are, the largest remainders rounded up; None where a source has not
    enough left for its part."""
    total = sum(shares)
    exact = [amount * share / total for share in shares]
    parts = [part.to_integral_value(ROUND_FLOOR) for part in exact]
    missing = int(amount - sum(parts))
    for index in sorted(range(len(exact)), key=lambda i: parts[i] - exact[i])[:missing]:
        parts[index] += 1
    return parts if all(part <= has for part, has in zip(parts, left, strict=True)) else None


@dataclass(frozen=True)
class Units:
    """What is counted in units: how many are claimed, how many the firm's stand entitles it to, what one costs at most."""

    unit: str
    claimed: Decimal
    entitled: Decimal | None = None
    price: Decimal | None = None

    @property
    def borne(self) -> Decimal:
        return self.claimed if self.entitled is None else min(self.claimed, self.entitled)


def units_of(terms: Terms, *, quantity: Decimal | None, area: Decimal | None) -> Units | None:
    """The units of a claim; None where the terms do not count. With 9 m² for one CBM, a stand of 18 m² is entitled to 2."""
    if not terms.unit or not quantity:
        return None
    entitled = area / terms.metres_per_unit if area and terms.metres_per_unit else None
    return Units(terms.unit, quantity, entitled and entitled.quantize(Decimal("0.001")), terms.unit_price)


def units_by_weight(kilograms: Decimal, terms: Terms) -> Decimal:
    """Freight by air is weighed: with 167 kg for one CBM, 334 kg are 2."""
    return (kilograms / (terms.kilograms_per_unit or Decimal(167))).quantize(Decimal("0.001"))


@dataclass(frozen=True)
class Computation:
    """From the receipt to the supported amount, every step kept: that is what the auditor recomputes."""

    receipt: Decimal
    currency: str
    rate: Decimal
    rate_on: date
    converted: Decimal
    percent: Decimal
    share: Decimal
    promised: Decimal | None
    cap_left: Decimal | None
    amount: Decimal
    unit: str = ""
    units_claimed: Decimal | None = None
    units_entitled: Decimal | None = None
    unit_price: Decimal | None = None
    by_units: Decimal | None = None

    @property
    def limited_by(self) -> str:
        """Which limit cut the share: "units", "cap", "promise", or nothing."""
        limits = {"units": self.by_units, "promise": self.promised, "cap": self.cap_left}
        if self.amount == self.share:
            return ""
        return next((name for name, limit in limits.items() if limit == self.amount), "cap")

    def as_json(self) -> dict[str, Any]:
        facts = {name: str(value) for name, value in vars(self).items() if value is not None}
        return {**facts, "limited_by": self.limited_by}


def supported(
    *,
    receipt: Decimal,
    currency: str,
    on: date,
    percent: Decimal,
    promised: Decimal | None,
    cap_left: Decimal | None = None,
    units: Units | None = None,
) -> Computation:
    """The receipt in won at the rate of its day, times the share supported, at most what its units come to, the promise and
    what the cap leaves. Raises kit.money.NoRate when the day has no rate."""
    converted = convert(receipt, currency, WON, on=on)
    share = quantize(converted.money.amount * percent / 100, WON)
    by_units = _by_units(share, units)
    limits = [share, *(limit for limit in (by_units, promised, cap_left) if limit is not None)]
    return Computation(
        receipt=receipt,
        currency=currency,
        rate=converted.rate,
        rate_on=converted.rate_date,
        converted=converted.money.amount,
        percent=percent,
        share=share,
        promised=promised,
        cap_left=cap_left,
        amount=min(limits),
        unit=units.unit if units else "",
        units_claimed=units.claimed if units else None,
        units_entitled=units.entitled if units else None,
        unit_price=units.price if units else None,
        by_units=by_units,
    )


def _by_units(share: Decimal, units: Units | None) -> Decimal | None:
    """What the borne units come to: their part of the share, and at most the price of each."""
    if units is None:
        return None
    part = quantize(share * units.borne / units.claimed, WON)
    return part if units.price is None else min(part, quantize(units.borne * units.price, WON))


def vat_adds_up(total: Decimal, vat: Decimal) -> bool:
    """VAT is a tenth of the supply value; a receipt that mixes taxed and exempt goods has less, never more."""
    return 0 <= vat <= total / 11 + 1


def folded(text: str) -> str:
    """A name without spaces, signs and capitals, as far as it tells one from another."""
    return re.sub(r"[\W_]+", "", text).casefold()


def past_key(*, firm: int, item: str, supplier: str, on: date, total: Decimal, evidence: str) -> str:
    """How one row of an imported settlement is known again, in whichever file it stands."""
    words = (folded(text)[:60] for text in (item, supplier, evidence))
    return "|".join([str(firm), on.isoformat(), f"{total:.0f}", *words])[:240]


def receipt_key(*, number: str, issuer: str, on: date, amount: Decimal, currency: str) -> str:
    """How one receipt is known again, whoever types it: spaces, dashes and capitals do not make it another."""
    words = (folded(text) for text in (number, issuer))
    return "|".join([*words, on.isoformat(), f"{amount:.2f}", currency])[:240]


def longest_run(years: Iterable[int]) -> tuple[int, ...]:
    """The longest row of consecutive years, the latest one of several: (2021, 2022, 2023, 2024)."""
    best: tuple[int, ...] = ()
    run: tuple[int, ...] = ()
    for year in sorted(set(years)):
        run = (*run, year) if run and year == run[-1] + 1 else (year,)
        best = run if len(run) >= len(best) else best
    return best
