"""What the reader says to an officer, complete in Korean and in English.

The engine knows no web framework and hence no gettext: a finding carries a code and parameters, and this
table turns it into a sentence. Each finding says why, and how the officer mends it in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Lang = Literal["ko", "en"]


@dataclass(frozen=True)
class Text:
    """One finding in one language; `mend` is empty where there is nothing to do."""

    why: str
    mend: str = ""


@dataclass(frozen=True)
class Problem:
    """A finding by code, so that the caller may choose the language late or react to the code."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)

    def why(self, lang: Lang = "en") -> str:
        return CATALOGUE[self.code][lang].why.format(**self.params)

    def mend(self, lang: Lang = "en") -> str:
        return CATALOGUE[self.code][lang].mend.format(**self.params)


class UnreadableSheet(ValueError):
    """The file as a whole cannot be read; `describe` says why and how to mend it."""

    def __init__(self, code: str, **params: str) -> None:
        self.problem = Problem(code, params)
        super().__init__(self.describe("en"))

    @property
    def code(self) -> str:
        return self.problem.code

    def describe(self, lang: Lang = "en") -> str:
        return f"{_sentence(self.problem.why(lang))} {self.problem.mend(lang)}".strip()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _both(en_why: str, ko_why: str, en_mend: str = "", ko_mend: str = "") -> dict[Lang, Text]:
    return {"en": Text(en_why, en_mend), "ko": Text(ko_why, ko_mend)}


_CELLS = {
    "required": _both(
        "must not be empty",
        "필수 항목이 비어 있음",
        "Fill in the cell. Merged cells survive in a workbook, but not in CSV.",
        "값을 입력하십시오. 병합된 셀은 엑셀 파일에서만 유지되며 CSV에서는 사라집니다.",
    ),
    "formula_error": _both(
        "the formula gives the error {error}",
        "수식 오류({error})",
        "Correct the formula, or type its value.",
        "수식을 바로잡거나 값을 직접 입력하십시오.",
    ),
    "formula_unsaved": _both(
        "the formula has no stored value",
        "수식의 계산 결과가 저장되어 있지 않음",
        "Open the file in the spreadsheet program and save it once.",
        "엑셀에서 파일을 열어 한 번 저장한 뒤 다시 올리십시오.",
    ),
    "no_such_day": _both(
        "no such day",
        "달력에 없는 날짜",
        "Correct the day, the month or the year.",
        "연·월·일을 확인하여 바로잡으십시오.",
    ),
    "date_no_year": _both(
        "the year is missing",
        "연도가 없음",
        "Write the date with its year, such as 2025.3.4.",
        "2025.3.4.와 같이 연도를 함께 적으십시오.",
    ),
    "date_ambiguous": _both(
        "could be {first} or {second}",
        "{first} 또는 {second}로 읽힐 수 있음",
        "Write the date as 2025-03-04.",
        "2025-03-04와 같은 형식으로 적으십시오.",
    ),
    "date_range": _both(
        "several days in one cell",
        "한 셀에 여러 날짜가 있음",
        "Write one day per row.",
        "한 행에 하루씩 나누어 적으십시오.",
    ),
    "not_a_date": _both(
        "not a date",
        "날짜가 아님",
        "Write the date as 2025-03-04 or 2025.3.4.",
        "2025-03-04 또는 2025.3.4.와 같이 적으십시오.",
    ),
    "not_an_amount": _both(
        "not an amount",
        "금액이 아님",
        "Write one number only, or leave the cell empty while it is not known.",
        "숫자 하나만 적거나, 정해지지 않았으면 비워 두십시오.",
    ),
    "number_form": _both(
        "the commas or points do not form a number",
        "쉼표나 소수점의 위치가 올바르지 않음",
        "Write it as 1,234,567.89.",
        "1,234,567.89와 같은 형식으로 적으십시오.",
    ),
    "amount_unit_unclear": _both(
        "the cell says {cell}, the table counts in {table}",
        "셀의 단위({cell})와 표의 단위({table})가 서로 다름",
        "Write the number alone in {table}, or the whole unit in the cell.",
        "{table} 단위의 숫자만 적거나, 셀에 단위를 완전하게 적으십시오.",
    ),
    "no_currency": _both(
        "no currency is stated",
        "통화가 표시되어 있지 않음",
        "Write the unit in the heading or above the table, such as (단위: 천불), or add a currency column.",
        "머리글이나 표 위에 (단위: 천불)과 같이 단위를 적거나 통화 열을 추가하십시오.",
    ),
    "unit_conflict": _both(
        "the heading says {heading}, the note above the table {note}",
        "머리글의 단위({heading})와 표 위의 단위({note})가 서로 다름",
        "Write the same unit in both places, or in one only.",
        "두 곳의 단위를 같게 하거나 한 곳에만 적으십시오.",
    ),
    "unknown_currency": _both(
        "unknown currency",
        "알 수 없는 통화",
        "Write the three-letter code, such as USD, EUR or KRW.",
        "USD, EUR, KRW와 같은 통화 코드로 적으십시오.",
    ),
    "too_small": _both(
        "less than {minimum}",
        "{minimum}보다 작음",
        "Correct the number.",
        "숫자를 바로잡으십시오.",
    ),
    "not_an_integer": _both(
        "not a whole number",
        "정수가 아님",
        "Write digits only.",
        "숫자만 적으십시오.",
    ),
    "unknown_country": _both(
        "unknown country",
        "알 수 없는 국가",
        "Write the country's usual name or its two-letter code, such as 미국, Spain or AE.",
        "미국, 스페인과 같은 통용 국가명이나 AE와 같은 두 자리 국가 코드로 적으십시오.",
    ),
    "unknown_choice": _both(
        "not one of the choices",
        "선택할 수 없는 값",
        "Choose one of: {choices}.",
        "다음 중 하나를 적으십시오: {choices}.",
    ),
    "business_number": _both(
        "not a valid business registration number",
        "올바른 사업자등록번호가 아님",
        "Check the ten digits; the last one is a check digit.",
        "10자리 숫자를 확인하십시오. 마지막 자리는 검증 번호입니다.",
    ),
    "too_long": _both(
        "longer than {limit} characters",
        "{limit}자를 넘음",
        "Shorten the text.",
        "내용을 줄이십시오.",
    ),
}

_FILES = {
    "empty": _both(
        "the file is empty", "파일이 비어 있음", "Choose another file.", "다른 파일을 선택하십시오."
    ),
    "file_missing": _both(
        "the file cannot be opened: {path}",
        "파일을 열 수 없음: {path}",
        "Check the name and the rights.",
        "파일 이름과 접근 권한을 확인하십시오.",
    ),
    "too_big": _both(
        "the file has more than {limit}",
        "파일이 한도({limit})를 초과함",
        "Divide it into several files.",
        "여러 파일로 나누어 올리십시오.",
    ),
    "format": _both(
        "this is neither an Excel workbook nor CSV ({found})",
        "엑셀 파일이나 CSV가 아님({found})",
        "Open it in the spreadsheet program and save it as .xlsx.",
        "엑셀에서 열어 .xlsx 형식으로 다시 저장하십시오.",
    ),
    "password": _both(
        "the workbook is protected by a password",
        "암호가 설정된 파일임",
        "Save it without the password.",
        "암호를 해제하여 다시 저장하십시오.",
    ),
    "damaged": _both(
        "the file is damaged ({detail})",
        "파일이 손상됨({detail})",
        "Open it in the spreadsheet program and save it again.",
        "엑셀에서 열어 다시 저장하십시오.",
    ),
    "encoding": _both(
        "the text is neither UTF-8 nor CP949 (byte {position})",
        "문자 인코딩이 UTF-8도 CP949도 아님({position}번째 바이트)",
        "Save it as CSV UTF-8.",
        "CSV UTF-8 형식으로 다시 저장하십시오.",
    ),
    "no_sheet": _both(
        "there is no sheet named {sheet}",
        "‘{sheet}’ 시트가 없음",
        "The file has: {sheets}.",
        "파일에 있는 시트: {sheets}",
    ),
    "no_header": _both(
        "no row of headings was found",
        "머리글 행을 찾을 수 없음",
        "One row must carry headings such as: {headings}.",
        "다음과 같은 머리글이 있는 행이 필요합니다: {headings}",
    ),
    "missing_columns": _both(
        "row {row} of sheet {sheet} has the headings, but not: {headings}",
        "‘{sheet}’ 시트 {row}행 머리글에 다음 항목이 없음: {headings}",
        "Add these columns.",
        "해당 열을 추가하십시오.",
    ),
}

_ROWS = {
    "title": _both("title", "제목"),
    "unit": _both("unit", "단위 표기"),
    "heading": _both("repeated heading", "머리글 반복"),
    "subtotal": _both("subtotal", "소계"),
    "total": _both("total", "합계"),
    "note": _both("note", "주석"),
    "sum_differs": _both(
        "the {kind} says {stated}, the rows add up to {read}",
        "{kind_ko}에는 {stated}, 읽은 행의 합은 {read}",
        "Check the amounts, or the formula of this row.",
        "금액 또는 이 행의 수식을 확인하십시오.",
    ),
    "merged_amount": _both(
        "one amount is merged over rows {first} to {last}; it is counted once, in row {first}",
        "{first}~{last}행에 금액 하나가 병합되어 있어 {first}행에 한 번만 반영함",
        "Write each row's own amount.",
        "행마다 금액을 나누어 적으십시오.",
    ),
    "other_sheet": _both(
        "sheet {sheet} has the same headings and was not read",
        "‘{sheet}’ 시트에도 같은 머리글이 있으나 읽지 않음",
        "Import it by its name as well.",
        "해당 시트를 지정하여 따로 가져오십시오.",
    ),
}

CATALOGUE: dict[str, dict[Lang, Text]] = {**_CELLS, **_FILES, **_ROWS}
