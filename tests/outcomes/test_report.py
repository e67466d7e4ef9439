"""The report in each format and language, opened again: its figures are the records' figures."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hwpx import HwpxDocument
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from bridgehead.documents.delimited import CannotEncode
from bridgehead.floor.actions.stages import confirm_stage, reach_stage
from bridgehead.outcomes.files import results_file
from bridgehead.outcomes.queries import results
from bridgehead.programmes.actions import add_statement
from tests.factories.floor import a_consultation, a_participant
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    """Two firms, three consultations, one of them signed and confirmed; one amount without a rate."""
    programme = a_programme(title_ko="비첸차 공동관", title_en="Pavilion in Vicenza", reconstructed=True)
    soyou = a_participant(programme, name_ko="소유", name_en="Soyou")
    heradi = a_participant(programme, name_ko="헤라디", name_en="Heradi")
    talk = a_consultation(programme, soyou, amount=Decimal(1_234_567), held_on=date(2026, 1, 16))
    a_consultation(programme, heradi, amount=Decimal(5000), buyer_country="FR", buyer_name="Secret Buyer")
    a_consultation(programme, heradi, amount=Decimal(7), currency="VND", buyer_country="FR")
    record = reach_stage(
        consultation=talk, stage="signed", reached_on=date(2026, 2, 2), amount=Decimal(765_432), currency="USD", by=None
    )  # fmt: skip
    confirm_stage(record=record, confirmed_by="Kim", without_support="never")
    add_statement(
        programme=programme, subject="visitors", value=Decimal(35_000), approximate=True, said_by="IEG", by=None
    )  # fmt: skip
    return results(programme)


def words(format: str, data: bytes) -> str:
    if format == "hwpx":
        return HwpxDocument.open(data).text.plain()
    if format == "pdf":
        return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join(str(cell) for row in rows for cell in row)


SAID = {
    "ko": ["비첸차 공동관", "소유", "헤라디", "이탈리아", "프랑스", "약 35,000 (IEG)"],
    "en": ["Pavilion in Vicenza", "Soyou", "Heradi", "Italy", "France", "about 35,000 (IEG)"],
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("format", ["hwpx", "pdf", "xlsx"])
def test_report_says_the_figures_in_the_readers_language(found, format, language):
    text = words(format, results_file(found, format, language))
    for expected in [*SAID[language], "1,239,567", "765,432"]:
        assert expected in text
    assert "Secret Buyer" not in text
    assert "visitors =" not in text


def test_report_says_what_was_left_out_and_what_is_made_up(found):
    text = words("hwpx", results_file(found, "hwpx", "en"))
    assert "1 amount is not included: there is no exchange rate for its day." in text
    assert "Demonstration data" in text


def test_workbook_holds_numbers_not_texts(found):
    book = CalamineWorkbook.from_filelike(io.BytesIO(results_file(found, "xlsx", "en")))
    cells = [
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]
    assert 1234567.0 in cells
    assert 765432.0 in cells


@pytest.mark.parametrize(
    ("language", "country", "firm"), [("ko", "이탈리아", "소유"), ("en", "Italy", "Soyou")]
)
def test_csv_has_one_line_per_consultation_and_stage(found, language, country, firm):
    text = results_file(found, "csv", language).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    lines = [(row["stage"], row["firm"], row["country"], row["amount"], row["confirmed"]) for row in rows]
    assert sorted(line for line in lines if line[1] == firm) == [
        ("consultation", firm, country, "1234567.00", ""),
        ("pursued", firm, country, "765432.00", ""),
        ("signed", firm, country, "765432.00", "yes"),
    ]
    assert {row["currency"] for row in rows} == {"USD"}
    assert sorted(row["amount"] for row in rows if row["firm"] != firm) == ["", "5000.00"]
    assert len(rows) == len(found.facts) == 5


def test_csv_in_cp949_opens_as_korean_or_says_what_it_cannot_hold(found):
    assert "소유" in results_file(found, "csv", "ko", encoding="cp949").decode("cp949")
    a_consultation(found.programme, a_participant(found.programme, name_ko="뷁Ž"))
    with pytest.raises(CannotEncode, match=r"Ž \(U\+017D\)"):
        results_file(results(found.programme), "csv", "ko", encoding="cp949")


def test_unknown_format_is_refused(found):
    with pytest.raises(ValueError, match="docx"):
        results_file(found, "docx", "ko")


@pytest.mark.parametrize("format", ["hwpx", "pdf", "xlsx", "csv"])
def test_report_of_a_programme_without_records_can_be_written(format):
    assert results_file(results(a_programme()), format, "ko")
