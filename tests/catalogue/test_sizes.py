"""Five thousand products: the lists answer in time."""

import time

import pytest
from django.utils import timezone

from bridgehead.catalogue.models import MadeOf, Product, identity_of
from bridgehead.catalogue.rules import search_text
from tests.factories.calls import an_award
from tests.factories.catalogue import WHOLE
from tests.factories.organisations import staff
from tests.factories.programmes import a_programme

pytestmark = pytest.mark.django_db
MANY, FIRMS = 5000, 50
SECONDS = 0.2


@pytest.fixture
def officer():
    """Of a programme whose fifty firms have a hundred products each."""
    programme, now = a_programme(), timezone.now()
    firms = [an_award(programme).firm for _number in range(FIRMS)]
    goods = [
        Product(
            firm=firms[number % FIRMS],
            code=f"A-{number}",
            state=Product.State.PUBLISHED,
            published_at=now,
            identity=identity_of(WHOLE, ["silver-925"]),
            **WHOLE,
        )
        for number in range(MANY)
    ]
    for product in goods:
        product.search_text = search_text(product, ["silver-925"])
    made = Product.objects.bulk_create(goods, batch_size=500)
    MadeOf.objects.bulk_create([MadeOf(product=one, material="silver-925") for one in made], batch_size=500)
    return staff(programme.host)


def least_time(client, address):
    """The best of three, in this process's own time: what others do on the machine says nothing about the page."""
    client.get(address)
    taken = []
    for _try in range(3):
        begun = time.process_time()
        assert client.get(address).status_code == 200
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize(
    "query",
    ["", "?page=150", "?q=은+반지", "?q=A-4999", "?material=silver-925&category=rings", "?certified=1"],
)
def test_lists_of_five_thousand_products_answer_in_time(client, officer, query):
    client.force_login(officer)
    taken = {
        address: least_time(client, address + query) for address in ("/ko/products/", "/ko/desk/products/")
    }
    assert {address: seconds for address, seconds in taken.items() if seconds > SECONDS} == {}
