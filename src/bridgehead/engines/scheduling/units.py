"""CP-SAT counts in whole numbers: find the unit in which all given numbers are whole."""

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from bridgehead.engines.scheduling.fields import InstanceError
from bridgehead.engines.scheduling.instance import Number

FINEST = 1_000_000


def common_units(numbers: Iterable[Number | Fraction], place: str) -> int:
    """The least `u` such that every number times `u` is whole.

    Raises `InstanceError` when that needs more than six decimals, since rounding would make the stated
    bounds wrong.
    """
    units = lcm(*{exact(number).denominator for number in set(numbers)})
    if units > FINEST:
        raise InstanceError(place, "numbers may have at most six decimals")
    return units


def exact(number: Number | Fraction) -> Fraction:
    """The number as it was written, e.g. 0.1 as one tenth."""
    return number if isinstance(number, Fraction) else Fraction(str(number))
