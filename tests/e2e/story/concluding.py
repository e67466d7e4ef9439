"""The fair, what became of it, and what is published."""

import io
import re

import python_calamine
import xlsxwriter
from defusedxml import ElementTree
from django.utils import timezone
from hwpx import HwpxDocument

from bridgehead.floor.models import Consultation
from bridgehead.newsroom.actions.releases import create_release
from tests.e2e.story.preparing import link_in_the_mail

#: Soyou talks with Rossi about 12,000 and pursues 8,000, then signs 7,500. The workbook adds a talk of Soyou about
#: 30,000, pursuing 10,000, and one of the Second Workshop about 5,000.
FIGURES = {
    "consultation": (3, "47,000"),
    "pursued": (2, "18,000"),
    "signed": (1, "7,500"),
    "shipped": (0, "0"),
    "paid": (0, "0"),
}


def maker_logs_a_consultation(maker, programme):
    maker.go("my/floor/")
    maker.fill(buyer_name="Rossi Gioielli", buyer_country="IT", product="Silver rings", amount="12,000")
    maker.tick("reached", "pursued")
    maker.fill(pursued_amount="8,000")
    assert maker.width <= 360
    maker.press("Log it")
    maker.page.locator("#entries").get_by_role("link", name="Rossi Gioielli").wait_for()
    talk = Consultation.objects.get()
    assert (talk.amount, talk.currency, talk.source) == (12000, "USD", "floor")
    assert maker.problems == []


def workbook():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("상담실적")
    rows = [
        ["상담실적"],
        ["(단위: 천불)"],
        ["기업명", "상담일", "바이어", "국가", "품목", "상담액", "계약추진액"],
        ["소유", "2026.5.12", "Bianchi", "이탈리아", "반지", 30, 10],
        ["Second Workshop", "2026.5.12", "Neri", "이탈리아", "목걸이", 5, None],
        ["합계", None, None, None, None, 35, 10],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return {
        "name": "talks.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": out.getvalue(),
    }


def workbook_is_imported(officer, programme):
    officer.go(f"desk/programmes/{programme.slug}/consultations/")
    officer.follow("Import a workbook")
    officer.upload("file", workbook())
    officer.press("Read the file")
    officer.sees("Nothing has been imported yet.", "USD 35,000", "Bianchi", "Neri")
    assert Consultation.objects.count() == 1
    officer.press("Import 2 consultations")
    officer.sees("2 consultations were imported.")
    assert Consultation.objects.count() == 3
    assert officer.problems == []


def wave_is_sent(officer, programme):
    officer.go(f"desk/programmes/{programme.slug}/follow-up/")
    officer.press("Plan the rounds")
    officer.press("Send now")
    officer.sees("2 firms were asked by mail.")
    assert officer.problems == []
    return link_in_the_mail("maker@example.org", "f")


def firm_confirms_a_win(firm, link):
    """Without signing in."""
    firm.go(link)
    talk = Consultation.objects.get(buyer_name="Rossi Gioielli")
    firm.open("Rossi Gioielli")
    prefix = f"{talk.pk}-"
    firm.fill(prefix, stage="signed", amount="7,500", reached_on="2026-06-10", evidence_note="PO 17")
    firm.tick(f"{prefix}confirm")
    firm.fill(prefix, without_support="never")
    firm.fill(answered_by="문소유")
    assert firm.width <= 360
    firm.press("Send the answer")
    firm.page.wait_for_url("**/done/")
    assert talk.stages.get(stage="signed").confirmed_by == "문소유"
    assert firm.problems == []


def results_are_exact(officer, programme):
    officer.go(f"desk/programmes/{programme.slug}/results/")
    for count, amount in FIGURES.values():
        officer.sees(re.compile(rf"{count}\s*USD {amount}"))
    officer.sees("Wins confirmed by the firm")
    cells = {
        str(cell)
        for sheet in _sheets(officer.download("XLSX"))
        for row in sheet
        for cell in row
        if cell not in ("", None)
    }
    assert {"47000.0", "18000.0", "7500.0"} <= cells
    text = HwpxDocument.open(io.BytesIO(officer.download("HWPX"))).export_text()
    for _count, amount in FIGURES.values():
        assert amount in text
    assert officer.problems == []


def _sheets(data):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def release_is_read(reader, cast, programme, site):
    """Its figure is computed when it is read."""
    release = create_release(
        host=cast.host,
        programme=programme,
        title="Jongno at VICENZAORO",
        bullets=f"{{{{{programme.slug} pursued}}}}",
        body="<p>Two workshops went.</p>",
        language="en",
        published_at=timezone.now(),
        by=cast.editor,
    )
    reader.go("news/")
    reader.follow("Jongno at VICENZAORO")
    reader.sees("USD 18,000", "Two workshops went.")
    reader.follow("Results")
    reader.sees("Jongno pavilion at the jewelry fair")
    assert reader.problems == []
    feed = reader.context.request.get(f"{site}/feed/atom/")
    atom = {"a": "http://www.w3.org/2005/Atom"}
    root = ElementTree.fromstring(feed.body())
    assert [entry.findtext("a:title", namespaces=atom) for entry in root.findall("a:entry", atom)] == [
        release.title
    ]
    assert "18,000" in feed.text()
