"""Made-up single amounts that add up to a sourced total, exactly."""

import random
from decimal import Decimal


def parts(*, total: Decimal, count: int, unit: Decimal, seed: int, weights: list[float] | None = None) -> list[Decimal]:
    """`count` positive multiples of `unit` whose sum is `total`; the same seed gives the same amounts.

    Without weights they spread as deal sizes do (log-normal). Raises ValueError if `total` is no multiple of `unit`
    or too small to give every part one.
    """
    units = total / unit
    if units != units.to_integral_value() or units < count:
        raise ValueError(f"{total} cannot be split into {count} multiples of {unit}")
    generator = random.Random(seed)
    shares = weights or [generator.lognormvariate(0, 0.9) for _ in range(count)]
    spare = int(units) - count
    whole = sum(shares)
    given = [int(spare * share / whole) for share in shares]
    for index in range(spare - sum(given)):  # what rounding down left over, one unit each
        given[index % count] += 1
    return [(1 + extra) * unit for extra in given]
