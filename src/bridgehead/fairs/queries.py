"""Pavilions, who stands where, and what the public may see of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from bridgehead.accounts import roles
from bridgehead.calls.models import Award, Call
from bridgehead.certification.models import Certificate
from bridgehead.certification.queries import certificates_by_firm
from bridgehead.fairs.models import Pavilion, Stand
from bridgehead.kit.navigation import FirmPage, firm_pages
from bridgehead.organisations.queries import Visitor
from bridgehead.programmes.models import Programme
from bridgehead.programmes.queries import programmes_visible_to, public_programmes


@dataclass(frozen=True)
class Exhibitor:
    """A firm with a place, its stand where it has one, the certificates it may show, and pages about it elsewhere."""

    award: Award
    stand: Stand | None
    certificates: Sequence[Certificate] = ()
    pages: Sequence[FirmPage] = ()


def pavilion_of(programme: Programme) -> Pavilion | None:
    return Pavilion.objects.filter(programme=programme).select_related("programme__edition").first()


def pavilions_visible_to(user: Visitor, permission: str = roles.VIEW) -> QuerySet[Pavilion]:
    return Pavilion.objects.filter(programme__in=programmes_visible_to(user, permission))


def stands_of(pavilion: Pavilion) -> QuerySet[Stand]:
    return Stand.objects.filter(pavilion=pavilion).select_related("award__firm").order_by("code")


def awards_of(programme: Programme) -> QuerySet[Award]:
    """The awards that take part: offered or accepted, not withdrawn."""
    return (
        Award.objects.filter(programme=programme)
        .exclude(state=Award.State.WITHDRAWN)
        .select_related("firm")
        .order_by("firm__slug")
    )


def without_stand(programme: Programme) -> QuerySet[Award]:
    """In the order the awards were made."""
    return awards_of(programme).filter(stand__isnull=True).order_by("made_at", "pk")


def free_stands(pavilion: Pavilion) -> QuerySet[Stand]:
    return stands_of(pavilion).filter(kind=Stand.Kind.FIRM, award__isnull=True)


def shown_to_the_public() -> QuerySet[Programme]:
    """Public programmes with accepted firms whose call, where there is one, has been released."""
    accepted = Award.objects.filter(programme=OuterRef("pk"), state=Award.State.ACCEPTED)
    secret = Call.objects.filter(programme=OuterRef("pk"), released_at__isnull=True)
    released = Call.objects.filter(programme=OuterRef("pk"), released_at__isnull=False)
    return public_programmes().filter(Q(Exists(accepted)), Exists(released) | ~Exists(secret))


def exhibitors(programme: Programme) -> list[Exhibitor]:
    """The firms the public sees: accepted awards, each once, of a released call; by stand, then by name."""
    awards = (
        awards_of(programme)
        .filter(state=Award.State.ACCEPTED)
        .exclude(application__call__released_at__isnull=True, application__isnull=False)
        .select_related("firm", "stand")
    )
    firms = [award.firm_id for award in awards]
    certified, pages = certificates_by_firm(firms), firm_pages(firms)
    found = [
        Exhibitor(
            award, getattr(award, "stand", None), certified.get(award.firm_id, []), pages[award.firm_id]
        )
        for award in awards
    ]
    return sorted(
        found, key=lambda one: (one.stand is None, one.stand.code if one.stand else one.award.firm.name)
    )
