"""Firms read the call and apply: one on a phone, two more behind the scenes."""

import re

from bridgehead.calls.actions import applying
from bridgehead.calls.models import Application
from bridgehead.mailing.models import Mail
from bridgehead.organisations.models import Consent
from tests.factories.organisations import a_business_number, a_firm, maker_of

PRODUCTS = {"Second Workshop": "Gold rings", "Third Workshop": "Pearls"}


def public_reads_the_call(anybody, call):
    anybody.go("")
    anybody.follow("Call for firms")
    assert anybody.path == f"calls/{call.slug}/"
    anybody.sees("We look for workshops to come along.", "Product", "Jongno District")
    assert anybody.problems == []


def maker_applies_on_a_phone(maker, call):
    maker.go(f"calls/{call.slug}/")
    maker.follow("Apply")
    maker.fill(business_number="123-45-67891", name_ko="소유", name_en="Soyou")
    maker.press("Register")
    maker.press("Begin the application")
    assert maker.width <= 360
    maker.fill("q-", product="Silver rings")
    maker.page.locator("[data-autosave-status]").get_by_text(re.compile("Saved")).wait_for()
    maker.page.reload()
    assert maker.field("q-product").input_value() == "Silver rings"
    maker.fill("q-", story="Cast by hand, one by one.")
    maker.press("Save and check")
    maker.sees("Check and send", "Cast by hand, one by one.")
    for purpose in Consent.Purpose.values:
        maker.tick(purpose)
    maker.press("Send the application")
    application = Application.objects.get()
    maker.sees("Your application has been received.", application.number)
    receipt = Mail.objects.filter(to=maker.user.email).latest("pk")
    assert (receipt.state, application.number in receipt.body) == ("sent", True)
    assert maker.problems == []
    return application.firm


def others_apply(call):
    for name, product in PRODUCTS.items():
        firm = a_firm(name_ko=name, name_en=name, business_number=a_business_number())
        maker = maker_of(firm, email=f"{firm.slug}@example.org", language="en")
        application = applying.start(call=call, firm=firm, by=maker)
        application = applying.save_answers(
            application=application,
            answers={"product": product, "story": "Made to order."},
            version=application.version,
            by=maker,
        )
        applying.submit(
            application=application, consents=dict.fromkeys(Consent.Purpose.values, "I agree"), by=maker
        )
