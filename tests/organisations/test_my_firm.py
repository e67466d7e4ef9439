"""A workshop registers once; who has the number learns nothing about who registered it."""

import pytest

from bridgehead.organisations import actions
from bridgehead.organisations.models import Organisation, OrganisationMembership
from tests.factories.organisations import a_business_number, a_firm, a_host, a_user, maker_of

pytestmark = pytest.mark.django_db
NEW = "/en/my/firm/new/"


@pytest.fixture
def maker(client):
    user = a_user()
    client.force_login(user)
    return user


def test_register_makes_the_person_its_owner_and_leads_back(client, maker):
    number = a_business_number()
    written = f"{number[:3]}-{number[3:5]}-{number[5:]}"
    data = {"business_number": written, "name_ko": "미츠노이", "name_en": "MitsunoiV", "next": "/en/calls/"}
    assert client.post(NEW, data).url == "/en/calls/"
    firm = Organisation.objects.get()
    assert (firm.slug, firm.business_number, firm.kind) == ("mitsunoiv", number, "firm")
    assert OrganisationMembership.objects.get(organisation=firm, user=maker).is_owner


def test_next_of_another_site_is_ignored(client, maker):
    data = {"business_number": a_business_number(), "name_ko": "공방", "next": "https://evil.example/"}
    assert client.post(NEW, data).url == "/en/my/firm/"


@pytest.mark.parametrize("typed", ["123-45-67890", "12345", "abc", ""])
def test_wrong_number_keeps_everything_typed(client, maker, typed):
    page = client.post(NEW, {"business_number": typed, "name_ko": "은공방"}).content.decode()
    assert 'value="은공방"' in page
    assert not Organisation.objects.exists()


def test_known_number_tells_how_to_join_and_nothing_else(client, maker):
    firm = a_firm(name_ko="비밀공방", name_en="Secret Studio", region="Jongno")
    a_host(contact="02-2148-0000")
    page = client.post(NEW, {"business_number": firm.business_number, "name_ko": "x"}).content.decode()
    assert "ask the person who registered it to add you" in page and "02-2148-0000" in page
    assert not any(text in page for text in ("비밀공방", "Secret", "Jongno", firm.slug))
    assert not firm.memberships.exists()


def test_same_english_name_gets_another_address():
    first = actions.register_firm(by=a_user(), business_number=a_business_number(), name_en="Soyou")
    second = actions.register_firm(by=a_user(), business_number=a_business_number(), name_en="Soyou")
    assert first.slug == "soyou" and second.slug.startswith("soyou-")


def test_firm_pages_are_for_its_people(client):
    firm = a_firm()
    url = f"/en/my/firm/{firm.slug}/"
    assert client.get(url).status_code == 302
    client.force_login(a_user())
    assert client.get(url).status_code == 404
    assert client.post(f"{url}people/", {"email": "a@example.org"}).status_code == 404
    client.force_login(maker_of(firm))
    assert client.get(url).status_code == 200
    client.post(url, {"name_ko": "새 이름", "name_en": "New"})
    firm.refresh_from_db()
    assert (firm.name_ko, firm.name_en) == ("새 이름", "New")


def test_owner_adds_and_removes_people(client):
    firm = a_firm()
    owner = maker_of(firm)
    client.force_login(owner)
    url = f"/en/my/firm/{firm.slug}/people/"
    client.post(url, {"email": "New.Person@example.org"})
    added = firm.memberships.get(is_owner=False)
    assert added.user.email == "new.person@example.org"
    client.post(url, {"email": "new.person@EXAMPLE.org"})
    assert firm.memberships.count() == 2
    with pytest.raises(actions.NotOwner):
        actions.add_member(firm=firm, email="x@example.org", by=added.user)
    client.post(f"{url}{firm.memberships.get(user=owner).pk}/remove/")
    assert firm.memberships.count() == 2
    client.post(f"{url}{added.pk}/remove/")
    assert list(firm.memberships.values_list("user", flat=True)) == [owner.pk]


def test_my_firms_lists_only_ones_own(client, maker):
    a_firm(name_en="Other")
    assert "No workshop yet" in client.get("/en/my/firm/").content.decode()
