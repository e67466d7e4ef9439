"""Made-up single amounts that add up to a sourced total, exactly."""

import random
from decimal import Decimal


def parts(
    *, total: Decimal, count: int, unit: Decimal, seed: int, weights: list[float] | None = None
) -> list[Decimal]:
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


def within(*, limits: list[Decimal], total: Decimal, unit: Decimal) -> list[Decimal]:
    """An amount for each limit, none above it and none zero, in multiples of `unit`, adding up to `total` exactly.

    Raises ValueError where that is impossible.
    """
    room = [int(limit // unit) for limit in limits]
    wanted = int(total / unit)
    if wanted * unit != total or not len(room) <= wanted <= sum(room) or min(room, default=0) < 1:
        raise ValueError(f"{total} does not fit into {len(limits)} limits")
    share = wanted / sum(room)
    given = [max(1, int(limit * share)) for limit in room]
    position = 0
    while (missing := wanted - sum(given)) != 0:
        step = 1 if missing > 0 else -1
        if 1 <= given[position] + step <= room[position]:
            given[position] += step
        position = (position + 1) % len(given)
    return [units * unit for units in given]
