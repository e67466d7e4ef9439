"""Typed access to one JSON object, so that every complaint names the place in the file."""

import math
from collections.abc import Mapping, Sequence
from typing import Any


class InstanceError(ValueError):
    """The input cannot be understood. `place` is where, e.g. `requests[3].weight`."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place = place
        self.why = why


def mapping(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InstanceError(place, "must be an object")
    return value


def items(source: Mapping[str, Any], key: str, place: str = "") -> Sequence[Any]:
    """The list at `key`; absent or null is empty."""
    value = source.get(key)
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise InstanceError(_join(place, key), "must be a list")
    return value


def text(source: Mapping[str, Any], key: str, place: str) -> str:
    value = optional_text(source, key, place)
    if value is None:
        raise InstanceError(_join(place, key), "is missing")
    return value


def optional_text(source: Mapping[str, Any], key: str, place: str) -> str | None:
    value = source.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise InstanceError(_join(place, key), "must be a text that is not empty")
    return value


def texts(source: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    values = items(source, key, place)
    for i, value in enumerate(values):
        if not isinstance(value, str):
            raise InstanceError(f"{_join(place, key)}[{i}]", "must be a text")
    return tuple(values)


def optional_texts(source: Mapping[str, Any], key: str, place: str) -> tuple[str, ...] | None:
    return None if source.get(key) is None else texts(source, key, place)


def number(source: Mapping[str, Any], key: str, place: str, default: int | float) -> int | float:
    """A finite number. NaN, infinities and booleans are refused."""
    value = source.get(key)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InstanceError(_join(place, key), "must be a finite number")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def whole(source: Mapping[str, Any], key: str, place: str, default: int) -> int:
    """A whole number that is not negative."""
    value = optional_whole(source, key, place)
    return default if value is None else value


def optional_whole(source: Mapping[str, Any], key: str, place: str) -> int | None:
    value = source.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InstanceError(_join(place, key), "must be a whole number, 0 or more")
    return value


def truth(source: Mapping[str, Any], key: str, place: str, default: bool) -> bool:
    value = source.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise InstanceError(_join(place, key), "must be true or false")
    return value


def choice(source: Mapping[str, Any], key: str, place: str, allowed: Sequence[str], default: str) -> str:
    value = source.get(key)
    if value is None:
        return default
    if value not in allowed:
        raise InstanceError(_join(place, key), f"must be one of {', '.join(allowed)}")
    return value


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key
