"""One cell of a workbook: its type, its number format, its look."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from xlsxwriter.utility import xl_rowcol_to_cell

from bridgehead.documents import page, shown
from bridgehead.documents.blocks import Amount, Cell, Column, Language
from bridgehead.documents.neutral import is_formula

LONGEST_TEXT = 32_767
_EXACT_BELOW = 10**15
_FONT = "맑은 고딕"
_LOOKS: dict[str, dict[str, Any]] = {
    "head": {
        "bold": True,
        "bg_color": page.HEAD_FILL,
        "border": 1,
        "border_color": page.RULE,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "title": {"bold": True, "font_size": 14},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "cell": {"valign": "top", "text_wrap": True},
    "total": {"bold": True, "bg_color": page.TOTAL_FILL, "top": 1, "top_color": page.MUTED},
}


class Cells:
    """Writes cells and remembers the formats, of which Excel allows only some thousands.

    `cut` names the cells whose text was longer than Excel can hold.
    """

    def __init__(self, file: Any, language: Language) -> None:
        self._file = file
        self._language = language
        self._formats: dict[tuple[str, str, str, bool], Any] = {}
        self.cut: list[str] = []

    def row(
        self,
        worksheet: Any,
        number: int,
        row: Sequence[Cell],
        columns: Sequence[Column],
        *,
        total: bool = False,
    ) -> None:
        look = "total" if total else "cell"
        for index, (value, column) in enumerate(zip(row, columns, strict=True)):
            self._cell(worksheet, number, index, value, column, look)

    def _cell(self, worksheet: Any, row: int, index: int, value: Cell, column: Column, look: str) -> None:
        if isinstance(value, Amount):
            code = value.currency
            pattern = f'"{code}" {_money_pattern(code)}' if code.isalpha() else _money_pattern(code)
            worksheet.write_number(row, index, float(value.amount), self._format(look, pattern, "right"))
        elif value is None:
            worksheet.write_blank(row, index, None, self._format(look, "", shown.alignment(column)))
        elif isinstance(value, dt.date):
            self._moment(worksheet, row, index, value, look)
        elif isinstance(value, str | bool) or column.kind == "text" or abs(float(value)) >= _EXACT_BELOW:
            self.text(worksheet, row, index, shown.cell(value, column, self._language), look, column)
        else:
            chosen = self._format(look, _pattern(column, value), shown.alignment(column))
            worksheet.write_number(row, index, float(value), chosen)

    def _moment(self, worksheet: Any, row: int, index: int, value: dt.date, look: str) -> None:
        """Excel knows no zones: aware moments are written in the active zone, which the notes name."""
        pattern = "yyyy-mm-dd hh:mm" if isinstance(value, dt.datetime) else "yyyy-mm-dd"
        if isinstance(value, dt.datetime) and timezone.is_aware(value):
            value = timezone.make_naive(value)
        worksheet.write_datetime(row, index, value, self._format(look, pattern, "center"))

    def text(
        self, worksheet: Any, row: int, index: int, text: str, look: str, column: Column | None = None
    ) -> None:
        """Always text, marked as such where a spreadsheet would otherwise read a formula on the next edit."""
        text = shown.clean(text)
        if len(text) > LONGEST_TEXT:
            self.cut.append(f"{worksheet.get_name()}!{xl_rowcol_to_cell(row, index)}")
            text = text[: LONGEST_TEXT - 1] + "…"
        align = shown.alignment(column) if column else ""
        worksheet.write_string(
            row, index, text, self._format(look, "@" if column else "", align, is_formula(text))
        )

    def _format(self, look: str, pattern: str, align: str, quoted: bool = False) -> Any:
        key = (look, pattern, align, quoted)
        if key not in self._formats:
            wanted = {"font_name": _FONT, "font_size": 10} | _LOOKS[look]
            if pattern:
                wanted["num_format"] = pattern
            if align and look != "head":
                wanted["align"] = align
            if quoted:
                wanted["quote_prefix"] = True
            self._formats[key] = self._file.add_format(wanted)
        return self._formats[key]


def _money_pattern(currency: str) -> str:
    places = shown.places_of(currency)
    return "#,##0" + ("." + "0" * places if places else "")


def _pattern(column: Column, value: int | float | Decimal) -> str:
    """The number format of a column. A column of whole numbers shows a fraction that is there all the same."""
    if column.kind == "money":
        return _money_pattern(column.currency)
    decimals = "." + "0" * column.places if column.places else ""
    if column.kind == "percent":
        return f"0{decimals}%"
    if column.kind == "number":
        return f"#,##0{decimals}"
    return "#,##0" if value == int(value) else "#,##0.##"
