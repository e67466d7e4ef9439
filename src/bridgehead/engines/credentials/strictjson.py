"""JSON that every program reads alike (RFC 7493), within limits of size and depth.

What two readers understand differently (a name twice, NaN, numbers beyond a double) can be signed by one and
shown by the other, so it is refused instead of repaired.
"""

import json
import math
from typing import Any

from bridgehead.engines.credentials.reasons import Code, Refused

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 64
MAX_INTEGER = 2**53 - 1

Object = dict[str, Any]


def loads(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """The value in `data`; `Refused` says what is wrong with it."""
    if len(data) > max_bytes:
        raise Refused(Code.TOO_LARGE, detail=f"more than {max_bytes} bytes")
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except RecursionError:
        raise Refused(Code.TOO_DEEP) from None
    except ValueError as error:  # also UnicodeDecodeError, and an integer of thousands of digits
        raise Refused(Code.NOT_JSON, detail=str(error)) from None
    _check(value, max_depth)
    return value


def loads_object(data: bytes) -> Object:
    value = loads(data)
    if not isinstance(value, dict):
        raise Refused(Code.MODEL, detail="not a JSON object")
    return value


def _object(pairs: list[tuple[str, Any]]) -> Object:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(Code.DUPLICATE_KEY, detail=twice)
    return found


def _constant(text: str) -> Any:
    raise Refused(Code.NUMBER, detail=text)


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise Refused(Code.NUMBER, detail=text[:40])
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise Refused(Code.NUMBER, detail=text[:40])
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_float
)


def _check(value: Any, depth: int) -> None:
    """Depth, and strings that are text: a lone surrogate has no UTF-8."""
    if isinstance(value, str):
        if not value.isascii():
            _check_text(value)
    elif isinstance(value, (dict, list)):
        if depth == 0:
            raise Refused(Code.TOO_DEEP)
        if isinstance(value, dict):
            for name in value:
                _check(name, depth)
        for item in value.values() if isinstance(value, dict) else value:
            _check(item, depth - 1)


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refused(Code.NOT_JSON, detail="half of a surrogate pair") from None
