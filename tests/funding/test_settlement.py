"""The settlement bundle: lines in the national ledger's order, receipts in one indexed PDF, ledger, manifest."""

import hashlib
import json
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from bridgehead.funding import actions, receipts, settlement
from bridgehead.jobs.models import Job
from bridgehead.questions.models import Question
from bridgehead.questions.rules.files import check_file
from tests.factories.funding import a_claim, a_cost_item, a_paid_line, a_promise
from tests.factories.organisations import a_firm, a_host, a_user, staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
FILES = Question(kind=Question.Kind.FILE, options={"types": ["jpeg", "png", "pdf"], "max_mb": 10})


def a_photo(shade=200):
    content = BytesIO()
    Image.new("RGB", (300, 400), (shade, shade, shade)).save(content, "JPEG")
    upload = SimpleUploadedFile("receipt.jpg", content.getvalue(), content_type="image/jpeg")
    return check_file(FILES, upload)


def a_pdf():
    upload = SimpleUploadedFile("receipt.pdf", b"%PDF-1.7\n%%EOF", content_type="application/pdf")
    return check_file(FILES, upload)


def bundle_of(programme, firm=None, language="ko"):
    out, told = BytesIO(), []
    with translation.override(language):
        manifest = settlement.write(
            out, programme=programme, firm=firm, language=language, tell=lambda *how: told.append(how)
        )
    with zipfile.ZipFile(out) as files:
        return manifest, {name: files.read(name) for name in files.namelist()}, told


@pytest.fixture
def item():
    return a_cost_item(a_programme(title_ko="비첸차 2026"), name_ko="운송", name_en="Freight")


def test_lines_stand_in_the_order_of_the_national_ledger(item):
    a_paid_line(
        item, receipt_amount=Decimal(1_100_000), receipt_vat=Decimal(100_000), receipt_issuer="한진",
        receipt_on=date(2025, 3, 3), amount=2_000_000, receipt=a_photo(),
    )  # fmt: skip
    _manifest, files, _told = bundle_of(item.programme)
    head, row = (
        CalamineWorkbook.from_filelike(BytesIO(files["정산내역.xlsx"])).get_sheet_by_index(0).to_python()
    )
    assert [title.partition("(")[0] for title in head[:8]] == [
        "사업", "세목", "거래처", "일자", "공급가액", "부가세", "합계", "증빙",
    ]  # fmt: skip
    assert row[:8] == [
        "비첸차 2026", "운송", "한진", date(2025, 3, 3), 1_000_000, 100_000, 1_100_000, "R-0001",
    ]  # fmt: skip


def test_refused_and_reversed_lines_are_included_and_marked(item):
    actions.reverse(line=a_paid_line(item, receipt=a_photo()), by=a_user(), reason="twice")
    actions.refuse(line=a_claim(a_promise(item), receipt=a_photo(90)), by=a_user(), reason="no trip")
    manifest, files, _told = bundle_of(item.programme, language="en")
    assert manifest["lines"] == {"refused": 1, "reversed": 1}
    assert manifest["paid"] == "0"
    marks = [entry.title for entry in PdfReader(BytesIO(files["receipts.pdf"])).outline]
    assert [mark.rpartition(" · ")[2] for mark in marks] == ["Index", "reversed", "refused"]


def test_pages_of_refused_and_reversed_receipts_are_stamped(item):
    actions.reverse(line=a_paid_line(item, receipt=a_photo()), by=a_user(), reason="twice")
    actions.refuse(line=a_claim(a_promise(item), receipt=a_photo(90)), by=a_user(), reason="no trip")
    a_claim(a_promise(item), receipt=a_photo(50))
    _manifest, files, _told = bundle_of(item.programme, language="en")
    pages = [page.extract_text().strip() for page in PdfReader(BytesIO(files["receipts.pdf"])).pages]
    assert sorted(pages[-3:]) == ["", "refused", "reversed"]


def test_documents_of_a_claim_follow_its_receipt():
    item = a_cost_item(required_documents=["waybill"])
    a_claim(a_promise(item), receipt=a_photo(), papers={"waybill": a_photo(90)})
    _manifest, files, _told = bundle_of(item.programme, language="en")
    book = PdfReader(BytesIO(files["receipts.pdf"]))
    assert len(book.pages) == 1 + 2
    assert len(book.outline) == 2


def test_many_receipts_make_volumes_and_the_index_names_them(item, monkeypatch):
    monkeypatch.setattr(receipts, "LINES_A_VOLUME", 2)
    for quality in (50, 60, 70):
        a_claim(a_promise(item), receipt=a_photo(quality))
    manifest, files, _told = bundle_of(item.programme, language="en")
    assert [one["name"] for one in manifest["files"]] == [
        "settlement-lines.xlsx", "receipts.pdf", "receipts-2.pdf", "ledger.xlsx",
    ]  # fmt: skip
    first, second = (PdfReader(BytesIO(files[name])) for name in ("receipts.pdf", "receipts-2.pdf"))
    assert (len(first.pages), len(second.pages), len(second.outline)) == (1 + 2, 1, 1)
    assert "Volume" in first.pages[0].extract_text()


def test_every_receipt_has_its_bookmark_and_an_unreadable_one_its_empty_page(item):
    for receipt in (a_photo(), a_pdf()):
        a_claim(a_promise(item, a_firm(slug=f"firm-{receipt.name[-3:]}")), receipt=receipt)
    _manifest, files, told = bundle_of(item.programme, language="en")
    book = PdfReader(BytesIO(files["receipts.pdf"]))
    pages = [book.get_destination_page_number(entry) for entry in book.outline]
    assert pages[1:] == [len(book.pages) - 2, len(book.pages) - 1]
    assert "R-0002" in "".join(page.extract_text() for page in book.pages)
    assert told == [(1, 2), (2, 2)]


def test_manifest_has_the_hash_of_every_file(item):
    a_paid_line(item, receipt=a_photo())
    manifest, files, _told = bundle_of(item.programme)
    assert json.loads(files.pop("manifest.json")) == manifest
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }


def test_bundle_of_a_firm_has_its_lines_only(item):
    line = a_paid_line(item)
    a_paid_line(item)
    manifest, files, _told = bundle_of(item.programme, line.firm)
    assert (manifest["firm"], manifest["lines"]) == (line.firm.slug, {"paid": 1})
    rows = CalamineWorkbook.from_filelike(BytesIO(files["원장.xlsx"])).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + line.entries.count()


@pytest.mark.django_db(transaction=True)
def test_bundle_is_fetched_by_those_who_see_the_money_and_by_nobody_else(client, item):
    a_paid_line(item, receipt=a_photo())
    slug = item.programme.slug
    client.force_login(staff(item.programme.host, "auditor"))
    client.post(reverse("funding:settlement", args=[slug]))
    job = Job.objects.get()
    assert job.state == Job.State.DONE, job.error
    page = client.get(job.result_url)
    assert [one["name"] for one in page.context["manifest"]["files"]][1:] == ["증빙.pdf", "원장.xlsx"]
    answer = client.get(f"{job.result_url}file/")
    assert zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))).testzip() is None
    client.force_login(staff(a_host(), "finance"))
    assert client.get(job.result_url).status_code == 404
    assert client.get(f"{job.result_url}file/").status_code == 404
