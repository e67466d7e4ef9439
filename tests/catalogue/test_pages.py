"""The pages: what they show and take, and that they ask no more of the database for more rows."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bridgehead.audit.queries import entries_about
from bridgehead.catalogue.actions import covering, products
from bridgehead.catalogue.models import Coverage, Product
from bridgehead.certification.actions import deciding
from tests.calls.counting import queries_of
from tests.factories.calls import an_award
from tests.factories.catalogue import WHOLE, a_photo, a_product, another_picture, published
from tests.factories.certification import a_case, certified
from tests.factories.organisations import a_firm, a_host, maker_of, staff
from tests.factories.programmes import a_programme
from tests.factories.terminology import a_concept

pytestmark = pytest.mark.django_db
SENT = {**WHOLE, "code": "", "materials": ["silver-925"]}


@pytest.fixture
def award():
    return an_award(a_programme(a_host(slug="town")))


@pytest.fixture
def maker(client, award):
    client.force_login(maker_of(award.firm))
    return client


def with_certificate(product):
    case = certified(a_case(firm=product.firm))
    coverage = covering.ask(product=product, case=case, by=None)
    officer = staff(case.version.scheme.host)
    covering.confirm(coverage=coverage, by=officer)
    return case, officer


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_product_page_shows_the_mark_of_a_certificate_of_its_own(client):
    product = published()
    case, officer = with_certificate(product)
    number, address = case.certificates.get().number, f"/en/products/{product.pk}/"
    assert f"/certificates/{number}/mark.svg" in page(client, address)
    deciding.decide(case=case, outcome="suspend", reason="1", by=officer)
    shown = page(client, address)
    assert f"/certificates/{number}/mark.svg" not in shown
    assert "Suspended" in shown


def test_certificate_of_the_firm_bears_no_mark_on_a_product_it_does_not_cover(client):
    product = published()
    number = certified(a_case(firm=product.firm)).certificates.get().number
    shown = page(client, f"/en/products/{product.pk}/")
    assert "No certificate covers this product." in shown
    assert number in shown
    assert f"/certificates/{number}/mark.svg" not in shown


def test_terms_in_the_text_lead_to_their_cards(client):
    a_concept("gem", ko="보석", en="gemstone", en_definition="mineral")
    product = published(a_product(description_en="With one gemstone."))
    shown = page(client, f"/en/products/{product.pk}/")
    assert re.search(r'<a class="bh-known-term"[^>]*>gemstone</a>', shown)


def test_data_block_is_schema_org_and_cannot_be_closed_from_inside(client):
    product = published(a_product(name_en="</script><script>alert(1)</script>"))
    with_certificate(product)
    shown = page(client, f"/en/products/{product.pk}/")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL)
    data = json.loads(blocks[0])
    assert (data["@type"], data["name"]) == ("Product", "</script><script>alert(1)</script>")
    assert len(data["hasCertification"]) == 1
    assert "alert(1)</script>" not in shown.replace(blocks[0], "")


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_public_sees_published_products_only(client, state):
    product = published() if state == "withdrawn" else a_product()
    photo = a_photo(product) if state == "draft" else product.photos.get()
    if state == "withdrawn":
        products.withdraw(product=product, by=None)
    page(client, f"/en/products/{product.pk}/", 404)
    page(client, f"/en/products/pictures/{photo.pk}/small/", 404)
    page(client, f"/en/products/firms/{product.firm.slug}/", 404)
    assert product.name_en not in page(client, "/en/products/")


def test_picture_is_sent_as_what_it_is(client):
    photo = published().photos.get()
    response = client.get(f"/en/products/pictures/{photo.pk}/large/")
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert client.get(f"/en/products/pictures/{photo.pk}/huge/").status_code == 404


def test_anything_in_the_address_is_only_a_filter(client):
    published()
    shown = page(client, "/en/products/?category=%00&material=x%27&firm=%00&q=%00%5B&page=-1&certified=x")
    assert "No product found" in shown or "Silver ring" in shown


def test_maker_enters_describes_and_publishes(maker, award):
    sent = maker.post(f"/en/my/products/new/{award.firm.slug}/", {**SENT, "hs_code": "7113.11.0000"})
    product = Product.objects.get()
    assert (sent.status_code, product.hs_code, product.code) == (302, "7113110000", "P-1")
    maker.post(
        f"/en/my/products/{product.pk}/pictures/", {"pictures": [another_picture(), another_picture()]}
    )
    first, second = product.photos.all()
    assert "Not shown yet" in page(maker, f"/en/my/products/{product.pk}/pictures/")
    words = {f"photo-{first.pk}-alt_ko": "정면", f"photo-{first.pk}-alt_en": "Front"}
    maker.post(f"/en/my/products/pictures/{first.pk}/words/", words)
    maker.post(f"/en/my/products/pictures/{second.pk}/move/", {"to": "forward"})
    assert list(product.photos.all()) == [second, first]
    maker.post(f"/en/my/products/{product.pk}/state/", {"to": "publish"})
    product.refresh_from_db()
    assert product.is_public
    assert entries_about(product).first().verb == "product.publish"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_ko": ""}, "name_ko"),
        ({"price_min": "10", "currency": "USD"}, "price_basis"),
        ({"price_min": "10", "price_basis": "fob"}, "currency"),
        ({"price_max": "10"}, "price_min"),
        ({"price_min": "10", "price_max": "9", "currency": "USD", "price_basis": "fob"}, "price_max"),
        ({"price_min": "-1", "currency": "USD", "price_basis": "fob"}, "price_min"),
        ({"hs_code": "71"}, "hs_code"),
        ({"capacity": "a"}, "capacity"),
        ({"category": "nothing"}, "category"),
        ({"materials": ["kryptonite"]}, "materials"),
    ],
)
def test_what_was_typed_survives_an_error(maker, award, change, field):
    sent = {**SENT, "description_en": "Kept as typed.", **change}
    response = maker.post(f"/en/my/products/new/{award.firm.slug}/", sent)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Kept as typed." in response.content.decode()
    assert not Product.objects.exists()


def test_form_sent_from_an_old_page_is_not_saved(maker, award):
    product = a_product(award.firm)
    first = {**SENT, "version": product.version, "name_ko": "먼저"}
    address = f"/en/my/products/{product.pk}/"
    assert maker.post(address, first).status_code == 302
    late = maker.post(address, {**first, "name_ko": "나중"})
    assert late.status_code == 422
    assert "나중" in late.content.decode()
    product.refresh_from_db()
    assert product.name_ko == "먼저"


def test_good_pictures_are_kept_beside_a_refused_one(maker, award):
    product = a_product(award.firm)
    bad = SimpleUploadedFile("notes.txt", b"no picture")
    response = maker.post(f"/en/my/products/{product.pk}/pictures/", {"pictures": [another_picture(), bad]})
    assert response.status_code == 422
    assert "notes.txt" in response.content.decode()
    assert product.photos.count() == 1


def test_removed_picture_comes_back_by_undo(maker, award):
    photo = a_photo(a_product(award.firm))
    maker.post(f"/en/my/products/pictures/{photo.pk}/remove/")
    assert "Undo" in page(maker, f"/en/my/products/{photo.product_id}/pictures/")
    maker.post(f"/en/my/products/pictures/{photo.pk}/back/")
    photo.refresh_from_db()
    assert photo.removed_at is None


def test_office_enters_for_the_firm_and_the_page_says_so(client, award):
    client.force_login(staff(award.programme.host))
    assert "You write for" in page(client, f"/en/my/products/new/{award.firm.slug}/")
    client.post(f"/en/my/products/new/{award.firm.slug}/", SENT)
    product = Product.objects.get()
    assert "entered for the firm by town" in page(client, f"/en/my/products/{product.pk}/")
    page(client, f"/en/my/products/new/{a_firm().slug}/", 404)


def test_firm_asks_and_the_body_answers(maker, award):
    product = a_product(award.firm)
    case = certified(a_case(firm=award.firm))
    maker.post(f"/en/my/products/{product.pk}/certificates/", {"case": case.pk})
    coverage = Coverage.objects.get()
    maker.force_login(staff(case.version.scheme.host))
    assert product.name_en in page(maker, "/en/desk/products/certificates/")
    address = f"/en/desk/products/certificates/{coverage.pk}/"
    assert maker.post(address, {"refuse": "1", "reason": ""}).status_code == 422
    maker.post(address, {"confirm": "1", "identity": product.identity})
    coverage.refresh_from_db()
    assert coverage.state == Coverage.State.CONFIRMED


def test_case_of_another_firm_is_no_choice(maker, award):
    product, other = a_product(award.firm), certified(a_case())
    response = maker.post(f"/en/my/products/{product.pk}/certificates/", {"case": other.pk})
    assert response.status_code == 422 or not Coverage.objects.exists()
    assert not Coverage.objects.exists()


def test_desk_says_what_is_missing(client, award):
    a_product(award.firm, name_en="")
    client.force_login(staff(award.programme.host, "auditor"))
    assert "Name in English" in page(client, "/en/desk/products/")


def test_api_tells_published_products_with_their_certificates(client):
    product = published(a_product(price_min=10, currency="USD", price_basis="fob"))
    case, _officer = with_certificate(product)
    a_product()
    told = client.get("/api/products?certified=true&q=silver").json()
    assert (told["count"], told["results"][0]["id"]) == (1, product.pk)
    assert told["results"][0]["price"] == {
        "lowest": "10.00",
        "highest": "10.00",
        "currency": "USD",
        "basis": "fob",
    }
    whole = client.get(f"/api/products/{product.pk}").json()
    number, scheme = case.certificates.get().number, case.version.scheme.slug
    assert whole["certificates"] == [{"number": number, "scheme": scheme, "standing": "valid"}]
    assert whole["description"] == {"ko": product.description_ko, "en": product.description_en}
    assert client.get("/api/products?category=nothing").json()["count"] == 0


@pytest.fixture
def many(award):
    """More rows of everything that a list shows."""

    def more(count):
        for _number in range(count):
            product = a_product(award.firm)
            for _picture in range(2):
                a_photo(product)
            products.publish(product=product, by=None)
            with_certificate(product)

    return more


@pytest.mark.parametrize(
    "address", ["/en/products/", "/en/desk/products/", "/en/my/products/", "/api/products"]
)
def test_queries_do_not_grow_with_the_rows(client, award, many, address):
    person = maker_of(award.firm) if "my" in address else staff(award.programme.host)
    client.force_login(person)
    many(1)
    one = queries_of(client, address)
    many(3)
    assert queries_of(client, address) == one


def test_page_of_the_firm_does_not_ask_more_for_more_products(client, award, many):
    address = f"/en/products/firms/{award.firm.slug}/"
    many(1)
    one = queries_of(client, address)
    many(2)
    assert queries_of(client, address) == one


def test_pages_of_a_firm_in_two_rooms_lead_to_each_other(client, award):
    published(a_product(award.firm))
    certified(a_case(firm=award.firm))
    link = f"/en/products/firms/{award.firm.slug}/"
    assert link in page(client, f"/en/certificates/firms/{award.firm.slug}/")
    assert f"/en/certificates/firms/{award.firm.slug}/" in page(client, link)
