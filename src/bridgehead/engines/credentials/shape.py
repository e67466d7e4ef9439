"""Small questions about the shape of JSON values, for the check of the data model."""

import re
from collections.abc import Iterator
from typing import Any

from bridgehead.engines.credentials.reasons import Code, Reason
from bridgehead.engines.credentials.strictjson import Object

URL = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+')
INDEX = re.compile(r"\d{1,12}", re.ASCII)
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
LABELS = ("name", "description")


def wrong(where: str, detail: str) -> Reason:
    return Reason(Code.MODEL, where, detail)


def is_url(value: Any) -> bool:
    """An absolute address: with a scheme, without spaces."""
    return isinstance(value, str) and URL.fullmatch(value) is not None


def is_index(value: Any) -> bool:
    return isinstance(value, str) and INDEX.fullmatch(value) is not None


def texts(value: Any) -> list[str]:
    """The texts among one value or a list of them."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def objects(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Place and value of each item, whether one stands alone or several in a list."""
    if isinstance(value, list):
        yield from ((f"{where}/{place}", item) for place, item in enumerate(value))
    else:
        yield where, value


def optional_url(item: Object, name: str, where: str) -> Iterator[Reason]:
    if name in item and not is_url(item[name]):
        yield wrong(f"{where}/{name}", "must be one address")


def labels(item: Object, where: str) -> Iterator[Reason]:
    for name in LABELS:
        if name in item:
            yield from label(item[name], f"{where}/{name}")


def label(value: Any, where: str) -> Iterator[Reason]:
    """A text, or texts each with its language."""
    if isinstance(value, str):
        return
    for place, item in objects(value, where):
        if not isinstance(item, dict) or not isinstance(item.get("@value"), str):
            yield wrong(place, "must be a text, or an object with @value and @language")
        elif set(item) - {"@value", "@language", "@direction"}:
            yield wrong(place, "has more than @value, @language and @direction")
        elif not LANGUAGE.fullmatch(str(item.get("@language", "en"))):
            yield wrong(f"{place}/@language", "is not a language tag")
        elif item.get("@direction", "ltr") not in ("ltr", "rtl"):
            yield wrong(f"{place}/@direction", "must be ltr or rtl")


def no_blank_nodes(value: Any, where: str = "") -> Iterator[Reason]:
    """Identifiers such as `_:b0` mean nothing outside the document."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name in ("id", "@id", "type", "@type"):
                yield from (
                    Reason(Code.BLANK_NODE, f"{where}/{name}", text)
                    for text in texts(item)
                    if text.startswith("_:")
                )
            yield from no_blank_nodes(item, f"{where}/{name}")
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from no_blank_nodes(item, f"{where}/{place}")
