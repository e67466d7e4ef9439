"""Uploaded files, handed out only as downloads."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from bridgehead.questions.models import Attachment
from bridgehead.questions.queries import Access, access_to
from bridgehead.questions.rules.files import TYPES

ENDINGS = {content_type: f".{name}" for name, content_type in TYPES.items()}


@login_required
@require_safe
def download(request: HttpRequest, pk: UUID) -> FileResponse:
    """Never shown in the page (attachment, nosniff): what strangers upload must not run here."""
    attachment = get_object_or_404(Attachment, pk=pk)
    access = access_to(request.user, attachment)
    if access is Access.NONE:
        raise Http404
    name = attachment.name if access is Access.FULL else f"file{ENDINGS.get(attachment.content_type, '')}"
    response = FileResponse(
        attachment.file.open("rb"), as_attachment=True, filename=name, content_type=attachment.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
