from datetime import date
from typing import Any

from bridgehead.organisations.models import Host
from bridgehead.programmes.models import Fair, FairEdition, Programme

from .organisations import a_host, number


def an_edition(**fields: Any) -> FairEdition:
    n = number()
    if "fair" not in fields:
        fields["fair"] = Fair.objects.create(slug=f"fair-{n}", name=f"Fair {n}", organiser="Organiser")
    fields.setdefault("name", f"Fair {n} 2026")
    fields.setdefault("starts_on", date(2026, 1, 16))
    fields.setdefault("ends_on", date(2026, 1, 20))
    fields.setdefault("city", "Vicenza")
    fields.setdefault("country", "IT")
    fields.setdefault("zone", "Europe/Rome")
    return FairEdition.objects.create(**fields)


def a_programme(host: Host | None = None, **fields: Any) -> Programme:
    n = number()
    fields.setdefault("slug", f"programme-{n}")
    fields.setdefault("title_ko", f"해외 박람회 참가 지원 {n}")
    fields.setdefault("title_en", f"Fair participation {n}")
    fields.setdefault("starts_on", date(2026, 1, 16))
    fields.setdefault("ends_on", date(2026, 1, 20))
    if "edition" not in fields:
        fields["edition"] = an_edition()
    return Programme.objects.create(host=host or a_host(), **fields)
