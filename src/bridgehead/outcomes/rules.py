"""The ladder as figures: facts in one currency, grouped by whatever the reader asks, stages never added together."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from bridgehead.floor.models import Stage

Key = TypeVar("Key", bound=Hashable)

CONSULTATION = "consultation"
#: Lowest first; the order in which every page, file and chart states them.
STAGES = (CONSULTATION, *Stage.values)
WINNING = frozenset({Stage.SIGNED.value, Stage.SHIPPED.value, Stage.PAID.value})


@dataclass(frozen=True)
class Fact:
    """One consultation at one rung. `amount` is in the programme's currency; None where no rate exists for its day."""

    stage: str
    consultation: str
    firm: int
    country: str
    day: date
    amount: Decimal | None
    confirmed: bool = False


@dataclass
class Rung:
    count: int = 0
    amount: Decimal = Decimal(0)
    without_rate: int = 0

    def add(self, fact: Fact) -> None:
        self.count += 1
        if fact.amount is None:
            self.without_rate += 1
        else:
            self.amount += fact.amount


@dataclass
class Ladder:
    """One rung per stage, each stated alone."""

    rungs: dict[str, Rung] = field(default_factory=lambda: {stage: Rung() for stage in STAGES})

    def __getitem__(self, stage: str) -> Rung:
        return self.rungs[stage]

    def add(self, fact: Fact) -> None:
        self.rungs[fact.stage].add(fact)


def ladder_of(facts: Iterable[Fact]) -> Ladder:
    ladder = Ladder()
    for fact in facts:
        ladder.add(fact)
    return ladder


def ladders_by(facts: Iterable[Fact], key: Callable[[Fact], Key]) -> dict[Key, Ladder]:
    """A ladder for each firm, country or day that occurs."""
    ladders: dict[Key, Ladder] = {}
    for fact in facts:
        ladders.setdefault(key(fact), Ladder()).add(fact)
    return ladders


def confirmed_wins(facts: Iterable[Fact]) -> Rung:
    """Deals whose firm confirmed that they were won. Each counts once, with the amount that was signed."""
    facts = list(facts)
    confirmed = {fact.consultation for fact in facts if fact.confirmed and fact.stage in WINNING}
    wins = Rung()
    for fact in facts:
        if fact.stage == Stage.SIGNED and fact.consultation in confirmed:
            wins.add(fact)
    return wins
