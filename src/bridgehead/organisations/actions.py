"""Workshops register themselves once for all hosts, and say who acts for them."""

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.kit.validators import clean_business_number
from bridgehead.organisations.models import Host, HostMembership, Organisation, OrganisationMembership


class BusinessNumberTaken(Exception):
    """Somebody registered this number before. Nothing of that firm is told, not even its name."""

    def __init__(self) -> None:
        super().__init__(_("This business registration number is already registered."))


class NotOwner(Exception):
    def __init__(self) -> None:
        super().__init__(_("Only those who manage this firm may add or remove people."))


def _free_slug(name_en: str) -> str:
    stem = slugify(name_en)[:60]
    if stem and not Organisation.objects.filter(slug=stem).exists():
        return stem
    return f"{stem or 'firm'}-{secrets.token_hex(3)}"


@transaction.atomic
def register_firm(*, by: User, business_number: str, **fields: Any) -> Organisation:
    """A new firm for which `by` acts; raises BusinessNumberTaken where the number is known."""
    number = clean_business_number(business_number)
    firm = Organisation(
        kind=Organisation.Kind.FIRM,
        slug=_free_slug(fields.get("name_en", "")),
        business_number=number,
        **fields,
    )
    firm.full_clean(exclude=["business_number"], validate_constraints=False)
    try:
        with transaction.atomic():
            firm.save(force_insert=True)
    except IntegrityError:
        if not Organisation.objects.filter(business_number=number).exists():
            raise
        raise BusinessNumberTaken from None
    OrganisationMembership.objects.create(organisation=firm, user=by, is_owner=True)
    audit.record(by=by, verb="firm.register", target=firm)
    return firm


@transaction.atomic
def update_firm(*, firm: Organisation, by: User, **fields: Any) -> Organisation:
    """Change what the firm says about itself; the business number stays."""
    for name, value in fields.items():
        setattr(firm, name, value)
    firm.full_clean()
    firm.save(update_fields=list(fields))
    audit.record(by=by, verb="firm.update", target=firm, data={"fields": sorted(fields)})
    return firm


def _check_owner(firm: Organisation, by: User) -> None:
    if not firm.memberships.filter(user=by, is_owner=True).exists():
        raise NotOwner


@transaction.atomic
def add_member(*, firm: Organisation, email: str, by: User) -> OrganisationMembership:
    """Let another person act for the firm. Without an account they get one, to sign in with an emailed code."""
    _check_owner(firm, by)
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
    membership, created = OrganisationMembership.objects.get_or_create(
        organisation=firm, user=user, defaults={"is_owner": False}
    )
    if created:
        audit.record(by=by, verb="firm.add_member", target=firm, data={"member": user.pk})
    return membership


@transaction.atomic
def remove_member(*, membership: OrganisationMembership, by: User) -> None:
    """Take somebody off; those who manage the firm cannot be taken off by each other."""
    _check_owner(membership.organisation, by)
    if membership.is_owner:
        raise NotOwner
    audit.record(
        by=by, verb="firm.remove_member", target=membership.organisation, data={"member": membership.user_id}
    )
    membership.delete()


class LastAdministrator(Exception):
    """A host without anybody to give roles could never be given one again."""

    def __init__(self) -> None:
        super().__init__(_("This is the host's last administrator. Name another one first."))


@transaction.atomic
def give_role(*, host: Host, email: str, role: str, by: User, name: str = "") -> HostMembership:
    """Without an account the person gets one, to sign in with an emailed code. Giving twice is the same as once."""
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name=name)
    membership, created = HostMembership.objects.get_or_create(host=host, user=user, role=role)
    if created:
        audit.record(by=by, verb="role.give", target=user, chain=host.slug, data={"role": role})
    return membership


@transaction.atomic
def take_role(*, membership: HostMembership, by: User) -> None:
    """Raises LastAdministrator; locks the host, so that two administrators cannot remove each other at once."""
    host = Host.objects.select_for_update().get(pk=membership.host_id)
    administrators = HostMembership.objects.filter(host=host, role="administrator")
    if membership.role == "administrator" and not administrators.exclude(pk=membership.pk).exists():
        raise LastAdministrator
    audit.record(
        by=by, verb="role.take", target=membership.user, chain=host.slug, data={"role": membership.role}
    )
    membership.delete()
