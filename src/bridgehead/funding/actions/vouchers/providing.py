"""The directory of providers: who is in it, what they offer, and at which hosts they may work."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from bridgehead.accounts.models import User
from bridgehead.audit import actions as audit
from bridgehead.funding.actions.support import ReasonMissing
from bridgehead.funding.models import ProviderApproval, ProviderPrice, ServiceProvider
from bridgehead.kit.validators import clean_business_number
from bridgehead.organisations.models import Host, Organisation, OrganisationMembership

Approval = ProviderApproval.State


@transaction.atomic
def add_provider(
    *, host: Host, by: Any, business_number: str, name_ko: str, email: str, name_en: str = "", **facts: Any
) -> ServiceProvider:
    """An organisation in the directory, approved by the host that enters it. One that is known by its number is taken as it
    is. The person of the address signs in with an emailed code."""
    number = clean_business_number(business_number)
    organisation = Organisation.objects.filter(business_number=number).first() or _register(
        number, name_ko=name_ko, name_en=name_en, phone=facts.get("phone", "")
    )
    provider, created = ServiceProvider.objects.get_or_create(
        organisation=organisation, defaults={"email": email, **facts}
    )
    person = User.objects.filter(email__iexact=email).first() or User.objects.create_user(
        email, name=facts.get("contact", "")
    )
    OrganisationMembership.objects.get_or_create(organisation=organisation, user=person)
    if created:
        provider.full_clean()
        audit.record(by=by, verb="provider.add", target=provider, chain=host.slug)
    approve_provider(provider=provider, host=host, by=by)
    return provider


def _register(number: str, **names: Any) -> Organisation:
    stem = slugify(names["name_en"])[:60] or "provider"
    taken = Organisation.objects.filter(slug=stem).exists()
    slug = f"{stem}-{secrets.token_hex(3)}" if taken or stem == "provider" else stem
    organisation = Organisation(kind=Organisation.Kind.PARTNER, slug=slug, business_number=number, **names)
    organisation.full_clean()
    organisation.save(force_insert=True)
    return organisation


@transaction.atomic
def save_provider(*, provider: ServiceProvider, by: Any) -> ServiceProvider:
    """What a provider says about itself."""
    provider.full_clean()
    provider.save()
    audit.record(by=by, verb="provider.change", target=provider)
    return provider


@transaction.atomic
def save_prices(*, provider: ServiceProvider, prices: Sequence[ProviderPrice], by: Any) -> None:
    """The whole price list anew. Quotes and bookings keep their own prices."""
    provider.prices.all().delete()
    for price in prices:
        price.pk, price.provider = None, provider
        price.full_clean()
        price.save(force_insert=True)
    data = {"services": sorted({price.service for price in prices})}
    audit.record(by=by, verb="provider.prices", target=provider, data=data)


@transaction.atomic
def approve_provider(*, provider: ServiceProvider, host: Host, by: Any) -> ProviderApproval:
    return _decide(provider, host, Approval.APPROVED, "", by)


@transaction.atomic
def suspend_provider(*, provider: ServiceProvider, host: Host, reason: str, by: Any) -> ProviderApproval:
    """No new requests and bookings of this host's firms; what is booked goes on. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    return _decide(provider, host, Approval.SUSPENDED, reason.strip(), by)


def _decide(
    provider: ServiceProvider, host: Host, state: ProviderApproval.State, reason: str, by: Any
) -> ProviderApproval:
    facts = {"state": state, "reason": reason, "decided_by": by}
    approval, _created = ProviderApproval.objects.update_or_create(
        provider=provider, host=host, defaults=facts
    )
    verb = "provider.approve" if state == Approval.APPROVED else "provider.suspend"
    audit.record(by=by, verb=verb, target=provider, chain=host.slug, reason=reason)
    return approval
