"""Points in time as xsd:dateTimeStamp: always with a zone."""

import re
from datetime import UTC, datetime

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
FRACTION = re.compile(r"(\.\d{1,6})\d*")


def parse(text: object) -> datetime:
    """ValueError for anything but a dateTimeStamp of the years 1 to 9999."""
    if not isinstance(text, str) or not STAMP.fullmatch(text):
        raise ValueError("not a date and time with zone, such as 2026-03-01T09:00:00+09:00")
    try:
        return datetime.fromisoformat(FRACTION.sub(r"\1", text)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(str(error)) from None


def text(moment: datetime) -> str:
    """In UTC, to the second."""
    if moment.tzinfo is None:
        raise ValueError("a point in time needs a zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def now() -> datetime:
    return datetime.now(UTC)
