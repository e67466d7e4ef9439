"""Making the dictionary's books takes seconds, so a worker does it."""

import logging
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from bridgehead.terminology.models import Publication
from bridgehead.terminology.publications import KINDS
from bridgehead.terminology.queries.concepts import all_as_engine

logger = logging.getLogger(__name__)
FOLDER = "terminology-publications"


@task()
def make_publication(publication_id: int) -> None:
    """The file, and away with those of the same name that it replaces. A failure is logged, and shown on the page."""
    publication = Publication.objects.get(pk=publication_id)
    kind = KINDS[publication.name]
    day = publication.day
    concepts = list(all_as_engine())
    try:
        content = kind.make(concepts, day)
    except Exception:
        Publication.objects.filter(pk=publication_id).update(state=Publication.State.FAILED)
        logger.exception("publication %s failed", publication.name)
        raise
    path = f"{FOLDER}/{publication.stamp}/{kind.file_name(day)}"
    default_storage.delete(path)
    publication.file.name = default_storage.save(path, ContentFile(content))
    publication.size, publication.concepts = len(content), len(concepts)
    publication.state, publication.made_at = Publication.State.READY, timezone.now()
    with transaction.atomic():
        publication.save(update_fields=["file", "size", "concepts", "state", "made_at"])
        _clear_older(publication)


def _clear_older(publication: Publication) -> None:
    older = list(Publication.objects.filter(name=publication.name, stamp__lt=publication.stamp))
    Publication.objects.filter(pk__in=[each.pk for each in older]).delete()
    for each in older:
        if each.file:
            transaction.on_commit(partial(default_storage.delete, str(each.file.name)))
