"""Does an application give an answer that a quota or a bonus names? Pure."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any


def gives(answers: Mapping[str, Any], key: str, value: str) -> bool:
    """One of several choices counts as well; numbers and yes or no are compared as they are written."""
    given = answers.get(key)
    if given is None:
        return False
    return value in [_written(one) for one in (given if isinstance(given, list) else [given])]


def _written(given: Any) -> str:
    return str(given).lower() if isinstance(given, bool) else str(given)


def number_of(given: Any) -> Decimal | None:
    """A figure as people type it, with commas between thousands; None for anything else."""
    try:
        figure = Decimal(str(given).replace(",", "").strip())
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def earns(answers: Mapping[str, Any], key: str, rule: str, value: str) -> bool:
    """The rule of a bonus: `is`, `at_least` or `at_most`. What is no number earns nothing."""
    if rule == "is":
        return gives(answers, key, value)
    given, bound = number_of(answers.get(key)), number_of(value)
    if given is None or bound is None:
        return False
    return given >= bound if rule == "at_least" else given <= bound
