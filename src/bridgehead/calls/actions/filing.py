"""Files that a call offers for download; also after publication, as forms get mended."""

from django.db import transaction

from bridgehead.accounts.models import User
from bridgehead.calls.actions.drafting import locked, record
from bridgehead.calls.models import Call, CallFile
from bridgehead.questions.actions import attach
from bridgehead.questions.rules.files import CheckedFile


@transaction.atomic
def add_file(
    *, call: Call, title_ko: str, file: CheckedFile, by: User | None, title_en: str = ""
) -> CallFile:
    found = locked(call)
    attachment = attach(files={"file": file}, owner=found, by=by)["file"]
    made = CallFile.objects.create(call=found, title_ko=title_ko, title_en=title_en, attachment_id=attachment)
    record("call.add_file", found, by, data={"file": file.name})
    return made


@transaction.atomic
def remove_file(*, file: CallFile, by: User | None) -> None:
    """From the call's page. The stored file stays: copies of the call may offer it too."""
    found = locked(file.call)
    record("call.remove_file", found, by, data={"file": file.attachment.name})
    file.delete()
