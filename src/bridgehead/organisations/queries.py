"""Which hosts and organisations a person may act for: the root of every `visible_to`."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from bridgehead.accounts.models import User
from bridgehead.accounts.roles import ROLES, roles_with
from bridgehead.organisations.models import Host, HostMembership, Organisation

Visitor = User | AnonymousUser


def hosts_where(user: Visitor, permission: str) -> QuerySet[Host]:
    """The hosts at which a role of this person carries the permission."""
    if not user.is_authenticated:
        return Host.objects.none()
    if user.is_superuser:
        return Host.objects.all()
    memberships = HostMembership.objects.filter(user=user, role__in=roles_with(permission))
    return Host.objects.filter(pk__in=memberships.values("host"))


def may(user: Visitor, permission: str, host: Host) -> bool:
    return hosts_where(user, permission).filter(pk=host.pk).exists()


def permissions_at(user: Visitor, *hosts: Host | None) -> set[str]:
    """Everything the person's roles at any of these hosts allow."""
    return _permissions(user, HostMembership.objects.filter(host__in=[host for host in hosts if host]))


def all_permissions(user: Visitor) -> set[str]:
    """Everything the person's roles allow anywhere: what navigation offers, never what a page checks."""
    return _permissions(user, HostMembership.objects.all())


def _permissions(user: Visitor, memberships: QuerySet[HostMembership]) -> set[str]:
    if not user.is_authenticated:
        return set()
    held = ROLES if user.is_superuser else memberships.filter(user=user).values_list("role", flat=True)
    return {permission for role in held for permission in ROLES[role].permissions}


def organisations_of(user: Visitor) -> QuerySet[Organisation]:
    """The organisations a person acts for, as maker or buyer."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(memberships__user=user)


def firms_of(user: Visitor) -> QuerySet[Organisation]:
    """The workshops a maker acts for."""
    return organisations_of(user).filter(kind=Organisation.Kind.FIRM)


def firms() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind=Organisation.Kind.FIRM)


def buyers() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind=Organisation.Kind.BUYER)
