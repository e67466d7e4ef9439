"""Signing in without a password: a passkey of the phone, and the code of an authenticator app."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from tests.factories.organisations import a_firm, maker_of

pytestmark = pytest.mark.django_db(transaction=True)


def authenticator(page):
    """A virtual one that has verified the person already, as a phone does after a look at its fingerprint reader."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code_of(secret, moment):
    """RFC 6238 with SHA-1, six digits, thirty seconds."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


@pytest.fixture
def maker(settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    user = maker_of(a_firm())
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def test_a_passkey_once_added_signs_in_by_itself(visit, maker):
    her = visit(maker, phone=True)
    authenticator(her.page)
    her.go("accounts/2fa/webauthn/add/")
    expect(her.page.locator("[name=passwordless]")).to_be_checked()
    her.fill(name="My phone")
    her.page.get_by_role("main").get_by_role("button", name="Add").click()
    expect(her.page.get_by_text("Security key added.")).to_be_visible()
    her.page.context.clear_cookies()

    her.go("accounts/login/")
    her.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(her.page).not_to_have_url(re.compile("login"))
    her.go("my/applications/")
    assert her.page.url.endswith("/en/my/applications/")
    assert her.problems == []


def test_the_code_of_an_authenticator_app_is_asked_for_once_it_is_set_up(visit, maker):
    her = visit(maker)
    her.go("accounts/2fa/totp/activate/")
    values = her.page.locator("main input").evaluate_all("inputs => inputs.map(input => input.value)")
    (secret,) = [value for value in values if re.fullmatch("[A-Z2-7]{32}", value)]
    her.fill(code="000000")
    her.page.get_by_role("main").get_by_role("button", name="Activate").click()
    expect(her.page.get_by_role("alert").first).to_contain_text("Incorrect code.")
    her.fill(code=code_of(secret, time.time()))
    her.page.get_by_role("main").get_by_role("button", name="Activate").click()
    expect(her.page.get_by_text("Authenticator app activated.")).to_be_visible()
    assert her.problems == []
