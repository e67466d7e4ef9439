"""A file arriving in parts: where it stands (GET), and the next part (PATCH with its offset)."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bridgehead.questions import uploading
from bridgehead.questions.models import Upload


def state(upload: Upload) -> dict[str, object]:
    """`stored` is empty until the last part is here and the content has been checked."""
    return {
        "received": upload.received,
        "size": upload.size,
        "stored": str(upload.attachment_id or ""),
        "name": upload.name,
    }


@require_http_methods(["GET", "PATCH"])
def upload(request: HttpRequest, pk: UUID) -> JsonResponse:
    """For whoever began it. 401 when signed out, 409 with the true offset, 422 with what is wrong with the file."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Sign in again.")}, status=HTTPStatus.UNAUTHORIZED)
    found = get_object_or_404(Upload, pk=pk, started_by=request.user)
    if request.method == "GET":
        return JsonResponse(state(found))
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdecimal():
        return JsonResponse({"error": "Upload-Offset"}, status=HTTPStatus.BAD_REQUEST)
    try:
        found = uploading.receive(upload=found, offset=int(offset), data=request.body)
    except uploading.WrongOffset as error:
        return JsonResponse({"received": error.received}, status=HTTPStatus.CONFLICT)
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse(state(found))
