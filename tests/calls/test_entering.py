"""Applications on paper from a workbook: rows explained, all or none, the same file twice enters nothing."""

import io
import json
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone, translation

from bridgehead.calls.actions.entering import RowsRefused, enter_applications
from bridgehead.calls.models import Application, Submission
from bridgehead.calls.paper_entries import plan_entries
from bridgehead.organisations.models import Consent
from tests.factories.calls import a_call
from tests.factories.organisations import a_business_number, a_firm, staff

pytestmark = pytest.mark.django_db
QUESTIONS = (
    {"key": "product", "kind": "short_text", "label_ko": "주력 제품", "label_en": "Main product"},
    {
        "key": "region",
        "kind": "choice",
        "label_ko": "지역",
        "label_en": "Region",
        "options": {"choices": [{"value": "icheon", "ko": "이천", "en": "Icheon"}]},
    },
    {"key": "plan", "kind": "file"},
)
EXPORTED = {
    "key": "exported",
    "kind": "choice",
    "label_ko": "수출 실적",
    "label_en": "Exports",
    "options": {"choices": [{"value": "no", "ko": "없음", "en": "None"}]},
}
HEAD = ["기업명", "사업자등록번호", "접수일", "개인정보 동의", "주력 제품", "지역"]


@pytest.fixture
def call():
    return a_call(questions=QUESTIONS, slug="paper")


def a_row(number=None, *, firm="은공방", consent="예", region="이천", day=None):
    return [
        firm,
        number or a_business_number(),
        f"{day or timezone.localdate():%Y-%m-%d}",
        consent,
        "반지",
        region,
    ]


def book(*rows):
    return book_of(HEAD, *rows)


def book_of(*rows):
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = workbook.add_worksheet("신청")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    workbook.close()
    return out.getvalue()


def test_rows_become_submitted_applications_with_consents_and_receipts(call):
    known = a_firm()
    content = book(a_row(), a_row(known.business_number))
    assert enter_applications(call=call, content=content, partial=False, by=None) == 2
    first, second = Application.objects.order_by("number")
    assert (first.number, first.state, first.on_paper) == ("PAPER-0001", "submitted", True)
    assert first.answers == {"product": "반지", "region": "icheon"}
    assert (first.firm.name_ko, second.firm) == ("은공방", known)
    assert Consent.objects.filter(organisation=first.firm, purpose="application").count() == 1
    assert json.loads(Submission.objects.get(application=first).record)["on_paper"] is True


def test_answer_that_elsewhere_means_nothing_is_an_answer():
    asked = a_call(questions=({**QUESTIONS[0], "required": True}, EXPORTED), slug="none")
    row = [*a_row()[:4], "없음", "없음"]
    content = book_of([*HEAD[:5], "수출 실적"], row)
    assert enter_applications(call=asked, content=content, partial=False, by=None) == 1
    assert Application.objects.get().answers == {"product": "없음", "exported": "no"}


def test_same_file_twice_enters_nothing(call):
    content = book(a_row(), a_row())
    entered = [enter_applications(call=call, content=content, partial=False, by=None) for _ in range(2)]
    assert entered == [2, 0]
    assert len(plan_entries(call=call, content=content).known) == 2


def test_one_bad_row_keeps_all_out_unless_partial(call):
    content = book(a_row(), a_row(region="부산"), a_row("123-45-67890"), a_row(consent="아니오"))
    with translation.override("en"):
        plan = plan_entries(call=call, content=content)
        assert [(one.row, one.why) for one in plan.refused] == [
            (3, "Choose one of the answers offered."),
            (4, "not a valid business registration number"),
            (5, "no consent is stated"),
        ]
        with pytest.raises(RowsRefused):
            enter_applications(call=call, content=content, partial=False, by=None)
    assert not Application.objects.exists()
    assert enter_applications(call=call, content=content, partial=True, by=None) == 1


def test_day_outside_the_call_is_refused(call):
    early = call.opens_at.date() - timedelta(days=3)
    plan = plan_entries(call=call, content=book(a_row(day=early)))
    assert [one.column for one in plan.refused] == ["접수일"]


def test_command_speaks_the_manners_of_imports(call, tmp_path, capsys):
    path = tmp_path / "paper.xlsx"
    path.write_bytes(book(a_row()))
    call_command("import", "applications", str(path), "--call", "paper", "--dry-run", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["imported"], said["rejected"], said["dry_run"]) == (1, 1, [], True)
    assert not Application.objects.exists()


def test_office_previews_then_enters(client, call):
    client.force_login(staff(call.programme.host))
    url = "/en/desk/calls/paper/applications/paper/"
    page = client.post(url, {"file": SimpleUploadedFile("p.xlsx", book(a_row()))}).content.decode()
    kept = page.split('name="kept" value="')[1].split('"')[0]
    assert not Application.objects.exists()
    assert client.post(f"{url}enter/", {"kept": kept}).status_code == 302
    assert Application.objects.get().on_paper is True
    bad = client.post(url, {"file": SimpleUploadedFile("p.xlsx", b"%PDF-1.7")})
    assert bad.status_code == 422
    assert client.get(f"{url}sheet/").status_code == 200
