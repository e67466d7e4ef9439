"""An officer takes a list of buyers in, finds doubles, merges two and takes it back."""

import pytest
from playwright.sync_api import expect

from bridgehead.matchmaking.models import BuyerMerge, BuyerRecord
from tests.factories.organisations import a_host, staff
from tests.matchmaking.test_directory import KANDA, ROSSI, sheet

pytestmark = pytest.mark.django_db(transaction=True)


def test_officer_imports_buyers_merges_two_and_undoes_it(visit):
    visitor = visit(staff(a_host()))
    visitor.go("desk/buyers/import/")
    other = ["Kanda Bijou Co., Ltd.", "일본", "Kanda Ken", "ken@kanda.example", "", "ja", "", ""]
    file = {"name": "buyers.xlsx", "mimeType": "application/octet-stream"}
    visitor.page.locator('input[name="file"]').set_input_files({**file, "buffer": sheet(ROSSI, KANDA)})
    visitor.press("Look at it")
    visitor.sees("Rossi Gioielli", "2 new, 0 there already")
    visitor.press("Import")
    visitor.sees("2 buyers were imported.")
    buyer = BuyerRecord.objects.get(organisation__name_en="Kanda Bijou").organisation
    twin = type(buyer).objects.create(slug="kanda-2", kind="buyer", name_en=other[0], country="JP")
    twin.contacts.create(name=other[2], email=other[3])
    BuyerRecord.objects.create(organisation=twin, host=BuyerRecord.objects.first().host)
    visitor.go("desk/buyers/doubles/")
    visitor.sees("the same name and domain")
    visitor.press("Keep Kanda Bijou")
    visitor.sees("You can undo it below.")
    merge = BuyerMerge.objects.get()
    assert merge.kept.contacts.count() == 2
    visitor.press("Undo")
    visitor.sees("they are two entries again")
    expect(visitor.page.get_by_role("button", name="Keep Kanda Bijou").first).to_be_visible()
    assert merge.gone.contacts.count() == 1
    assert visitor.problems == []
