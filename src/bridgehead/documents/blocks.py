"""A neutral document: what is said, in which order, with which figures.

Rooms describe a report, a committee's paper or a release once with these classes; `documents.render` turns the
same tree into HWPX, PDF or XLSX. Cells keep their typed values, so a workbook holds numbers and a printed page
holds the same numbers as text.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

Language = Literal["ko", "en"]
Kind = Literal["text", "integer", "number", "money", "percent", "date", "datetime"]
Align = Literal["left", "center", "right"]


class Amount(NamedTuple):
    """Money whose currency differs from row to row; where it does not, give the column the currency."""

    amount: Decimal
    currency: str


Cell = str | int | Decimal | float | bool | dt.date | dt.datetime | Amount | None


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str
    align: Align = "left"


@dataclass(frozen=True)
class Item:
    text: str
    children: Sequence["Item"] = ()


@dataclass(frozen=True)
class Numbered:
    """Items under the official numbering; the marks are computed from depth and position."""

    items: Sequence[Item]


@dataclass(frozen=True)
class Bullets:
    """Items in the form of a Korean press release: ○, below it –, below that ·."""

    items: Sequence[Item]


@dataclass(frozen=True)
class Column:
    """One column of a table or sheet.

    `currency` is for money whose currency is the same in every row: it moves into the heading and the cells show
    plain numbers, as in a ledger. `places` are the decimals of a `number` or `percent`. `width` is relative in
    documents; `None` measures the content.
    """

    label: str
    kind: Kind = "text"
    currency: str = ""
    align: Align | None = None
    width: float | None = None
    places: int = 1


@dataclass(frozen=True)
class Table:
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    total: Sequence[Cell] | None = None
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart or an image. `png` is used by every format; PDF prefers `svg` where it is given."""

    png: bytes
    alt: str
    caption: str = ""
    svg: str = ""


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    figures: Sequence[Figure]


Block = Heading | Paragraph | Numbered | Bullets | Table | Picture | KeyFigures


@dataclass(frozen=True)
class Meta:
    """What stands around the text: who issued it, when, and what the reader must know about its data.

    `notice` (“reconstructed”, for example) is repeated on every page and sheet. `source` and `as_of` go into the
    notes of a workbook and under the title of a document. With `made_at` a PDF names this moment as that of its making,
    so that the same document gives the same bytes whenever it is asked for.
    """

    organisation: str = ""
    author: str = ""
    date: dt.date | None = None
    as_of: dt.datetime | dt.date | None = None
    source: str = ""
    notice: str = ""
    made_at: dt.datetime | None = None


@dataclass(frozen=True)
class Document:
    """`ends` writes the closing “끝.” of Korean official documents; press releases switch it off. `landscape` is for
    papers whose tables are too wide for a page held upright."""

    title: str
    language: Language
    blocks: Sequence[Block]
    meta: Meta = field(default_factory=Meta)
    number_headings: bool = True
    ends: bool = True
    landscape: bool = False
