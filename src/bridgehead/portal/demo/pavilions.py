"""The joint pavilion of a demo programme, drawn to scale."""

from decimal import Decimal

from bridgehead.accounts.models import User
from bridgehead.fairs.actions import assign_remaining, save_pavilion, save_stand
from bridgehead.fairs.models import Pavilion, Stand
from bridgehead.programmes.models import Programme


def build(
    programme: Programme,
    *,
    width: Decimal,
    depth: Decimal,
    stands: int,
    hall: str,
    name: tuple[str, str],
    meeting: bool,
    by: User,
) -> Pavilion:
    """Equal stands side by side, with a place for meeting tables at the end when asked for."""
    pavilion = save_pavilion(
        pavilion=Pavilion(
            programme=programme,
            name_ko=name[0],
            name_en=name[1],
            hall=hall,
            width=width,
            depth=depth,
            open_sides="s",
        ),
        by=by,
    )
    parts = stands + (1 if meeting else 0)
    each = width / parts
    for number in range(parts):
        kind = Stand.Kind.MEETING if number == stands else Stand.Kind.FIRM
        code = "M1" if kind == Stand.Kind.MEETING else f"A{number + 1}"
        stand = Stand(
            pavilion=pavilion, code=code, kind=kind, x=each * number, y=Decimal(0), width=each, depth=depth
        )
        save_stand(stand=stand, by=by)
    assign_remaining(pavilion=pavilion, by=by)
    return pavilion
