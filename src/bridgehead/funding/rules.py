"""What may happen to a support line, and how much of a receipt is supported. Plain values in, plain values out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bridgehead.funding.models import CostItem, SupportLine
from bridgehead.kit.money import convert, quantize
from bridgehead.kit.states import Moves

State, Mode = SupportLine.State, CostItem.Mode
WON = "KRW"

#: Support in kind needs no receipt of the firm; both kinds are approved by a second person before they are settled.
MOVES: dict[str, Moves] = {
    Mode.CASH: {
        State.PROMISED: frozenset({State.CLAIMED, State.REFUSED}),
        State.CLAIMED: frozenset({State.APPROVED, State.REFUSED}),
        State.APPROVED: frozenset({State.PAID, State.REFUSED}),
    },
    Mode.IN_KIND: {
        State.PROMISED: frozenset({State.APPROVED, State.REFUSED}),
        State.APPROVED: frozenset({State.GIVEN, State.REFUSED}),
    },
}
COMMITTED = (State.PROMISED, State.CLAIMED, State.APPROVED)
SPENT = (State.PAID, State.GIVEN)
LIVE = (*COMMITTED, *SPENT)


def settled(mode: str) -> SupportLine.State:
    """The last state of a line: paid in cash, or given in kind."""
    return State.PAID if mode == Mode.CASH else State.GIVEN


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
    promised: Decimal
    cap_left: Decimal | None
    amount: Decimal

    @property
    def limited_by(self) -> str:
        """Which limit cut the share: "cap", "promise", or nothing."""
        if self.amount == self.share:
            return ""
        return "promise" if self.amount == self.promised else "cap"

    def as_json(self) -> dict[str, Any]:
        facts = {name: str(value) for name, value in vars(self).items() if value is not None}
        return {**facts, "limited_by": self.limited_by}


def supported(
    *,
    receipt: Decimal,
    currency: str,
    on: date,
    percent: Decimal,
    promised: Decimal,
    cap_left: Decimal | None = None,
) -> Computation:
    """The receipt in won at the rate of its day, times the share supported, at most the promise and what the cap
    leaves. Raises kit.money.NoRate when the day has no rate."""
    converted = convert(receipt, currency, WON, on=on)
    share = quantize(converted.money.amount * percent / 100, WON)
    limits = [share, promised] + ([] if cap_left is None else [cap_left])
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
    )


def receipt_key(*, number: str, issuer: str, on: date, amount: Decimal, currency: str) -> str:
    """How one receipt is known again, whoever types it: spaces, dashes and capitals do not make it another."""
    words = (re.sub(r"[\W_]+", "", text).casefold() for text in (number, issuer))
    return "|".join([*words, on.isoformat(), f"{amount:.2f}", currency])[:240]


def longest_run(years: Iterable[int]) -> tuple[int, ...]:
    """The longest row of consecutive years, the latest one of several: (2021, 2022, 2023, 2024)."""
    best: tuple[int, ...] = ()
    run: tuple[int, ...] = ()
    for year in sorted(set(years)):
        run = (*run, year) if run and year == run[-1] + 1 else (year,)
        best = run if len(run) >= len(best) else best
    return best
