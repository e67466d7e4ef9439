"""The termbase that comes with Bridgehead (`data/README.md`)."""

from functools import lru_cache
from pathlib import Path

from bridgehead.engines import termbase
from bridgehead.terminology.actions.importing import ImportReport, import_concepts
from bridgehead.terminology.models import Proposal

DATA = Path(__file__).parent / "data"
REASON = "Bridgehead termbase"


@lru_cache(maxsize=1)
def shipped_concepts() -> tuple[termbase.Concept, ...]:
    return tuple(
        concept for path in sorted(DATA.glob("*.json")) for concept in termbase.read_file(path).concepts
    )


def load() -> ImportReport:
    """Approve what is shipped. Languages that editors changed since are theirs, and left alone."""
    edited = set(
        Proposal.objects.filter(state=Proposal.State.APPROVED)
        .exclude(reason=REASON)
        .values_list("concept__code", "section")
    )
    return import_concepts(
        concepts=shipped_concepts(), by=None, approve=True, reason=REASON, leave=edited.__contains__
    )
