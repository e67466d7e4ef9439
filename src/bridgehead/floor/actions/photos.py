"""Photos taken at the stand: each stored once under the id its phone gave it, checked as every other upload."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bridgehead.audit import actions as audit
from bridgehead.floor.models import Consultation, TalkPhoto
from bridgehead.questions.actions import attach
from bridgehead.questions.rules.files import CheckedFile

KEY = "photo"


@transaction.atomic
def add_photo(
    *, id: UUID, consultation: Consultation, file: CheckedFile, taken_at: datetime, by: Any
) -> TalkPhoto:
    """Arriving again it changes nothing."""
    talk = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    known = TalkPhoto.objects.filter(pk=id).first()
    if known is not None:
        return known
    stored = attach(files={KEY: file}, owner=talk, by=by)
    photo = TalkPhoto.objects.create(id=id, consultation=talk, attachment_id=stored[KEY], taken_at=taken_at)
    audit.record(
        by=by,
        verb="consultation.photo",
        target=talk,
        chain=consultation.programme.host.slug,
        data={"sha256": photo.attachment.sha256},
    )
    return photo
