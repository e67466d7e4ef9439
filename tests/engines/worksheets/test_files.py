"""Whole files as officers keep them: what comes out, row by row."""

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from bridgehead.engines.worksheets import CONSULTATIONS, Amount, Calendar, Options, read

from .sheets import book, brief, patched, rows_book, write_rows

MARCH = Options.for_period(dt.date(2025, 3, 3), dt.date(2025, 3, 6))
HEAD = ["기업명", "상담일", "바이어명", "국가", "품목", "상담액", "계약추진액"]
DAY = dt.date(2025, 3, 4)


def usd(value: str) -> Amount:
    return Amount(Decimal(value), "USD")


def test_read_title_note_and_total_rows():
    rows = [
        ["MWC 2025 경기도관 상담실적"],
        [None] * 6 + ["(단위: 천불)"],
        [],
        HEAD,
        ["가온", "2025.3.4", "Acme", "미국", "안테나", 1200, 300],
        ["나래", "2025. 3. 5.", "Beta", "스페인", "센서", "1,500.5", "-"],
        ["합계", None, "2개사", None, None, 2700.5, 300],
        ["※ 상담액은 바이어 제시 기준"],
    ]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert brief(reading, "firm", "date", "buyer", "country", "amount", "pursued") == [
        (5, "가온", DAY, "Acme", "US", usd("1200000"), usd("300000")),
        (6, "나래", dt.date(2025, 3, 5), "Beta", "ES", usd("1500500"), None),
    ]
    assert reading.as_json(file="a.xlsx", imported=0, dry_run=True) == {
        "file": "a.xlsx",
        "sheet": "상담실적",
        "header_row": 4,
        "unit": "1000 USD",
        "rows": 2,
        "imported": 0,
        "duplicates": [],
        "rejected": [],
        "ignored": [
            {"row": 1, "why": "title"},
            {"row": 2, "why": "unit"},
            {"row": 7, "why": "total"},
            {"row": 8, "why": "note"},
        ],
        "warnings": [],
        "totals": {"amount": "2700500.00", "currency": "USD"},
        "dry_run": True,
    }
    assert [check.agrees for check in reading.checks] == [True, True]


def test_read_two_row_merged_headings_with_units_of_their_own():
    def fill(workbook, sheet):
        sheet.merge_range("B2:I2", "2025 MWC 상담 결과")
        for cell, text in (
            ("B4:B5", "참가기업"),
            ("C4:C5", "상담일자"),
            ("D4:E4", "바이어"),
            ("F4:F5", "품목"),
        ):
            sheet.merge_range(cell, text)
        sheet.merge_range("G4:H4", "실적")
        sheet.write("D5", "업체명")
        sheet.write("E5", "국적")
        sheet.write("G5", "상담액(천불)")
        sheet.write("H5", "계약추진액\n(백만원)")
        write_rows(sheet, [["가온", "3/4", "Acme", "UAE", "안테나", 10, 2]], top=5, left=1)

    reading = read(book(fill), CONSULTATIONS, MARCH)
    assert reading.header_row == 4
    assert brief(reading, "firm", "date", "buyer", "country", "amount", "pursued") == [
        (6, "가온", DAY, "Acme", "AE", usd("10000"), Amount(Decimal(2_000_000), "KRW"))
    ]
    assert reading.unit == "1000 USD"


def test_read_group_headings_in_csv_where_merges_are_lost():
    text = "기업명,일자,바이어,,실적,\n,,업체명,국가,상담액(USD),계약추진액(USD)\n가온,2025-03-04,Acme,독일,100,5\n"
    reading = read(text.encode(), CONSULTATIONS)
    assert brief(reading, "firm", "buyer", "country", "amount", "pursued") == [
        (3, "가온", "Acme", "DE", usd("100"), usd("5"))
    ]


def test_read_row_of_units_below_the_headings():
    rows = [["기업명", "일자", "바이어", "상담액", "계약추진액"], [None, None, None, "(천불)", "(천불)"]]
    reading = read(rows_book([*rows, ["가온", "2025-03-04", "Acme", 7, 1]]), CONSULTATIONS)
    assert brief(reading, "amount", "pursued") == [(3, usd("7000"), usd("1000"))]


def test_read_merged_firm_cells_with_subtotals_per_firm():
    def fill(workbook, sheet):
        sheet.write("F1", "단위 : USD")
        write_rows(sheet, [["업체명", "날짜", "바이어", "국가", "상담액"]], top=1)
        sheet.merge_range("A3:A5", "MitsunoiV")
        sheet.merge_range("B3:B4", "1/16")
        write_rows(
            sheet, [["Rossi", "이탈리아", 100], ["Bianchi", "IT", 50], ["소계", None, 150]], top=2, left=2
        )
        sheet.merge_range("A6:A8", "Soyou")
        write_rows(sheet, [["1/17", "Dubai Gold", "두바이", 20], ["1/17", "Sara", "UAE", 30]], top=5, left=1)
        sheet.write("C8", "소 계")
        sheet.write_formula("E8", "=SUM(E6:E7)", None, 50)
        write_rows(sheet, [["총 계", None, None, None, 200]], top=8)

    reading = read(book(fill), CONSULTATIONS, Options(calendar=Calendar(year=2026)))
    day = dt.date(2026, 1, 16)
    assert brief(reading, "firm", "date", "buyer", "country", "amount") == [
        (3, "MitsunoiV", day, "Rossi", "IT", usd("100")),
        (4, "MitsunoiV", day, "Bianchi", "IT", usd("50")),
        (6, "Soyou", dt.date(2026, 1, 17), "Dubai Gold", "AE", usd("20")),
        (7, "Soyou", dt.date(2026, 1, 17), "Sara", "AE", usd("30")),
    ]
    assert [(each.row, each.code) for each in reading.ignored] == [
        (1, "unit"),
        (5, "subtotal"),
        (8, "subtotal"),
        (9, "total"),
    ]
    assert [(check.row, check.stated, check.agrees) for check in reading.checks] == [
        (5, Decimal(150), True),
        (8, Decimal(50), True),
        (9, Decimal(200), True),
    ]
    assert reading.rejected == [] and reading.warnings == []


def test_read_wrong_sums_are_warned_with_both_figures():
    rows = [
        ["기업명", "일자", "바이어", "상담액(천불)"],
        ["가온", "2025-03-04", "A", 1],
        ["소계", None, None, 3],
        ["나래", "2025-03-04", "B", 2],
        ["합계", None, None, 4],
    ]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert reading.as_json(file="", imported=0, dry_run=False)["warnings"] == [
        {
            "row": 3,
            "column": "상담액(천불)",
            "stated": "3000.00",
            "read": "1000.00",
            "why": "the subtotal says 3000.00, the rows add up to 1000.00",
            "mend": "Check the amounts, or the formula of this row.",
        },
        {
            "row": 5,
            "column": "상담액(천불)",
            "stated": "4000.00",
            "read": "3000.00",
            "why": "the total says 4000.00, the rows add up to 3000.00",
            "mend": "Check the amounts, or the formula of this row.",
        },
    ]
    assert reading.warnings[0].problem.why("ko") == "소계에는 3000.00, 읽은 행의 합은 1000.00"


def test_read_total_above_its_rows():
    rows = [
        ["기업명", "일자", "바이어", "상담액(USD)"],
        ["합계", None, None, 3],
        ["가온", "2025-03-04", "A", 1],
        ["나래", "2025-03-04", "B", 2],
    ]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert [(check.stated, check.read) for check in reading.checks] == [(Decimal(3), Decimal(3))]
    assert len(reading.rows) == 2


def test_read_buyer_called_total_is_a_record():
    rows = [
        ["Firm", "Date", "Buyer", "Country", "Amount (USD)"],
        ["Gaon", "2025-03-04", "Total", "France", 1],
    ]
    assert brief(read(rows_book(rows), CONSULTATIONS), "buyer", "country") == [(2, "Total", "FR")]


def test_read_all_date_styles_of_one_column():
    def fill(workbook, sheet):
        write_rows(sheet, [["기업명", "일자", "바이어"]])
        styles = [
            "2025.3.4",
            "2025. 3. 4.",
            "3/4",
            "3월 4일",
            "2025-03-04",
            "20250304",
            "25.3.4",
            "'25.3.4(화)",
        ]
        styles += [
            "2025년 3월 4일",
            "2025/03/04 14:30",
            "4-Mar-2025",
            "March 4, 2025",
            "３．４．",
            45720,
            20250304,
        ]
        for number, style in enumerate(styles, start=1):
            write_rows(sheet, [[f"F{number}", style, "Acme"]], top=number)
        write_rows(sheet, [["G", None, "Acme"], ["H", None, "Acme"]], top=len(styles) + 1)
        shown = workbook.add_format({"num_format": 'm"월" d"일"'})
        sheet.write_datetime(len(styles) + 1, 1, dt.datetime(2025, 3, 4), shown)
        timed = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_datetime(len(styles) + 2, 1, dt.datetime(2025, 3, 4, 10, 30), timed)

    reading = read(book(fill), CONSULTATIONS, MARCH)
    assert reading.rejected == []
    assert [row.values["date"] for row in reading.rows] == [DAY] * 17


def test_read_cp949_csv_with_semicolons_and_quoted_line_breaks():
    text = (
        '상담실적;;;\r\n기업명;상담일;바이어;상담금액(백만원)\r\n"가온\r\n(주)";2025.3.4;똠얌꿍㈜;"1,200"\r\n'
    )
    reading = read(text.encode("cp949"), CONSULTATIONS)
    assert brief(reading, "firm", "buyer", "amount") == [
        (3, "가온 (주)", "똠얌꿍㈜", Amount(Decimal(1_200_000_000), "KRW"))
    ]
    assert reading.sheet == "CSV"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_read_csv_in_every_encoding_and_delimiter(encoding, delimiter, tmp_path):
    lines = [["기업명", "일자", "바이어", "상담액($)"], ["가온", "2025.3.4", "Acme, Inc.", "10"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    path = tmp_path / "실적.csv"
    path.write_bytes(text.encode(encoding))
    reading = read(path, CONSULTATIONS)
    assert brief(reading, "firm", "buyer", "amount") == [(2, "가온", "Acme, Inc.", usd("10"))]
    assert reading.sheet == "실적"


def test_read_csv_blank_is_not_carried_down_unless_declared():
    text = "Firm,Date,Buyer\nGaon,2025-03-04,A\n,2025-03-05,B\n"
    refused = read(text.encode(), CONSULTATIONS)
    assert [(each.row, each.column, each.problem.code) for each in refused.rejected] == [
        (3, "Firm", "required")
    ]
    columns = tuple(replace(column, carry_down=column.key == "firm") for column in CONSULTATIONS.columns)
    carried = read(text.encode(), replace(CONSULTATIONS, columns=columns))
    assert brief(carried, "firm", "buyer") == [(2, "Gaon", "A"), (3, "Gaon", "B")]


def test_read_workbook_blank_without_merge_is_refused():
    reading = read(
        rows_book([["Firm", "Date", "Buyer"], ["Gaon", "2025-03-04", "A"], [None, "2025-03-05", "B"]]),
        CONSULTATIONS,
    )
    assert [(each.row, each.problem.code) for each in reading.rejected] == [(3, "required")]


def test_read_merged_amount_is_counted_once():
    def fill(workbook, sheet):
        write_rows(
            sheet,
            [["Firm", "Date", "Buyer", "Amount (USD)"], ["G", "2025-03-04", "A"], ["G", "2025-03-04", "B"]],
        )
        sheet.merge_range("D2:D3", 500)

    reading = read(book(fill), CONSULTATIONS)
    assert brief(reading, "amount") == [(2, usd("500")), (3, None)]
    assert reading.totals == {"amount": {"USD": Decimal(500)}}
    assert [(each.row, each.problem.code) for each in reading.warnings] == [(2, "merged_amount")]


def test_read_currency_column_gives_totals_per_currency():
    rows = [
        ["Firm", "Date", "Buyer", "Amount", "Currency"],
        ["G", "2025-03-04", "A", 10, "US$"],
        ["G", "2025-03-04", "B", 20.5, "eur"],
        ["G", "2025-03-04", "C", 3, "천불"],
        ["합계", None, None, 33.5],
    ]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert brief(reading, "amount", "currency") == [
        (2, usd("10"), "USD"),
        (3, Amount(Decimal("20.5"), "EUR"), "EUR"),
        (4, usd("3000"), "USD"),
    ]
    assert reading.unit == "USD, EUR"
    assert reading.checks == []
    assert reading.as_json(file="", imported=0, dry_run=False)["totals"] == {
        "amount": None,
        "currency": None,
        "by_currency": [{"amount": "3010.00", "currency": "USD"}, {"amount": "20.50", "currency": "EUR"}],
    }


def test_read_refusals_say_what_to_mend():
    rows = [
        ["Company", "Date", "Buyer", "Country", "사업자등록번호", "Consultation amount (USD 1,000)"],
        ["G", "2025-02-30", "A", "Spain", "101-82-12345", 1],
        ["G", "3/4", "A", "Atlantis", None, "협의중"],
        ["G", "3.3~3.5", "A", "ES", 1234567890, "1,23"],
        [None, "2025-03-04", "A", "ES", "124-81-00998", "US$ 5"],
        ["G", "2025-03-04", "A", "ES", "1248100998", "(5)"],
        ["G", "2025-03-04", "A", "ES", 1248100998, "150만불"],
    ]
    reading = read(rows_book(rows), CONSULTATIONS)
    amount = "Consultation amount (USD 1,000)"
    assert [(each.row, each.column, each.value, each.problem.code) for each in reading.rejected] == [
        (2, "Date", "2025-02-30", "no_such_day"),
        (2, "사업자등록번호", "101-82-12345", "business_number"),
        (3, "Date", "3/4", "date_no_year"),
        (3, "Country", "Atlantis", "unknown_country"),
        (3, amount, "협의중", "not_an_amount"),
        (4, "Date", "3.3~3.5", "date_range"),
        (4, "사업자등록번호", "1234567890", "business_number"),
        (4, amount, "1,23", "number_form"),
        (5, "Company", "", "required"),
        (5, amount, "US$ 5", "amount_unit_unclear"),
        (6, amount, "(5)", "too_small"),
    ]
    assert brief(reading, "business_number", "amount") == [(7, "1248100998", usd("1500000"))]
    assert reading.as_json(file="", imported=0, dry_run=True)["rejected"][0] == {
        "row": 2,
        "column": "Date",
        "value": "2025-02-30",
        "why": "no such day",
        "mend": "Correct the day, the month or the year.",
    }
    assert (
        reading.as_json(file="", imported=0, dry_run=True, lang="ko")["rejected"][0]["why"]
        == "달력에 없는 날짜"
    )
    assert not reading.clean


def test_read_doubles_within_the_file():
    row = ["G", "2025-03-04", "A", "ES", 10, "first"]
    rows = [["Firm", "Date", "Buyer", "Country", "Amount (USD)", "Note"], row]
    rows += [
        ["g ", "2025.3.4", "A", "스페인", "10.00", "again"],
        ["G", "2025-03-04", "A", "ES", 11, None],
        row,
    ]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert reading.as_json(file="", imported=2, dry_run=False)["duplicates"] == [
        {"row": 3, "same_as": 2},
        {"row": 5, "same_as": 2},
    ]
    assert [row.number for row in reading.rows] == [2, 4]
    assert reading.totals == {"amount": {"USD": Decimal(21)}}
    prints = [
        *(row.fingerprint for row in reading.rows),
        *(each.row.fingerprint for each in reading.duplicates),
    ]
    assert len(set(prints)) == 4


def test_read_same_table_saved_otherwise_has_the_same_fingerprints():
    first = read(
        rows_book([["Firm", "Date", "Buyer", "Amount (천불)"], ["G", "2025-03-04", "A", 1.5]]), CONSULTATIONS
    )
    text = '상담실적\n\n바이어명,기업명,상담금액(USD),일자,비고\nA,G,"1,500",2025. 3. 4.,확인\n'
    again = read(text.encode("cp949"), CONSULTATIONS)
    assert [row.fingerprint for row in again.rows] == [row.fingerprint for row in first.rows]
    assert again.new_rows(row.fingerprint for row in first.rows) == []
    assert again.new_rows([]) == again.rows


def test_read_picks_the_sheet_that_matches_best_and_names_its_likes():
    def fill(workbook, sheet):
        write_rows(sheet, [["작성요령"], ["기업명과 바이어를 적으십시오"]])
        for name in ("3.4", "3.5"):
            write_rows(
                workbook.add_worksheet(name), [["기업명", "일자", "바이어"], [f"G{name}", "2025-03-04", "A"]]
            )
        write_rows(workbook.add_worksheet("요약"), [["기업명", "바이어"], ["G", 3]])
        hidden = workbook.add_worksheet("옛것")
        hidden.hide()
        write_rows(hidden, [["기업명", "일자", "바이어"], ["old", "2024-03-04", "A"]])

    content = book(fill, "안내")
    reading = read(content, CONSULTATIONS)
    assert reading.sheet == "3.4"
    assert [each.problem.why() for each in reading.warnings] == [
        "sheet 3.5 has the same headings and was not read"
    ]
    assert brief(read(content, CONSULTATIONS, Options(sheet="3.5")), "firm") == [(2, "G3.5")]


def test_read_page_breaks_numbering_banners_and_signatures_are_no_data():
    def fill(workbook, sheet):
        head = ["연번", "기업명", "일자", "바이어", "상담액(천불)"]
        write_rows(sheet, [head, ["■ 1일차"], [1, "G", "2025-03-04", "A", 1], head])
        sheet.merge_range("A5:E5", "2일차 상담")
        write_rows(
            sheet,
            [[2, "G", "2025-03-05", "B", 2], [3], [4], ["계", None, None, None, 3], ["작성자", "홍길동"]],
            top=5,
        )

    reading = read(book(fill), CONSULTATIONS)
    assert brief(reading, "buyer") == [(3, "A"), (6, "B")]
    assert reading.rejected == []
    assert [(each.row, each.code) for each in reading.ignored] == [
        (2, "note"),
        (4, "heading"),
        (5, "note"),
        (9, "total"),
        (10, "note"),
    ]


def test_read_year_named_by_the_title():
    rows = [["2025년 MWC 상담실적"], ["기업명", "일자", "바이어"], ["G", "3/4", "A"]]
    assert brief(read(rows_book(rows), CONSULTATIONS), "date") == [(3, DAY)]


def test_read_period_over_new_year_gives_each_date_its_year():
    rows = [["기업명", "일자", "바이어"], ["G", "12/30", "A"], ["G", "1/2", "A"]]
    options = Options.for_period(dt.date(2025, 12, 29), dt.date(2026, 1, 3))
    assert brief(read(rows_book(rows), CONSULTATIONS, options), "date") == [
        (2, dt.date(2025, 12, 30)),
        (3, dt.date(2026, 1, 2)),
    ]


def test_read_default_stands_for_a_missing_column():
    rows = [["기업명", "바이어"], ["G", "A"]]
    reading = read(rows_book(rows), CONSULTATIONS, Options(defaults={"date": DAY}))
    assert brief(reading, "date") == [(2, DAY)]


def test_read_amounts_without_any_currency_are_refused_or_take_the_default():
    rows = [
        ["기업명", "일자", "바이어", "상담액"],
        ["G", "2025-03-04", "A", 5],
        ["G", "2025-03-04", "B", None],
    ]
    refused = read(rows_book(rows), CONSULTATIONS)
    assert [(each.row, each.column, each.problem.code) for each in refused.rejected] == [
        (2, "상담액", "no_currency")
    ]
    assert brief(read(rows_book(rows), CONSULTATIONS, Options(currency="USD")), "amount") == [
        (2, usd("5")),
        (3, None),
    ]


def test_read_heading_and_note_that_contradict_are_refused_once():
    rows = [["(단위: 천불)"], ["기업명", "일자", "바이어", "상담액($)"]]
    rows += [["G", "2025-03-04", "A", 5], ["G", "2025-03-04", "B", None]]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert [(each.row, each.problem.code) for each in reading.rejected] == [(2, "unit_conflict")]
    assert brief(reading, "buyer") == [(4, "B")]


def test_read_formula_faults_are_refused_not_lost():
    def fill(workbook, sheet):
        write_rows(sheet, [["Firm", "Date", "Buyer", "Amount (USD)"]])
        write_rows(sheet, [["G", "2025-03-04", buyer] for buyer in "ABC"], top=1)
        sheet.write_formula("D2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D3", "=1+1", None, 424242)
        sheet.write_formula("D4", "=1+1", None, 2)

    reading = read(patched(book(fill), b"<v>424242</v>", b"<v></v>"), CONSULTATIONS)
    assert [(each.row, each.problem.code) for each in reading.rejected] == [
        (2, "formula_error"),
        (3, "formula_unsaved"),
    ]
    assert reading.rejected[0].problem.why("ko") == "수식 오류(#DIV/0!)"
    assert brief(reading, "amount") == [(4, usd("2"))]


def test_read_amounts_without_float_artefacts():
    rows = [
        ["Firm", "Date", "Buyer", "Amount (천불)"],
        *(["G", "2025-03-04", f"B{i}", 0.1] for i in range(3)),
    ]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert {str(row.values["amount"].value) for row in reading.rows} == {"100.0"}
    assert reading.totals == {"amount": {"USD": Decimal("300")}}


def test_read_takes_a_stream_of_bytes_or_a_path(tmp_path):
    content = rows_book([["Firm", "Date", "Buyer"], ["G", "2025-03-04", "A"]])
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert read(path, CONSULTATIONS).rows == read(io.BytesIO(content).getvalue(), CONSULTATIONS).rows
    assert read(str(path), CONSULTATIONS).sheet == "상담실적"


def test_read_groups_over_equal_headings_without_merges():
    rows = [
        ["2025 MWC 상담실적", None, None, None, None, None, None, "(단위: 천불)"],
        ["참가기업", None, "상담", None, None, None, "계약추진", None],
        ["기업명", "사업자등록번호", "일자", "바이어", "건수", "금액", "건수", "금액"],
        ["가온", "123-45-67891", "2025.3.4", "A", 1, 30, 1, 2],
    ]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert reading.header_row == 2
    assert brief(reading, "business_number", "amount", "pursued") == [
        (4, "1234567891", usd("30000"), usd("2000"))
    ]


def test_read_pursued_group_alone_is_not_taken_for_consulted():
    rows = [["상담", None, None, "계약추진", None], ["기업명", "일자", "바이어", "건수", "금액(천불)"]]
    reading = read(rows_book([*rows, ["가온", "2025.3.4", "A", 1, 3]]), CONSULTATIONS)
    assert brief(reading, "amount", "pursued") == [(3, None, usd("3000"))]


def test_read_header_row_is_the_first_of_merged_headings():
    def fill(workbook, sheet):
        for column, text in enumerate(["기업명", "일자", "바이어"]):
            sheet.merge_range(2, column, 3, column, text)
        sheet.merge_range("D3:E3", "실적")
        write_rows(sheet, [["상담액(천불)", "계약추진액(천불)"], [10, 5]], top=3, left=3)
        write_rows(sheet, [["가온", "2025.3.4", "A"]], top=4)

    reading = read(book(fill), CONSULTATIONS)
    assert (reading.header_row, reading.ignored) == (3, [])
    assert brief(reading, "amount", "pursued") == [(5, usd("10000"), usd("5000"))]


def test_read_csv_subtotals_beside_the_firm_and_a_wrong_total_after_one():
    text = (
        "업체명,상담일,바이어,국가,상담액(천불)\n가온,3/4,A,미국,1\n가온,소계,,,1\n"
        "나래,3/4,B,미국,2\n나래 소계,,,,2\n합 계,,,,4\n"
    )
    reading = read(text.encode("cp949"), CONSULTATIONS, MARCH)
    assert [(row.number, row.values["firm"]) for row in reading.rows] == [(2, "가온"), (4, "나래")]
    assert [(check.row, check.stated, check.read) for check in reading.checks] == [
        (3, Decimal(1000), Decimal(1000)),
        (5, Decimal(2000), Decimal(2000)),
        (6, Decimal(4000), Decimal(3000)),
    ]


def test_read_nested_subtotals_by_firm_and_day():
    rows = [["기업명", "일자", "바이어", "상담액(USD)"]]
    rows += [["가온", "2025-03-04", "A", 1], ["기업 소계", None, None, 1], ["나래", "2025-03-04", "B", 2]]
    rows += [["기업 소계", None, None, 2], ["일자 소계", None, None, 3], ["다온", "2025-03-05", "C", 4]]
    rows += [["기업 소계", None, None, 4], ["일자 소계", None, None, 4], ["총계", None, None, 7]]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert len(reading.checks) == 6
    assert all(check.agrees for check in reading.checks)


def test_read_subtotals_above_their_rows():
    rows = [["기업명", "일자", "바이어", "상담액(USD)"], ["총계", None, None, 6], ["소계", None, None, 1]]
    rows += [["가온", "2025-03-04", "A", 1], ["소계", None, None, 5], ["나래", "2025-03-04", "B", 2]]
    rows += [["나래", "2025-03-04", "C", 3]]
    reading = read(rows_book(rows), CONSULTATIONS)
    assert [(check.row, check.agrees) for check in reading.checks] == [(2, True), (3, True), (5, True)]
