"""Random facts as records would give them, for property tests."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bridgehead.outcomes.rules import STAGES, Fact

AMOUNTS = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)


@st.composite
def facts(draw):
    """Consultations of a few firms, countries and days, each with some rungs above it."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        firm, country = draw(st.integers(1, 3)), draw(st.sampled_from(["IT", "FR", ""]))
        day = date(2026, 1, 16) + timedelta(days=draw(st.integers(0, 4)))
        for stage in STAGES[: draw(st.integers(1, len(STAGES)))]:
            confirmed = stage in STAGES[2:] and draw(st.booleans())
            found.append(Fact(stage, str(number), firm, country, day, draw(AMOUNTS), confirmed))
    return found


def fact(stage: str, consultation: str = "1", amount: int | None = 100, *, confirmed: bool = False) -> Fact:
    return Fact(
        stage,
        consultation,
        1,
        "IT",
        date(2026, 1, 16),
        None if amount is None else Decimal(amount),
        confirmed,
    )
