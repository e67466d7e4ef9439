"""Writing, publishing and withdrawing; pictures; the trail; who sees what."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from bridgehead.audit.queries import entries_about
from bridgehead.catalogue import queries, rules
from bridgehead.catalogue.actions import photos, products
from bridgehead.catalogue.models import Photo, Product
from bridgehead.kit.states import WrongMove
from tests.factories.calls import an_award
from tests.factories.catalogue import WHOLE, a_photo, a_product, another_picture, published
from tests.factories.organisations import a_firm, a_host, maker_of, staff
from tests.factories.programmes import a_programme
from tests.factories.terminology import a_picture

pytestmark = pytest.mark.django_db


def edit(product, by=None, **change):
    fields = {name: getattr(product, name) for name in WHOLE}
    return products.edit_product(product=product, by=by, **{"materials": ["silver-925"], **fields, **change})


def verbs(product):
    return [entry.verb for entry in entries_about(product)][::-1]


def test_product_without_a_number_gets_the_next():
    firm = a_firm()
    a_product(firm, code="P-7")
    assert a_product(firm, code="").code == "P-8"


def test_number_is_unique_within_a_firm_only():
    firm = a_firm()
    a_product(firm, code="R1")
    with pytest.raises(products.CodeTaken):
        a_product(firm, code="R1")
    assert a_product(a_firm(), code="R1").code == "R1"


@pytest.mark.parametrize("lacking", [*sorted(WHOLE.keys() - {"name_ko"}), "materials", "photos"])
def test_product_is_not_published_while_something_is_missing(lacking):
    empty = {"materials": []} if lacking == "materials" else {lacking: ""} if lacking != "photos" else {}
    product = a_product(**empty)
    if lacking != "photos":
        a_photo(product)
    with pytest.raises(products.Incomplete) as error:
        products.publish(product=product, by=None)
    assert [item.part for item in error.value.items] == [lacking]
    product.refresh_from_db()
    assert product.state == Product.State.DRAFT


def test_picture_without_words_does_not_count():
    product = a_product()
    photos.add_photo(product=product, upload=another_picture(), by=None)
    with pytest.raises(products.Incomplete):
        products.publish(product=product, by=None)


def test_published_product_cannot_lose_what_it_needs():
    product = published()
    with pytest.raises(products.Incomplete):
        edit(product, name_en="")
    with pytest.raises(products.Incomplete):
        photos.remove_photo(photo=product.photos.get(), by=None)
    product.refresh_from_db()
    assert product.name_en == WHOLE["name_en"]
    assert product.photos.get().removed_at is None


def test_withdrawn_product_comes_back_as_it_was():
    product = products.withdraw(product=published(), by=None)
    assert not queries.public_products().exists()
    assert products.restore(product=product, by=None).state == Product.State.PUBLISHED
    draft = products.withdraw(product=a_product(), by=None)
    assert products.restore(product=draft, by=None).state == Product.State.DRAFT


def test_published_product_is_not_published_again():
    with pytest.raises(WrongMove):
        products.publish(product=published(), by=None)


def test_second_of_two_who_edit_at_once_is_told():
    product = a_product()
    edit(product, name_ko="먼저", version=product.version)
    with pytest.raises(products.ChangedMeanwhile):
        edit(product, name_ko="나중", version=product.version)
    product.refresh_from_db()
    assert product.name_ko == "먼저"


def test_trail_keeps_what_stood_there_before():
    product = a_product()
    edit(product, name_ko="금반지")
    assert entries_about(product).first().data["before"] == {"name_ko": WHOLE["name_ko"]}


def test_trail_says_that_an_office_entered_it_for_the_firm():
    programme = a_programme(a_host(slug="town"))
    award = an_award(programme)
    officer = staff(programme.host)
    product = a_product(award.firm, by=officer)
    entry = entries_about(product).get()
    assert (entry.data, entry.chain) == ({"entered_for_firm_by": "town"}, "town")
    own = a_product(award.firm, by=maker_of(award.firm))
    assert entries_about(own).get().data == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"price_min": 10},
        {"price_min": 10, "currency": "USD"},
        {"price_min": 10, "price_max": 9, "currency": "USD", "price_basis": "fob"},
        {"price_max": 9, "currency": "USD", "price_basis": "fob"},
    ],
)
def test_database_refuses_a_price_that_says_nothing(wrong):
    product = a_product()
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(**wrong)


@pytest.mark.parametrize(
    ("code", "good"), [("711311", True), ("7113110000", True), ("71131", False), ("7113a1", False)]
)
def test_hs_code_is_checked_for_its_form(code, good):
    if good:
        assert a_product(hs_code=code).hs_code == code
    else:
        with pytest.raises(ValidationError):
            a_product(hs_code=code)


def test_photos_move_are_removed_and_come_back():
    product = a_product()
    first, second, third = (a_photo(product) for _number in range(3))
    photos.move_photo(photo=third, by_places=-1, by=None)
    assert list(queries.photos_shown().filter(product=product)) == [first, third, second]
    photos.move_photo(photo=first, by_places=-1, by=None)
    photos.remove_photo(photo=first, by=None)
    assert list(queries.photos_shown().filter(product=product)) == [third, second]
    first.refresh_from_db()
    photos.bring_back(photo=first, by=None)
    photos.bring_back(photo=first, by=None)
    assert list(queries.photos_shown().filter(product=product)) == [first, third, second]
    assert verbs(product).count("product.bring_back_photo") == 1


def test_same_picture_twice_is_one():
    product = a_product()
    for _time in range(2):
        photos.add_photo(product=product, upload=a_picture(), by=None)
    assert product.photos.count() == 1


def test_picture_sent_anew_is_not_doubled_by_undo():
    product = a_product()
    removed = photos.add_photo(product=product, upload=a_picture(), by=None)
    photos.remove_photo(photo=removed, by=None)
    photos.add_photo(product=product, upload=a_picture(), by=None)
    removed.refresh_from_db()
    photos.bring_back(photo=removed, by=None)
    assert queries.photos_shown().filter(product=product).count() == 1


def test_product_takes_so_many_pictures_and_no_more():
    product = a_product()
    for _number in range(rules.MOST_PHOTOS):
        a_photo(product)
    with pytest.raises(ValidationError):
        a_photo(product)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>", b"\x89PNG\r\n\x1a\nbroken"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(ValidationError):
        photos.add_photo(product=a_product(), upload=SimpleUploadedFile("ring.png", content), by=None)
    assert not Photo.objects.exists()


def test_picture_is_kept_in_two_sizes():
    product = a_product()
    photo = photos.add_photo(product=product, upload=a_picture(1800, 1200, kind="jpeg"), by=None)
    assert (photo.width, photo.height) == (1600, 1067)
    assert photo.thumbnail.size < photo.file.size


@pytest.mark.parametrize(
    "typed", ["은반지", "은 반지", "silver RING", "은 925", "반지 손으로", "공방", "R-77"]
)
def test_search_finds_what_people_type(typed):
    wanted = published(a_product(a_firm(name_ko="은빛공방"), code="R-77"))
    published(a_product(a_firm(name_ko="가마터", name_en="Kiln"), name_ko="찻잔", name_en="Cup", category="teaware",
                        materials=["porcelain"], description_ko="백자", description_en="White"))  # fmt: skip
    found = queries.filtered(queries.public_products(), queries.Wanted(words=typed))
    assert list(found) == [wanted]


@pytest.mark.parametrize("wanted", [{"category": "teaware"}, {"material": "porcelain"}, {"firm": "kiln"}])
def test_filters_narrow(wanted):
    published()
    cup = published(a_product(a_firm(slug="kiln"), category="teaware", materials=["porcelain", "celadon"]))
    assert list(queries.filtered(queries.public_products(), queries.Wanted(**wanted))) == [cup]


def test_office_sees_products_of_its_own_firms_only():
    programme = a_programme()
    award = an_award(programme)
    seen = a_product(award.firm)
    a_product()
    a_product(an_award(programme, state="withdrawn").firm)
    assert list(queries.desk_products(staff(programme.host))) == [seen]
    assert list(queries.desk_products(staff(programme.host, "auditor"))) == [seen]
    assert not queries.written_by(staff(programme.host, "auditor")).exists()
    assert not queries.desk_products(maker_of(award.firm)).exists()
