import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from bridgehead.documents import shown
from bridgehead.documents.blocks import Amount, Column


@pytest.mark.parametrize(
    ("value", "column", "korean", "english"),
    [
        (None, Column("x", "integer"), "", ""),
        (0, Column("x", "integer"), "0", "0"),
        (1234567, Column("x", "integer"), "1,234,567", "1,234,567"),
        (2025, Column("x"), "2025", "2025"),
        (Decimal("2.25"), Column("x", "number"), "2.3", "2.3"),
        (Decimal("0.0125"), Column("x", "percent", places=2), "1.25%", "1.25%"),
        (Decimal("12000000"), Column("x", "money", currency="KRW"), "12,000,000", "12,000,000"),
        (Decimal("56780000"), Column("x", "money", currency="USD"), "56,780,000.00", "56,780,000.00"),
        (Amount(Decimal("8000000"), "KRW"), Column("x", "money"), "8,000,000원", "KRW 8,000,000"),
        (Amount(Decimal("9.5"), "EUR"), Column("x", "money"), "EUR 9.50", "EUR 9.50"),
        (dt.date(2025, 3, 4), Column("x", "date"), "2025. 3. 4.", "4 Mar 2025"),
        (True, Column("x"), "예", "Yes"),
        ("a\x00b\x1f\ud800\r\nc", Column("x"), "ab\nc", "ab\nc"),
    ],
)
def test_cell_in_both_languages(value, column, korean, english):
    assert (shown.cell(value, column, "ko"), shown.cell(value, column, "en")) == (korean, english)


def test_moment_aware_is_told_in_active_zone_with_its_name():
    with timezone.override("Asia/Seoul"):
        told = shown.moment(dt.datetime(2025, 3, 8, 15, 0, tzinfo=dt.UTC), "ko")
    assert told == "2025. 3. 9. 00:00 KST"


def test_heading_carries_the_currency_of_the_column():
    columns = [Column("금액", "money", currency=code) for code in ("KRW", "USD", "AED", "")]
    assert [shown.heading(column, "ko") for column in columns] == [
        "금액(원)",
        "금액(달러)",
        "금액(AED)",
        "금액",
    ]
    assert shown.heading(Column("Amount", "money", currency="KRW"), "en") == "Amount (KRW)"


def test_alignment_by_kind_unless_given():
    columns = [Column("x"), Column("x", "money"), Column("x", "date"), Column("x", "integer", align="center")]
    assert [shown.alignment(column) for column in columns] == ["left", "right", "center", "center"]
