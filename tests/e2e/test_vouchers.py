"""A voucher in a browser: asked and booked on a phone, quoted, confirmed, delivered and invoiced by the provider, accepted by the
firm, approved and paid by finance."""

from decimal import Decimal

import pytest

from bridgehead.funding.models import Booking
from tests.factories.funding import a_source
from tests.factories.organisations import maker_of, staff
from tests.factories.programmes import a_programme
from tests.factories.vouchers import a_provider, a_voucher, a_voucher_item

pytestmark = pytest.mark.django_db(transaction=True)


def a_file(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}


@pytest.fixture
def voucher():
    """2M at 90 %, with two providers of translation."""
    programme = a_programme()
    a_source(programme)
    found = a_voucher(a_voucher_item(programme, rate=Decimal(90)))
    for name in ("Hanbit", "Dodam"):
        provider = a_provider(programme.host)
        provider.organisation.name_en = name
        provider.organisation.save()
    return found


def test_voucher_goes_from_the_question_to_the_payment(visit, voucher):
    programme = voucher.programme
    hanbit, dodam = voucher.programme.host.provider_approvals.order_by("pk")
    maker = visit(maker_of(voucher.line.firm), phone=True)
    provider = visit(maker_of(hanbit.provider.organisation))
    other = visit(maker_of(dodam.provider.organisation))
    finance = visit(staff(programme.host, "finance"))

    maker.go("my/vouchers/")
    maker.sees("KRW 2,000,000")
    maker.follow("Find a provider")
    maker.follow("Translation")
    maker.tick("providers")
    maker.fill(description="Catalogue of 20 pages into English")
    assert maker.width <= 360
    maker.press("Ask for quotes")
    maker.sees("Asked.", "No answer yet.")

    for visitor, price in ((provider, "900,000"), (other, "1,100,000")):
        visitor.go("provider/")
        visitor.follow("Translation")
        visitor.fill(amount=price, valid_until="2099-01-01", note="One round of changes")
        visitor.press("Send the quote")
        visitor.sees("Sent. The firm sees your price.")

    maker.page.reload()
    maker.sees("KRW 900,000", "KRW 810,000", "KRW 90,000", "KRW 1,100,000")
    maker.press("Book Hanbit")
    maker.sees("Booked. The provider is asked to confirm.")
    other.page.reload()
    other.sees("This request is closed")

    provider.page.reload()
    provider.follow("To the booking")
    provider.press("Confirm")
    provider.sees("Confirmed.")
    provider.fill(note="20 pages, proofread")
    provider.upload("proof", [a_file("translation.pdf")])
    provider.press("Send to the firm")
    provider.sees("The firm is asked to confirm the delivery.")

    maker.page.reload()
    maker.sees("translation.pdf", "20 pages, proofread")
    maker.press("Yes, delivered")
    maker.sees("You have confirmed the delivery.")
    assert maker.width <= 360

    provider.page.reload()
    provider.upload("receipt", a_file("invoice.pdf"))
    provider.fill(receipt_number="HB-7", receipt_amount="900,000", receipt_vat="81,818")
    provider.press("Send the invoice")
    provider.sees("Sent. The office checks the invoice and pays it.")

    booking = Booking.objects.select_related("line").get()
    finance.go(f"desk/programmes/{programme.slug}/funding/lines/{booking.line_id}/")
    finance.sees("Hanbit", "KRW 810,000")
    finance.press("Approve")
    finance.sees("Approved. Next: pay it or hand it over.")
    for check in ("national_tax", "local_tax", "account"):
        finance.tick("checks", check)
    finance.press("Record the payment")
    finance.sees("It counts as spent now.")
    finance.go(f"desk/programmes/{programme.slug}/vouchers/")
    finance.sees("KRW 1,190,000", "KRW 810,000")

    provider.go("provider/")
    provider.sees("Paid to you so far: KRW 810,000")
    maker.go("my/vouchers/")
    maker.sees("KRW 1,190,000")
    assert [visitor.problems for visitor in (maker, provider, other, finance)] == [[], [], [], []]
