"""Files of the whole dictionary: asked for by anybody, made once for each state of the dictionary."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from bridgehead.terminology import tasks
from bridgehead.terminology.models import Publication
from bridgehead.terminology.publications import KINDS
from bridgehead.terminology.queries.concepts import stamp

#: After so long a worker that began is taken to have stopped.
GIVEN_UP = timedelta(minutes=10)


@transaction.atomic
def ask_for(*, name: str) -> Publication | None:
    """The file of the dictionary as it is now, begun if nobody has. None while the dictionary is empty."""
    if not (now := stamp()):
        return None
    moment = timezone.now()
    Publication.objects.get_or_create(
        name=KINDS[name].name, stamp=now, defaults={"begun_at": moment - 2 * GIVEN_UP}
    )
    publication = Publication.objects.select_for_update().get(name=name, stamp=now)
    if (
        publication.state != Publication.State.READY and publication.begun_at < moment - GIVEN_UP
    ) or publication.state == Publication.State.FAILED:
        _begin(publication)
    return publication


def ask_for_all() -> None:
    """Every file, where a worker makes them; without one this would be half a minute's work for whoever asks."""
    if tasks.make_publication.get_backend().supports_defer:
        for name in KINDS:
            ask_for(name=name)


def _begin(publication: Publication) -> None:
    publication.state, publication.begun_at = Publication.State.MAKING, timezone.now()
    publication.save(update_fields=["state", "begun_at"])
    transaction.on_commit(partial(tasks.make_publication.enqueue, publication.pk))
