"""A maker enters a product on the phone, with a picture; a buyer finds it with its certificate and its terms."""

import pytest
from playwright.sync_api import expect

from bridgehead.catalogue.models import Coverage, Product
from tests.factories.catalogue import WHOLE, another_picture
from tests.factories.certification import a_case, a_scheme, certified
from tests.factories.organisations import a_firm, a_host, maker_of, staff
from tests.factories.terminology import a_concept

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(site):
    a_concept("gem", ko="보석", en="gemstone", en_definition="mineral that is beautiful")
    firm = a_firm(name_ko="은공방", name_en="Silver House")
    return certified(a_case(a_scheme(a_host(), name_en="Eco scheme"), firm=firm))


def a_file():
    upload = another_picture()
    return {"name": "ring.png", "mimeType": "image/png", "buffer": upload.read()}


def write(maker):
    maker.go("my/products/")
    maker.follow("New product")
    texts = {**WHOLE, "description_ko": "보석을 물린 은반지입니다.", "description_en": "A silver ring."}
    maker.fill(**texts)
    help_ = maker.page.get_by_role("region", name="What the dictionary says about this text")
    expect(help_.get_by_role("link", name="gemstone")).to_be_visible()
    maker.fill(description_en="A silver ring with a gemstone.")
    maker.tick("materials", "silver-925")
    maker.fill(price_min="120", currency="USD", price_basis="fob")
    maker.press("Save")


def test_from_the_bench_to_the_buyer(visit, case):
    maker, officer, buyer = (
        visit(maker_of(case.firm), phone=True),
        visit(staff(case.version.scheme.host)),
        visit(phone=True),
    )
    write(maker)
    maker.sees("Saved as a draft")
    maker.upload("pictures", [a_file(), a_file()])
    maker.press("Add pictures")
    for field, words in (("alt_ko", "정면"), ("alt_en", "From the front")):
        maker.page.locator(f'[name$="-{field}"]').first.fill(words)
    maker.page.locator("#order").get_by_role("button", name="Save").first.click()
    maker.sees("Saved.")
    forward = maker.page.get_by_role("button", name="Forward")
    forward.focus()
    maker.page.keyboard.press("Enter")  # by keyboard: the described picture is now the second
    expect(maker.page.locator("#order li").nth(1).locator("img")).to_have_attribute("alt", "From the front")
    maker.follow("Certificates")
    maker.press("Ask for confirmation")
    maker.sees("To be confirmed")
    maker.page.get_by_role("link", name="Publish", exact=False).first.click()
    maker.press("Publish")
    maker.sees("Everybody can see it now")
    product = Product.objects.get()
    buyer.go(f"products/{product.pk}/")
    buyer.sees("No certificate covers this product.")
    officer.go("desk/products/certificates/")
    officer.follow(product.name_en)
    officer.press("Confirm: the scope covers it")
    expect(officer.page.locator("main")).to_contain_text("Nothing to confirm")
    assert Coverage.objects.get().state == Coverage.State.CONFIRMED
    buyer.go("products/?q=은+반지")
    buyer.follow("Silver ring")
    buyer.sees("Eco scheme", "Valid", "USD 120")
    expect(buyer.page.get_by_role("img", name="The mark, with the number of the certificate")).to_be_visible()
    buyer.page.locator("[data-term-card]").first.focus()
    expect(buyer.page.get_by_role("tooltip")).to_contain_text("mineral that is beautiful")
    assert buyer.width <= 360
    assert maker.problems + officer.problems + buyer.problems == []
