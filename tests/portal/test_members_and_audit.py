"""People and roles of a host, and the proof that its trail is whole."""

import pytest

from bridgehead.audit.actions import record
from bridgehead.organisations.models import HostMembership
from tests.audit.test_trail import rewrite
from tests.factories.organisations import a_firm, a_host, a_user, staff

pytestmark = pytest.mark.django_db
PEOPLE, TRAIL = "/en/desk/people/", "/en/desk/audit/"


@pytest.fixture
def host():
    return a_host(slug="jongno", name_en="Jongno")


@pytest.fixture
def administrator(client, host):
    user = staff(host, "administrator", name="Seo")
    client.force_login(user)
    return user


def given(host, **fields):
    return {"host": host.pk, "email": "new@example.org", "name": "Kim", "role": "officer", **fields}


def test_members_are_those_of_the_own_host(client, administrator, host):
    officer, stranger = staff(host, name="Kim"), staff(a_host(), name="Stranger")
    text = client.get(PEOPLE).content.decode()
    assert officer.email in text
    assert stranger.email not in text


def test_role_is_given_and_said(client, administrator, host):
    page = client.post(PEOPLE, given(host), follow=True)
    assert "Kim is now: Officer." in page.content.decode()
    assert HostMembership.objects.get(user__email="new@example.org").host == host


@pytest.mark.parametrize("wrong", [{"role": "king"}, {"email": "kim"}, {"email": ""}])
def test_wrong_entry_comes_back_with_what_was_typed(client, administrator, host, wrong):
    page = client.post(PEOPLE, given(host, **wrong))
    assert page.status_code == 422
    assert 'value="Kim"' in page.content.decode()
    assert HostMembership.objects.count() == 1


def test_role_at_another_host_cannot_be_given_or_taken(client, administrator):
    other = a_host()
    theirs = staff(other).host_memberships.get()
    assert client.post(PEOPLE, given(other)).status_code == 422
    assert client.post(f"{PEOPLE}{theirs.pk}/remove/").status_code == 404
    assert HostMembership.objects.filter(host=other).count() == 1


def test_role_is_taken_away(client, administrator, host):
    membership = staff(host).host_memberships.get()
    page = client.post(f"{PEOPLE}{membership.pk}/remove/", follow=True)
    assert "The role was taken away." in page.content.decode()
    assert not HostMembership.objects.filter(pk=membership.pk).exists()


def test_last_administrator_is_refused_in_words(client, administrator, host):
    membership = administrator.host_memberships.get()
    page = client.post(f"{PEOPLE}{membership.pk}/remove/", follow=True)
    assert "This is the host&#x27;s last administrator. Name another one first." in page.content.decode()
    assert HostMembership.objects.filter(pk=membership.pk).exists()


def test_members_page_takes_the_same_queries_for_1_and_3_people(
    client, administrator, host, django_assert_max_num_queries
):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            staff(host)
        with django_assert_max_num_queries(40) as captured:
            client.get(PEOPLE)
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["officer", "finance", "reviewer", "editor", "auditor"])
def test_people_are_managed_by_administrators_only(client, host, role):
    client.force_login(staff(host, role))
    assert client.get(PEOPLE).status_code == 404
    assert client.post(PEOPLE, given(host)).status_code == 404


def test_trail_shows_the_own_hosts_entries_newest_first(client, administrator, host):
    for chain, verb in (("jongno", "firm.add"), ("jongno", "firm.close"), ("iksan", "firm.secret")):
        record(
            by=a_user(name="Kim"), verb=verb, target=a_firm(name_en="Soyou"), chain=chain, reason="because"
        )
    page = client.get(TRAIL)
    assert [entry.verb for entry in page.context["page_obj"]] == ["firm.close", "firm.add"]
    assert "The trail is whole" in page.content.decode()


def test_trail_is_searched_by_person_and_thing(client, administrator, host):
    for actor, firm in (("Kim", "Soyou"), ("Lee", "Heradi")):
        record(by=a_user(name=actor), verb=f"{actor}.did", target=a_firm(name_ko=firm), chain="jongno")
    for words, found in (("kim", "Kim.did"), ("heradi", "Lee.did")):
        assert [entry.verb for entry in client.get(TRAIL, {"q": words}).context["page_obj"]] == [found]


def test_trail_names_the_entry_that_was_tampered_with(client, administrator, host):
    for _ in range(3):
        record(by=None, verb="firm.add", target=a_firm(), chain="jongno")
    rewrite("UPDATE audit_entry SET actor = 'Lee' WHERE chain = 'jongno' AND position = 2")
    text = client.get(TRAIL).content.decode()
    assert "The trail is not whole" in text
    assert "The entry 2 of “jongno” was altered or removed in the database." in text
    assert "The trail is whole" not in text


@pytest.mark.parametrize(("role", "status"), [("auditor", 200), ("administrator", 200), ("officer", 404)])
def test_trail_is_for_auditors_and_administrators(client, host, role, status):
    client.force_login(staff(host, role))
    assert client.get(TRAIL).status_code == status


def test_anonymous_is_asked_to_sign_in(client):
    for url in (PEOPLE, TRAIL, "/en/desk/", "/en/my/"):
        assert client.get(url).url.startswith("/en/accounts/login/")
