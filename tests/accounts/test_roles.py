"""What each role may do, said once more: a change here is a change of who may do what."""

import pytest

from bridgehead.accounts import roles
from bridgehead.accounts.roles import CHOICES, ROLES, roles_with

RUN = {
    roles.VIEW, roles.EDIT, roles.CALL_EDIT, roles.APPLICATION_VIEW, roles.DECIDE,
    roles.MONEY_VIEW, roles.MONEY_EDIT, roles.RESULTS_EDIT,
    roles.CERTIFICATION_VIEW, roles.CERTIFICATION_WORK, roles.SCHEME_EDIT,
}  # fmt: skip
EXPECTED = {
    "officer": RUN | {roles.TERMS_EDIT, roles.TERMS_APPROVE},
    "operator": RUN,
    "finance": {roles.VIEW, roles.MONEY_VIEW, roles.MONEY_EDIT, roles.MONEY_APPROVE},
    "reviewer": {roles.REVIEW},
    "editor": {roles.VIEW, roles.NEWS_EDIT, roles.TERMS_EDIT},
    "auditor": {
        roles.VIEW,
        roles.APPLICATION_VIEW,
        roles.MONEY_VIEW,
        roles.CERTIFICATION_VIEW,
        roles.AUDIT_VIEW,
    },
    "administrator": {
        roles.VIEW,
        roles.MEMBERS_EDIT,
        roles.AUDIT_VIEW,
        roles.TERMS_EDIT,
        roles.TERMS_APPROVE,
    },
}


def test_permissions_of_each_role():
    assert {role.id: set(role.permissions) for role in ROLES.values()} == EXPECTED
    assert list(ROLES) == [role.id for role in ROLES.values()]


@pytest.mark.parametrize(
    ("permission", "holders"),
    [
        (roles.MONEY_APPROVE, ["finance"]),
        (roles.DECIDE, ["officer", "operator"]),
        (roles.REVIEW, ["reviewer"]),
        (roles.MEMBERS_EDIT, ["administrator"]),
        (roles.AUDIT_VIEW, ["auditor", "administrator"]),
        ("nothing.known", []),
    ],
)
def test_roles_with_a_permission(permission, holders):
    assert roles_with(permission) == holders


def test_who_selects_firms_never_approves_payments():
    assert [role for role in roles_with(roles.MONEY_APPROVE) if role in roles_with(roles.DECIDE)] == []


def test_every_role_says_in_a_sentence_what_it_may():
    assert [choice for choice, _name in CHOICES] == list(EXPECTED)
    assert all(str(role.name) and str(role.description).endswith(".") for role in ROLES.values())
