"""Roles at hosts: given once, taken away with a trace, and never the last administrator's."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from bridgehead.accounts import roles
from bridgehead.accounts.models import User
from bridgehead.audit.models import Entry
from bridgehead.organisations.actions import LastAdministrator, give_role, take_role
from bridgehead.organisations.models import Host, HostMembership
from bridgehead.organisations.queries import (
    all_permissions,
    firms_of,
    hosts_where,
    may,
    organisations_of,
    permissions_at,
)
from tests.factories.organisations import a_buyer, a_firm, a_host, a_user, maker_of, staff

pytestmark = pytest.mark.django_db


def trail():
    return list(Entry.objects.order_by("position").values_list("chain", "verb", "actor", "target", "data"))


def test_give_role_to_a_new_person_makes_an_account_without_password():
    host, administrator = a_host(slug="jongno"), a_user(name="서현우")
    membership = give_role(
        host=host, email="new@example.org", role="officer", by=administrator, name="김서연"
    )
    user = User.objects.get(email="new@example.org")
    assert (membership.user, membership.role, user.name) == (user, "officer", "김서연")
    assert not user.has_usable_password()
    assert trail() == [("jongno", "role.give", "서현우", "김서연", {"role": "officer"})]


def test_give_role_finds_the_person_however_the_address_is_written():
    host, user = a_host(), a_user(email="kim@example.org", name="김서연")
    assert give_role(host=host, email="Kim@Example.ORG", role="finance", by=None, name="Other").user == user
    user.refresh_from_db()
    assert (user.name, User.objects.count()) == ("김서연", 1)


def test_give_role_twice_is_the_same_as_once():
    host, user = a_host(), a_user()
    first = give_role(host=host, email=user.email, role="officer", by=None)
    assert give_role(host=host, email=user.email, role="officer", by=None) == first
    assert (HostMembership.objects.count(), len(trail())) == (1, 1)


def test_person_holds_several_roles_and_each_only_once():
    host, user = a_host(), a_user()
    for role in ("officer", "editor"):
        give_role(host=host, email=user.email, role=role, by=None)
    assert set(user.host_memberships.values_list("role", flat=True)) == {"officer", "editor"}
    with pytest.raises(IntegrityError), transaction.atomic():
        HostMembership.objects.create(host=host, user=user, role="editor")


def test_take_role_leaves_a_trace_and_the_person():
    host = a_host(slug="jongno")
    officer, administrator = staff(host, name="김서연"), staff(host, "administrator", name="서현우")
    take_role(membership=officer.host_memberships.get(), by=administrator)
    assert not officer.host_memberships.exists()
    assert User.objects.filter(pk=officer.pk).exists()
    assert trail() == [("jongno", "role.take", "서현우", "김서연", {"role": "officer"})]


def test_last_administrator_stays():
    host = a_host()
    administrator = staff(host, "administrator")
    staff(a_host(), "administrator")
    with pytest.raises(LastAdministrator) as error:
        take_role(membership=administrator.host_memberships.get(), by=administrator)
    assert str(error.value)
    assert administrator.host_memberships.count() == 1
    assert trail() == []


def test_two_administrators_cannot_both_be_taken_away():
    host = a_host()
    one, other = staff(host, "administrator"), staff(host, "administrator")
    take_role(membership=one.host_memberships.get(), by=other)
    with pytest.raises(LastAdministrator):
        take_role(membership=other.host_memberships.get(), by=one)


def test_other_role_of_the_last_administrator_can_be_taken():
    host = a_host()
    user = staff(host, "administrator")
    membership = give_role(host=host, email=user.email, role="officer", by=user)
    take_role(membership=membership, by=user)
    assert list(user.host_memberships.values_list("role", flat=True)) == ["administrator"]


def test_hosts_where_a_role_carries_the_permission():
    jongno, iksan, user = a_host(), a_host(), a_user()
    give_role(host=jongno, email=user.email, role="officer", by=None)
    give_role(host=iksan, email=user.email, role="auditor", by=None)
    assert set(hosts_where(user, roles.VIEW)) == {jongno, iksan}
    assert list(hosts_where(user, roles.EDIT)) == [jongno]
    assert list(hosts_where(user, roles.AUDIT_VIEW)) == [iksan]
    assert list(hosts_where(user, roles.REVIEW)) == []
    assert (may(user, roles.EDIT, jongno), may(user, roles.EDIT, iksan)) == (True, False)


def test_permissions_at_hosts_and_anywhere():
    jongno, iksan, user = a_host(), a_host(), a_user()
    edits = {roles.VIEW, roles.NEWS_EDIT, roles.TERMS_EDIT}
    give_role(host=jongno, email=user.email, role="reviewer", by=None)
    give_role(host=iksan, email=user.email, role="editor", by=None)
    assert permissions_at(user, jongno) == {roles.REVIEW}
    assert permissions_at(user, jongno, iksan) == {roles.REVIEW, *edits}
    assert permissions_at(user, jongno, None) == {roles.REVIEW}
    assert permissions_at(user, None) == permissions_at(user, a_host()) == set()
    assert all_permissions(user) == {roles.REVIEW, *edits}


def test_superuser_may_do_everything_everywhere():
    host = a_host()
    user = User.objects.create_superuser("root@example.org")
    everything = {permission for role in roles.ROLES.values() for permission in role.permissions}
    assert permissions_at(user, host) == permissions_at(user) == all_permissions(user) == everything
    assert set(hosts_where(user, roles.MONEY_APPROVE)) == set(Host.objects.all())


def test_anonymous_may_nothing():
    host, nobody = a_host(), AnonymousUser()
    a_firm()
    assert list(hosts_where(nobody, roles.VIEW)) == []
    assert permissions_at(nobody, host) == all_permissions(nobody) == set()
    assert list(organisations_of(nobody)) == []


def test_makers_act_for_their_own_firm_and_hold_no_role():
    firm, shop = a_firm(), a_buyer()
    a_firm()
    user = maker_of(firm)
    shop.memberships.create(user=user)
    assert set(organisations_of(user)) == {firm, shop}
    assert list(firms_of(user)) == [firm]
    assert all_permissions(user) == set()
