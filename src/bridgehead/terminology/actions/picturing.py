"""Pictures that editors send in. They are shown nowhere until a proposal that names them is approved."""

from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from bridgehead.terminology.models import Picture
from bridgehead.terminology.pictures import checked

FOLDER = "terminology-pictures"


@transaction.atomic
def keep_picture(*, upload: File, by: Any) -> Picture:
    """The same picture is kept once. Raises ValidationError for what is none."""
    found = checked(upload)
    path = f"{FOLDER}/{found.digest}.{found.kind}"
    picture = Picture.objects.filter(digest=found.digest).first()
    if picture is not None:
        return picture
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(found.content))
    return Picture.objects.create(
        digest=found.digest,
        kind=found.kind,
        file=path,
        width=found.width,
        height=found.height,
        size=len(found.content),
        sent_by=by,
    )


def address_of(picture: Picture) -> str:
    """As concepts name it: without a language, and the same wherever the site stands."""
    return reverse("dictionary_picture", args=[picture.digest])
