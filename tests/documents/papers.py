"""One paper that uses every kind of block, and a picture small enough to read in a test."""

import datetime as dt
import struct
import zlib
from decimal import Decimal

from bridgehead.documents.blocks import (
    Bullets,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    KeyFigures,
    Language,
    Meta,
    Numbered,
    Paragraph,
    Picture,
    Table,
)


def png(width: int = 4, height: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x25\x6e\xf4" * width) * height)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


RESULTS = Table(
    columns=[
        Column("기업"),
        Column("건수", "integer"),
        Column("금액", "money", currency="USD"),
        Column("비율", "percent"),
        Column("일자", "date"),
    ],
    rows=[
        ["가나공방", 12, Decimal("5312345.67"), Decimal("0.253"), dt.date(2025, 3, 4)],
        ["=위험(1)", 3, None, None, None],
    ],
    total=["합계", 15, Decimal("5312345.67"), None, None],
    caption="기업별 실적",
    note="주: 상담일의 환율로 환산",
)


def paper(language: Language = "ko", *, ends: bool = True) -> Document:
    return Document(
        title="운영 결과 보고",
        language=language,
        blocks=[
            Heading("추진 개요"),
            Numbered([Item("행사명"), Item("장소", [Item("전시장"), Item("공동관")])]),
            KeyFigures([Figure("상담", "558건", "USD 166,080,000"), Figure("계약 추진", "145건")]),
            Picture(png(), "상담 558건을 나타낸 막대", "단계별 성과"),
            Heading("실적", 2),
            RESULTS,
            Heading("향후 계획"),
            Paragraph('#eval("1+1") *굵게* $x$ @ref <tag> \\ // &amp;'),
            Bullets([Item("후속 관리", [Item("3개월 후 조사")]), Item("성과 공개")]),
        ],
        meta=Meta(organisation="경기도", date=dt.date(2025, 3, 20), notice="Reconstructed"),
        ends=ends,
    )
