"""Hosts and people of the demo."""

from allauth.account.models import EmailAddress

from bridgehead.accounts.models import User
from bridgehead.organisations.models import Host, HostMembership, Organisation, OrganisationMembership
from bridgehead.portal.demo.personas import PERSONAS

HOSTS = [
    (
        "jongno",
        Host.Kind.DISTRICT,
        "서울특별시 종로구",
        "Jongno District, Seoul",
        "",
        "경제정책과 02-0000-0000",
    ),
    ("gyeonggi", Host.Kind.PROVINCE, "경기도", "Gyeonggi Province", "", "국제통상과 031-000-0000"),
    (
        "kocef",
        Host.Kind.AGENCY,
        "한국도자재단",
        "Korea Ceramics Foundation",
        "gyeonggi",
        "해외사업팀 031-000-0001",
    ),
    ("iksan", Host.Kind.CITY, "익산시", "City of Iksan", "", "기업지원과 063-000-0000"),
    (
        "fiti",
        Host.Kind.AGENCY,
        "패션산업시험연구원",
        "Fashion Industry Testing and Research Institute",
        "",
        "",
    ),
]
#: Reviewers who are no personas: the other hosts need some too.
MORE_REVIEWERS = [("gyeonggi", "심사위원"), ("kocef", "도자심사위원")]


def make_hosts() -> dict[str, Host]:
    hosts: dict[str, Host] = {}
    for slug, kind, korean, english, parent, contact in HOSTS:
        hosts[slug], _created = Host.objects.get_or_create(
            slug=slug,
            defaults={
                "kind": kind,
                "name_ko": korean,
                "name_en": english,
                "parent": hosts.get(parent),
                "contact": contact,
            },
        )
    return hosts


def make_people(hosts: dict[str, Host]) -> None:
    """The personas and further reviewers. Nobody has a password: they sign in by persona or by emailed code."""
    for persona in PERSONAS:
        user = person(persona.email, persona.name, persona.language)
        if persona.role:
            HostMembership.objects.get_or_create(host=hosts[persona.at], user=user, role=persona.role)
            if persona.role == "editor" and not user.is_staff:
                user.is_staff = True
                user.save(update_fields=["is_staff"])
        elif firm := Organisation.objects.filter(slug=persona.at).first():
            OrganisationMembership.objects.get_or_create(organisation=firm, user=user)
    for slug, name in MORE_REVIEWERS:
        for n in (1, 2, 3):
            user = person(f"{slug}-reviewer-{n}@demo.bridgehead.example", f"{name} {n}")
            HostMembership.objects.get_or_create(host=hosts[slug], user=user, role="reviewer")


def person(email: str, name: str, language: str = "ko") -> User:
    user, _created = User.objects.get_or_create(email=email, defaults={"name": name, "language": language})
    if not user.password:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    # Otherwise a passkey added while trying the demo would ask for a code by a mail that reaches nobody.
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True, "verified": True})
    return user


def officer_of(slug: str) -> User:
    return User.objects.filter(
        host_memberships__host__slug=slug, host_memberships__role__in=["officer", "operator"]
    ).earliest("pk")


def finance_of(slug: str) -> User:
    return User.objects.filter(host_memberships__host__slug=slug, host_memberships__role="finance").earliest(
        "pk"
    )


def maker_of(firm: Organisation) -> User:
    """The person who acts for a firm; every firm of the demo has one, since people apply, not firms."""
    membership = OrganisationMembership.objects.filter(organisation=firm).select_related("user").first()
    if membership:
        return membership.user
    user = person(f"{firm.slug}@demo.bridgehead.example", f"{firm.name_ko} 대표")
    OrganisationMembership.objects.create(organisation=firm, user=user)
    return user
