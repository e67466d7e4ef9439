"""Money in a browser: a claim with a photo by phone, sent back and mended, an overlap overruled by two, payment after its checks, the
figure that opens its rows, the reversal, and the settlement bundle."""

import io
import random
import zipfile
from decimal import Decimal

import pytest
from PIL import Image, ImageDraw

from bridgehead.funding.models import SupportLine
from tests.factories.funding import a_ceiling, a_cost_item, a_promise, a_source
from tests.factories.organisations import a_firm, a_host, maker_of, staff
from tests.factories.programmes import a_programme, an_edition

pytestmark = pytest.mark.django_db(transaction=True)


def photo():
    dice, paper, content = random.Random(7), Image.new("L", (480, 640), 245), io.BytesIO()
    for row in range(12):
        box = (40, 40 + row * 45, 40 + dice.randint(60, 380), 60 + row * 45)
        ImageDraw.Draw(paper).rectangle(box, fill=dice.randint(20, 140))
    paper.save(content, "JPEG")
    return {"name": "receipt.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


@pytest.fixture
def promised():
    """1.5M promised for freight by the cubic metre at 80 %, to a firm that another host supports at the same fair."""
    edition, firm = an_edition(), a_firm(name_en="Soyou", name_ko="소유")
    theirs = a_programme(a_host(name_en="Gyeonggi", name_ko="경기", contact="031-120"), edition=edition)
    a_promise(a_cost_item(theirs, code="freight", mode="in_kind"), firm, 7_654_321)
    ours = a_programme(a_host(), edition=edition)
    a_ceiling(ours)
    a_source(ours)
    item = a_cost_item(
        ours, code="freight", name_en="Freight", rate=Decimal(80), unit="cbm", metres_per_unit=Decimal(9),
        kilograms_per_unit=Decimal(167),
    )  # fmt: skip
    return a_promise(item, firm, 1_500_000, area=Decimal(18), by=staff(ours.host))


def claims(maker):
    maker.go("my/support/")
    maker.follow("Send the receipt")
    maker.upload("receipt", photo())
    maker.fill(receipt_number="F-17", receipt_issuer="Air Cargo", receipt_on="2025-01-20")
    maker.fill(receipt_amount="1100000", receipt_currency="KRW", receipt_vat="200000", weight="334")
    maker.press("Send the claim")
    maker.sees("The VAT does not add up")
    assert maker.page.locator('[name="receipt_number"]').input_value() == "F-17"
    maker.upload("receipt", photo())
    maker.fill(receipt_vat="100000")
    assert maker.width <= 360
    maker.press("Send the claim")
    maker.sees("Your claim was sent.")


def test_claim_goes_from_the_phone_to_the_bundle(visit, promised):
    programme = promised.programme
    base = f"desk/programmes/{programme.slug}/funding/"
    page = f"{base}lines/{promised.pk}/"
    maker = visit(maker_of(promised.firm), phone=True)
    officer, finance = visit(staff(programme.host)), visit(staff(programme.host, "finance"))
    claims(maker)

    officer.go(page)
    officer.open("Send back to be mended")
    officer.fill(note="The issuer is cut off.")
    officer.tick("fields_marked", "receipt_issuer")
    officer.press("Send back")
    maker.go("my/support/")
    maker.sees("The issuer is cut off.")
    maker.follow("Mend and send again")
    maker.sees("Please mend this.")
    maker.fill(receipt_issuer="Air Cargo Korea", weight="334")
    maker.press("Send the claim")
    maker.sees("Your claim was sent.")

    officer.go(page)
    officer.sees("Possible double support", "Gyeonggi · 031-120", "entitled to 2 by a stand of 18 m²")
    officer.sees_nothing_of("7,654,321")
    officer.fill(reason="They bear the way back only, by phone with 031-120.")
    officer.press("Write it down")
    officer.sees("Another person has to confirm it.")
    finance.go(page)
    finance.press("Confirm")
    finance.fill(amount="800,000", reason="Insurance is not supported.")
    finance.press("Approve")
    for check in ("national_tax", "local_tax", "account"):
        finance.tick("checks", check)
    finance.press("Record the payment")
    finance.sees("It counts as spent now.")

    finance.go(f"{base}ledger/?of=spent")
    finance.sees("KRW 800,000", "payment", "Soyou")
    finance.go(base)
    finance.press("Make the settlement bundle")
    finance.sees("The settlement bundle is ready", "KRW 800,000")
    content = finance.download("Download the bundle")
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        assert set(bundle.namelist()) == {
            "settlement-lines.xlsx", "receipts.pdf", "ledger.xlsx", "manifest.json",
        }  # fmt: skip
    line = SupportLine.objects.get(pk=promised.pk)
    assert (line.state, line.paid, line.receipt_issuer) == ("paid", Decimal(800_000), "Air Cargo Korea")
    finance.go(page)
    finance.open("Reverse")
    finance.page.locator("#id_reason").last.fill("Sent to the wrong account.")
    finance.press("Reverse")
    finance.sees("both entries stay in the ledger")
    assert SupportLine.objects.get(pk=promised.pk).paid == 0
    assert [visitor.problems for visitor in (maker, officer, finance)] == [[], [], []]
