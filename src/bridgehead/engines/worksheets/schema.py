"""What the caller wants out of a table, declared: the reader holds no knowledge of any particular table."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from .dates import Calendar

Kind = Literal["text", "integer", "money", "date", "country", "choice", "currency", "business_number"]


@dataclass(frozen=True)
class Column:
    """One column by its meaning.

    `headings` are its names as officers write them, compared without spaces, signs and case. `A>B` names a
    column B under a group heading containing A (`바이어>업체명`), for words that mean two things.
    `carry_down` repeats the value above into blanks of a CSV, whose merged cells are lost; merges of a
    workbook are carried down without it, except amounts and counts, which would then be counted twice.
    `verbatim` takes a text as it was typed, with its lines: “없음” and “–” are then answers, not empty cells.
    """

    key: str
    headings: tuple[str, ...]
    kind: Kind = "text"
    required: bool = False
    carry_down: bool = False
    verbatim: bool = False
    minimum: Decimal | None = None
    max_length: int = 2000
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        return self.kind in ("money", "integer")


@dataclass(frozen=True)
class Schema:
    """The columns of a table, and what makes two of its rows the same row (`identity`, column keys)."""

    name: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    amount: str | None = None

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        unknown = {*self.identity, *([self.amount] if self.amount else [])} - set(keys)
        if unknown or len(set(keys)) != len(keys):
            raise ValueError(f"schema {self.name}: doubled or unknown column keys {sorted(unknown)}")

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True)
class Limits:
    """Where reading stops, before a stranger's file costs memory."""

    bytes: int = 20_000_000
    unpacked_bytes: int = 200_000_000
    rows: int = 50_000
    cells: int = 4_000_000


@dataclass(frozen=True)
class Options:
    """What the caller knows beyond the file.

    `calendar` completes dates without a year, `currency` is used where the file states none, `defaults`
    stand for columns the table does not have (a required column with a default may be missing).
    """

    calendar: Calendar = field(default_factory=Calendar)
    currency: str | None = None
    defaults: Mapping[str, Any] = field(default_factory=dict)
    sheet: str | None = None
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def for_period(cls, first: dt.date, last: dt.date, **others: Any) -> "Options":
        return cls(calendar=Calendar(first=first, last=last), **others)
