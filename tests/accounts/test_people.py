import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction

from tests.factories.organisations import a_user

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture(autouse=True)
def nobody_tried_before():
    """Attempts are counted in the cache, which tests share."""
    cache.clear()


def test_same_address_in_other_letters_is_the_same_person():
    a_user(email="maker@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        a_user(email="Maker@Example.org")


@pytest.mark.parametrize(("name", "shown"), [("김서연", "김서연"), ("", "kim@example.org")])
def test_person_is_called_by_name_or_else_by_address(name, shown):
    user = a_user(email="kim@example.org", name=name)
    assert (str(user), user.get_full_name(), user.get_short_name()) == (shown, shown, shown)


def test_person_without_password_cannot_sign_in_by_one(client):
    user = a_user(email="kim@example.org")
    assert not user.has_usable_password()
    answer = client.post("/en/accounts/login/", {"login": user.email, "password": ""})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_superuser_may_enter_everything():
    user = User.objects.create_superuser("root@example.org")
    assert (user.is_staff, user.is_superuser) == (True, True)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_account_made_by_signing_up_keeps_the_language_of_the_page(client, language):
    client.post(
        f"/{language}/accounts/signup/",
        {"email": "new@example.org", "password1": "ceramics-by-hand-7", "password2": "ceramics-by-hand-7"},
    )
    assert User.objects.get(email="new@example.org").language == language


def code_in(message):
    return re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", message.body, re.MULTILINE).group()


def test_first_sign_in_of_somebody_given_an_account_takes_one_code(client):
    """No password at all: the address, then the code that came, which proves the address as well."""
    user = a_user(email="Kim@example.org")
    client.post("/en/accounts/login/code/", {"email": "kim@EXAMPLE.org"})
    answer = client.post("/en/accounts/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert answer.url == "/en/desk/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("kim@example.org", True, True)
    ]
    assert len(mail.outbox) == 1


def test_wrong_code_signs_nobody_in(client):
    a_user(email="kim@example.org")
    client.post("/en/accounts/login/code/", {"email": "kim@example.org"})
    client.post("/en/accounts/login/code/confirm/", {"code": "AAAA-AAAA"})
    assert "_auth_user_id" not in client.session
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_mails_about_the_account_carry_our_own_name(client):
    a_user(email="kim@example.org")
    client.post("/en/accounts/login/code/", {"email": "kim@example.org"})
    message = mail.outbox[0]
    assert message.subject == "[Bridgehead] Sign-In Code"
    assert "Bridgehead" in message.body
    assert "example.com" not in message.body


def test_password_alone_does_not_prove_the_address(client):
    user = a_user(email="kim@example.org", password="ceramics-by-hand-7")
    answer = client.post("/en/accounts/login/", {"login": user.email, "password": "ceramics-by-hand-7"})
    assert answer.url == "/en/accounts/confirm-email/"
    assert EmailAddress.objects.get(user=user).verified is False
