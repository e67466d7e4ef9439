"""People, hosts and firms, as plain functions: each makes what it needs, and takes what the test cares about."""

from itertools import count
from typing import Any

from bridgehead.accounts.models import User
from bridgehead.kit.validators import business_number_check_digit
from bridgehead.organisations.models import Host, HostMembership, Organisation, OrganisationMembership

_numbers = count(1)


def number() -> int:
    return next(_numbers)


def a_business_number() -> str:
    """A serial of four noughts is not given out, so that none of these ends in it."""
    office, serial = divmod(number(), 9_999)
    first_nine = f"120{80 + office:02d}{serial + 1:04d}"
    return first_nine + str(business_number_check_digit(first_nine))


def a_user(**fields: Any) -> User:
    n = number()
    fields.setdefault("email", f"person{n}@example.org")
    fields.setdefault("name", f"Person {n}")
    return User.objects.create_user(**fields)


def a_host(**fields: Any) -> Host:
    n = number()
    fields.setdefault("slug", f"host-{n}")
    fields.setdefault("kind", Host.Kind.CITY)
    fields.setdefault("name_ko", f"주관기관 {n}")
    fields.setdefault("name_en", f"Host {n}")
    return Host.objects.create(**fields)


def staff(host: Host, role: str = "officer", **fields: Any) -> User:
    """A person with one role at the host."""
    user = a_user(**fields)
    HostMembership.objects.create(host=host, user=user, role=role)
    return user


def a_firm(**fields: Any) -> Organisation:
    n = number()
    fields.setdefault("slug", f"firm-{n}")
    fields.setdefault("kind", Organisation.Kind.FIRM)
    fields.setdefault("name_ko", f"공방 {n}")
    fields.setdefault("name_en", f"Workshop {n}")
    if fields["kind"] == Organisation.Kind.FIRM:
        fields.setdefault("business_number", a_business_number())
    return Organisation.objects.create(**fields)


def a_buyer(**fields: Any) -> Organisation:
    return a_firm(**{"kind": Organisation.Kind.BUYER, "country": "IT", **fields})


def maker_of(firm: Organisation, **fields: Any) -> User:
    user = a_user(**fields)
    OrganisationMembership.objects.create(organisation=firm, user=user)
    return user
