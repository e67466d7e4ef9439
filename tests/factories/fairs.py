from decimal import Decimal
from typing import Any

from bridgehead.fairs.models import Pavilion, Stand
from bridgehead.programmes.models import Programme

from .programmes import a_programme


def a_pavilion(programme: Programme | None = None, **fields: Any) -> Pavilion:
    """10 × 3 m, open at the bottom."""
    fields.setdefault("name_ko", "공동관")
    fields.setdefault("name_en", "Joint pavilion")
    fields.setdefault("width", Decimal(10))
    fields.setdefault("depth", Decimal(3))
    return Pavilion.objects.create(programme=programme or a_programme(), **fields)


def a_stand(pavilion: Pavilion | None = None, code: str = "A1", **fields: Any) -> Stand:
    """2.5 × 3 m, at the left."""
    measures = {"x": Decimal(0), "y": Decimal(0), "width": Decimal("2.5"), "depth": Decimal(3)}
    return Stand.objects.create(pavilion=pavilion or a_pavilion(), code=code, **{**measures, **fields})
