"""A buyer abroad opens the mailed link on a phone and answers in Arabic, from right to left, without an account."""

import re

import pytest
from playwright.sync_api import expect

from bridgehead.mailing.models import Mail
from bridgehead.matchmaking import actions
from bridgehead.matchmaking.queries import wishes_of
from tests.factories.matchmaking import a_buyer_party, a_firm_party, a_forum

pytestmark = pytest.mark.django_db(transaction=True)


def test_buyer_answers_wishes_in_arabic_on_a_phone(visit):
    forum = a_forum()
    firm, other = a_firm_party(forum), a_firm_party(forum)
    buyer = a_buyer_party(forum, name="Al Noor Gems", country="AE", language="ar", accepted=False)
    actions.invite(party=buyer, by=None)
    link = re.search(r"/ar/b/[\w-]+/", Mail.objects.get(to=buyer.email).body)
    visitor = visit(phone=True)
    page = visitor.page
    page.goto(visitor.site + link.group(0))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.get_by_role("button", name="نعم، أشارك").click()
    expect(page.get_by_role("heading", name="من تودون لقاءه")).to_be_visible()
    page.get_by_label(firm.organisation.name_en, exact=True).select_option("3")
    page.get_by_label(other.organisation.name_en, exact=True).select_option("-1")
    page.get_by_role("button", name="حفظ", exact=True).click()
    expect(page.get_by_text("حُفظ. يمكنكم تغييره حتى")).to_be_visible()
    assert wishes_of(buyer) == {firm.pk: 3, other.pk: -1}
    assert visitor.width <= 360
    page.get_by_role("link", name="日本語").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    assert visitor.problems == []
