"""Which files of the dictionary there are to take."""

from dataclasses import dataclass

from bridgehead.terminology.models import Publication
from bridgehead.terminology.publications import KINDS, Kind
from bridgehead.terminology.queries.concepts import stamp


@dataclass(frozen=True)
class Offer:
    """One kind of file: the latest that is there, and the one of the dictionary as it is now (maybe the same)."""

    kind: Kind
    latest: Publication | None
    current: Publication | None

    @property
    def is_up_to_date(self) -> bool:
        return self.latest is not None and self.latest == self.current

    @property
    def is_making(self) -> bool:
        return self.current is not None and self.current.state == Publication.State.MAKING

    @property
    def has_failed(self) -> bool:
        return self.current is not None and self.current.state == Publication.State.FAILED


def offers() -> list[Offer]:
    """Every kind, in the order of `KINDS`."""
    now = stamp()
    latest: dict[str, Publication] = {}
    current: dict[str, Publication] = {}
    for publication in Publication.objects.order_by("stamp"):
        if publication.state == Publication.State.READY:
            latest[publication.name] = publication
        if publication.stamp == now:
            current[publication.name] = publication
    return [Offer(kind, latest.get(name), current.get(name)) for name, kind in KINDS.items()]


def latest(name: str) -> Publication | None:
    return Publication.objects.filter(name=name, state=Publication.State.READY).order_by("-stamp").first()
