"""Large files in parts: each part is stored as it arrives, so a lost network or a reload costs one part at most.

The parts lie in the installation's storage (local or S3) until the last one is here; then the whole is checked as any
upload is and becomes an attachment of its owner.
"""

import tempfile
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.questions.actions import attach_to
from bridgehead.questions.models import Question, Upload
from bridgehead.questions.rules import files as rules

LARGEST_PART = 4 * 1024 * 1024
#: Unfinished uploads of one person to one owner; more than a form has file questions is no honest use.
MOST_UNFINISHED = 20
ABANDONED_AFTER = timedelta(days=3)


class WrongOffset(Exception):
    """The part does not follow what is here; `received` says where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(f"{received}")
        self.received = received


@transaction.atomic
def begin(*, question: Question, owner: models.Model, name: str, size: int, by: User) -> Upload:
    """Make room for a file; ValidationError says at once what would be refused at the end."""
    rules.check_announced(question, name, size)
    mine = Upload.objects.filter(
        owner_kind=owner._meta.label_lower, owner_id=str(owner.pk), started_by=by, attachment=None
    )
    for forgotten in mine.order_by("-heard_at")[MOST_UNFINISHED:]:
        discard(upload=forgotten)
    return Upload.objects.create(
        question=question,
        owner_kind=owner._meta.label_lower,
        owner_id=str(owner.pk),
        name=rules.clean_name(name),
        size=size,
        started_by=by,
    )


def receive(*, upload: Upload, offset: int, data: bytes) -> Upload:
    """Keep one part. After the last one the file is checked: ValidationError refuses it, and its parts are let go."""
    try:
        with transaction.atomic():
            return _receive(upload.pk, offset, data)
    except ValidationError:
        discard(upload=upload)
        raise


def _receive(pk: UUID, offset: int, data: bytes) -> Upload:
    upload = Upload.objects.select_for_update(of=("self",)).select_related("question").get(pk=pk)
    if offset != upload.received:
        raise WrongOffset(upload.received)
    if len(data) > LARGEST_PART or upload.received + len(data) > upload.size:
        raise ValidationError(_("This file is larger than was announced. Choose it again."))
    if data:
        _store_part(upload, offset, data)
        upload.received += len(data)
    upload.save(update_fields=["received", "heard_at"])
    if upload.received == upload.size and upload.attachment_id is None:
        _finish(upload)
    return upload


def _folder(upload: Upload) -> str:
    return f"uploads/{upload.pk}"


def _store_part(upload: Upload, offset: int, data: bytes) -> None:
    """A part whose transaction failed may lie there already; it is written anew."""
    path = f"{_folder(upload)}/{offset:012d}"
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, ContentFile(data))


def _parts(upload: Upload) -> list[str]:
    try:
        _folders, names = default_storage.listdir(_folder(upload))
    except FileNotFoundError:
        return []
    return [f"{_folder(upload)}/{name}" for name in sorted(names)]


def _finish(upload: Upload) -> None:
    with tempfile.TemporaryFile() as whole:
        for path in _parts(upload):
            with default_storage.open(path) as part:
                whole.write(part.read())
        whole.flush()  # its size is asked of the system
        checked = rules.check_file(upload.question, File(whole, name=upload.name))
        stored = attach_to(
            files={upload.question.key: checked},
            kind=upload.owner_kind,
            pk=upload.owner_id,
            by=upload.started_by,
        )
    upload.attachment_id = UUID(stored[upload.question.key])
    upload.save(update_fields=["attachment"])
    transaction.on_commit(lambda: _delete_parts(upload))


def _delete_parts(upload: Upload) -> None:
    for path in _parts(upload):
        default_storage.delete(path)
    if default_storage.exists(_folder(upload)):
        default_storage.delete(_folder(upload))


def discard(*, upload: Upload) -> None:
    """Let an unfinished upload go."""
    _delete_parts(upload)
    Upload.objects.filter(pk=upload.pk, attachment=None).delete()


def sweep() -> int:
    """Let go what nobody has continued for three days. Gives their number."""
    long_ago = timezone.now() - ABANDONED_AFTER
    abandoned = list(Upload.objects.filter(attachment=None, heard_at__lt=long_ago))
    for upload in abandoned:
        discard(upload=upload)
    return len(abandoned)
