"""A workbook in, with everything that can be wrong with it, and what was exported back in again."""

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from bridgehead.audit.models import Entry as AuditEntry
from bridgehead.floor.actions.consultations import withdraw_consultation
from bridgehead.floor.actions.workbooks import (
    AlreadyImported,
    RowsRefused,
    import_batch,
    plan_import,
    upload_batch,
)
from bridgehead.floor.models import Batch, Consultation, StageRecord
from bridgehead.floor.rules import plain_name
from tests.factories.floor import a_consultation, a_participant
from tests.factories.organisations import maker_of, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db

HEADINGS = ["기업명", "상담일", "바이어", "국가", "품목", "상담액", "계약추진액"]


def workbook(*rows, title=("상담실적", "(단위: 천불)"), headings=HEADINGS) -> bytes:
    """Title and unit above the headings, as an officer's sheet has them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("상담실적")
    for number, row in enumerate([*([text] for text in title), headings, *rows]):
        for index, value in enumerate(row):
            sheet.write(number, index, value)
    book.close()
    return out.getvalue()


def row(firm, buyer="Rossi", day="2026.1.17", amount=12, pursued=None):
    return [firm, day, buyer, "이탈리아", "반지", amount, pursued]


@pytest.fixture
def programme():
    programme = a_programme(slug="jongno-test")
    a_participant(programme, name_ko="미쯔노이브이(주)", name_en="MitsunoiV Co., Ltd.")
    a_participant(programme, name_ko="소유", name_en="Soyou")
    return programme


def test_plan_reads_unit_and_firms_in_both_languages(programme):
    content = workbook(row("미쯔노이브이"), row("MITSUNOIV", "Bianchi", pursued=5), row("소 유", "Verdi"))
    plan = plan_import(programme=programme, content=content)
    assert (plan.refused, plan.doubles, plan.reading.unit) == ([], [], "1000 USD")
    assert [str(entry.firm.name_en) for entry in plan.entries] == [
        "MitsunoiV Co., Ltd.",
        "MitsunoiV Co., Ltd.",
        "Soyou",
    ]
    assert plan.totals == {"USD": Decimal(36000)}
    assert plan.pursued == {"USD": Decimal(5000)}


def test_plan_refuses_unknown_firm_with_the_closest_names(programme):
    plan = plan_import(programme=programme, content=workbook(row("Soyu")))
    [refusal] = plan.refused
    assert (refusal.row, refusal.column, refusal.value) == (4, "기업명", "Soyu")
    assert "소유" in refusal.mend


def test_plan_finds_firm_by_business_number_whatever_its_name(programme):
    number = programme.awards.last().firm.business_number
    content = workbook([*row("New Name"), number], headings=[*HEADINGS, "사업자등록번호"])
    plan = plan_import(programme=programme, content=content)
    assert [entry.firm.business_number for entry in plan.entries] == [number]


def test_plan_refuses_withdrawn_firms_future_days_and_absurd_amounts(programme):
    programme.awards.filter(firm__name_en="Soyou").update(state="withdrawn")
    content = workbook(row("Soyou"), row("MitsunoiV", day="2999-01-01"), row("MitsunoiV", amount=10**14))
    plan = plan_import(programme=programme, content=content)
    assert [refusal.row for refusal in plan.refused] == [4, 5, 6]
    assert plan.entries == []


def test_plan_knows_a_repeated_row_under_either_name(programme):
    plan = plan_import(programme=programme, content=workbook(row("소유"), row("Soyou"), row("소유")))
    assert [(double.row, double.same_as) for double in plan.doubles] == [(5, 4), (6, 4)]
    assert len(plan.entries) == 1


def test_plan_knows_what_was_logged_on_the_floor(programme):
    firm = programme.awards.last().firm
    log = {"programme": programme, "firm": firm, "buyer_name": "Rossi", "product": "반지"}
    talk = a_consultation(**log, buyer_country="IT", amount=Decimal(12000), currency="USD")
    plan = plan_import(programme=programme, content=workbook(row("소유")))
    assert [(double.known, double.changed) for double in plan.doubles] == [(talk, False)]


def upload(programme, content, by=None):
    return upload_batch(programme=programme, file_name="상담.xlsx", content=content, by=by)


def test_import_writes_rows_stages_and_one_trail_entry(programme):
    batch = upload(programme, workbook(row("소유", pursued=5), row("Soyou", "Verdi")))
    assert import_batch(batch=batch, partial=False, by=None) == 2
    talk = Consultation.objects.get(buyer_name="Rossi")
    assert (talk.source, talk.batch, talk.batch_row, talk.amount) == ("import", batch, 4, Decimal(12000))
    assert StageRecord.objects.get().amount == Decimal("5000.00")
    assert AuditEntry.objects.get().verb == "consultation.log_many"


def test_import_twice_imports_nothing_the_second_time(programme):
    content = workbook(row("소유"), row("Soyou", "Verdi", pursued=3))
    first = upload(programme, content)
    assert import_batch(batch=first, partial=False, by=None) == 2
    with pytest.raises(AlreadyImported):
        import_batch(batch=first, partial=False, by=None)
    assert import_batch(batch=upload(programme, content), partial=False, by=None) == 0
    assert Consultation.objects.count() == 2


def test_import_again_after_an_edit_or_withdrawal_still_knows_the_rows(programme):
    content = workbook(row("소유"), row("Soyou", "Verdi"))
    import_batch(batch=upload(programme, content), partial=False, by=None)
    first, second = Consultation.objects.order_by("batch_row")
    Consultation.objects.filter(pk=first.pk).update(product="brooches")
    withdraw_consultation(consultation=second, by=None, reason="double")
    assert import_batch(batch=upload(programme, content), partial=False, by=None) == 0


def test_import_with_a_refused_row_is_all_or_nothing_unless_partial(programme):
    content = workbook(row("소유"), row("Nobody", "Verdi"))
    batch = upload(programme, content)
    with pytest.raises(RowsRefused):
        import_batch(batch=batch, partial=False, by=None)
    assert Consultation.objects.count() == 0
    assert import_batch(batch=batch, partial=True, by=None) == 1


def test_plain_name_drops_legal_forms_spaces_and_case():
    spellings = ["(주)미쯔노이", "미쯔 노이 주식회사", "㈜미쯔노이", "미쯔노이"]
    assert {plain_name(name) for name in spellings} == {"미쯔노이"}
    assert {plain_name(name) for name in ["Soyou Co., Ltd.", "SOYOU", "Soyou Inc"]} == {"soyou"}
    assert plain_name("Cocoon") == "cocoon"


# The page


def test_page_previews_then_imports(client, programme):
    client.force_login(staff(programme.host))
    url = reverse("floor:import", args=[programme.slug])
    file = SimpleUploadedFile("상담.xlsx", workbook(row("소유", pursued=5), row("Nobody")))
    preview = client.post(url, {"file": file}).url
    page = client.get(preview)
    assert (len(page.context["plan"].entries), len(page.context["plan"].refused)) == (1, 1)
    assert Consultation.objects.count() == 0
    assert client.post(preview).url == preview
    assert Consultation.objects.count() == 0
    client.post(preview, {"partial": "1"})
    assert Consultation.objects.count() == 1
    assert client.get(url).status_code == 200


def test_page_says_why_a_file_cannot_be_read(client, programme):
    client.force_login(staff(programme.host))
    file = SimpleUploadedFile("x.xlsx", b"%PDF-1.7 something")
    answer = client.post(reverse("floor:import", args=[programme.slug]), {"file": file})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert Batch.objects.count() == 0


def test_preview_of_somebody_else_is_404_and_a_new_upload_clears_the_old(client, programme):
    officer = staff(programme.host)
    old = upload(programme, workbook(row("소유")), by=officer)
    url = reverse("floor:import_preview", args=[programme.slug, old.pk])
    client.force_login(staff(programme.host))
    assert client.get(url).status_code == 404
    upload(programme, workbook(row("소유")), by=officer)
    client.force_login(officer)
    assert client.get(url).status_code == 404


# Round trip


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_export_edited_comes_back_with_the_new_rows_only(client, programme, language, format):
    firm = programme.awards.last().firm
    a_consultation(programme, firm, buyer_name="Rossi", pursued_amount=Decimal("99.50"), note="=1+1")
    a_consultation(programme, firm, buyer_name="Verdi", amount=Decimal(0))
    client.force_login(staff(programme.host))
    url = f"/{language}/desk/programmes/{programme.slug}/consultations/export.{format}"
    exported = client.get(url).content
    assert plan_import(programme=programme, content=exported).entries == []
    plan = plan_import(programme=programme, content=edited(exported, format, str(firm)))
    assert plan.refused == []
    assert [entry.buyer_name for entry in plan.entries] == ["Added"]
    assert sorted((double.known.buyer_name, double.changed) for double in plan.known) == [
        ("Rossi", True),
        ("Verdi", False),
    ]


def edited(content: bytes, format: str, firm: str) -> bytes:
    """The product of the row of Rossi changed, and a row added without an id."""
    if format == "csv":
        text = content.decode("utf-8-sig").replace("Rossi,IT,,", "Rossi,IT,,rings")
        return f"{text},{firm},,2026-01-18,Added,IT,,,70,,USD,,,,,,\r\n".encode("utf-8-sig")
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    for values in rows[1:]:
        if values[4] == "Rossi":
            values[7] = "rings"
    rows.append(["", firm, "", date(2026, 1, 18), "Added", "IT", "", "", 70, "", "USD", *[""] * 6])
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, values in enumerate(rows):
        for index, value in enumerate(values):
            sheet.write(number, index, f"'{value}" if str(value).startswith("=") else value)
    book.close()
    return out.getvalue()


def test_export_in_cp949_names_what_it_cannot_hold(client, programme):
    a_consultation(programme, programme.awards.last().firm, buyer_name="Ötzi 🙂")
    client.force_login(staff(programme.host))
    url = reverse("floor:consultations_csv", args=[programme.slug])
    answer = client.get(url, {"encoding": "cp949"}, follow=True)
    assert "U+1F642" in answer.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_template_filled_in_is_read(client, programme, language):
    client.force_login(staff(programme.host))
    url = f"/{language}/desk/programmes/{programme.slug}/consultations/import/template.xlsx"
    sheet = python_calamine.load_workbook(io.BytesIO(client.get(url).content)).get_sheet_by_index(0)
    [headings] = sheet.to_python()
    filled = workbook(
        ["소유", "", "2026-01-17", "Rossi", "IT", "", "rings", 1200, 300, "EUR", ""],
        title=(),
        headings=headings,
    )
    [entry] = plan_import(programme=programme, content=filled).entries
    assert (entry.amount, entry.currency, entry.stages[0].amount) == (Decimal(1200), "EUR", Decimal(300))


# The command


def run(capsys, *words) -> tuple[int, dict, str]:
    code = 0
    try:
        call_command("import", "consultations", *words)
    except SystemExit as exit:
        code = exit.code
    except CommandError as error:
        return error.returncode, {}, str(error)
    out = capsys.readouterr().out
    return code, json.loads(out) if "--json" in words else {}, out


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "실적.xlsx"
    total = ["합계", "", "", "", "", 24, 5]
    path.write_bytes(workbook(row("소유", pursued=5), row("Soyou", "Verdi"), row("소유", pursued=5), total))
    return path


def test_command_prints_the_interface_and_a_dry_run_changes_nothing(capsys, programme, file):
    code, said, _out = run(capsys, str(file), "--programme", programme.slug, "--dry-run", "--json")
    del said["warnings"]
    assert (code, said) == (
        0,
        {
            "file": "실적.xlsx",
            "sheet": "상담실적",
            "header_row": 3,
            "unit": "1000 USD",
            "rows": 2,
            "imported": 2,
            "duplicates": [{"row": 6, "same_as": 4}],
            "rejected": [],
            "ignored": [
                {"row": 1, "why": "title"},
                {"row": 2, "why": "unit"},
                {"row": 7, "why": "total"},
            ],
            "totals": {"amount": "24000.00", "currency": "USD"},
            "dry_run": True,
        },
    )
    assert Consultation.objects.count() == 0


def test_command_twice_imports_nothing_the_second_time(capsys, programme, file):
    words = [str(file), "--programme", programme.slug, "--json"]
    assert run(capsys, *words)[1]["imported"] == 2
    code, said, _out = run(capsys, *words)
    assert (code, said["imported"], said["rows"]) == (0, 0, 2)
    assert [entry["row"] for entry in said["duplicates"]] == [4, 5, 6]
    assert Batch.objects.count() == 1


def test_command_with_rejected_rows_exits_1_and_imports_none_unless_partial(capsys, programme, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook(row("소유"), row("Nobody", "Verdi"), row("소유", day="2025-02-30")))
    words = [str(path), "--programme", programme.slug, "--json"]
    code, said, _out = run(capsys, *words)
    assert (code, said["imported"], Consultation.objects.count()) == (1, 0, 0)
    assert [(entry["row"], entry["column"]) for entry in said["rejected"]] == [(5, "기업명"), (6, "상담일")]
    assert all(entry["why"] and entry["mend"] for entry in said["rejected"])
    code, said, _out = run(capsys, *words, "--partial")
    assert (code, said["imported"], Consultation.objects.count()) == (1, 1, 1)


def test_command_speaks_korean_when_asked(capsys, programme, file):
    said = run(capsys, str(file), "--programme", programme.slug, "--json", "--dry-run", "--lang", "ko")[1]
    assert said["ignored"][0]["why"] == "제목"


@pytest.mark.parametrize(
    "words",
    [
        ["missing.xlsx", "--programme", "jongno-test"],
        [__file__, "--programme", "no-such-programme"],
        [__file__],
        [__file__, "--programme", "jongno-test"],
    ],
)
def test_command_with_wrong_usage_exits_2(capsys, programme, words):
    code, _said, error = run(capsys, *words)
    assert (code, bool(error)) == (2, True)


def test_command_with_unknown_kind_lists_what_there_is():
    with pytest.raises(CommandError) as error:
        call_command("import", "unicorns", "x.xlsx")
    assert error.value.returncode == 2
    assert "consultations" in str(error.value)


def test_import_keeps_who_logged_what_on_the_floor(programme):
    firm = programme.awards.last().firm
    maker = maker_of(firm)
    talk = a_consultation(programme, firm, by=maker)
    import_batch(batch=upload(programme, workbook(row("소유"))), partial=False, by=None)
    talk.refresh_from_db()
    assert (talk.logged_by, talk.source) == (maker, "floor")
