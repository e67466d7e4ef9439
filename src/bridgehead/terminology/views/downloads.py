"""The whole dictionary to take away: books and exchange files, and the pictures of its pages."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bridgehead.terminology.actions.publishing import ask_for
from bridgehead.terminology.models import Picture
from bridgehead.terminology.publications import BOOKS, KINDS
from bridgehead.terminology.queries.publishing import latest, offers
from bridgehead.terminology.queries.reading import counts

A_YEAR = 31_536_000


@require_safe
def downloads(request: HttpRequest) -> HttpResponse:
    """While a file is being made the list asks for itself again."""
    found = offers()
    context = {
        "books": [offer for offer in found if offer.kind.name in BOOKS],
        "tables": [offer for offer in found if offer.kind.name not in BOOKS],
        "is_making": any(offer.is_making for offer in found),
        "counts": counts(),
    }
    name = "_offers" if request.htmx else "downloads"  # type: ignore[attr-defined]
    return render(request, f"terminology/{name}.html", context)


@require_POST
def ask(request: HttpRequest, name: str) -> HttpResponse:
    """Anybody may ask: each file is made once for each state of the dictionary, however many do."""
    if name not in KINDS:
        raise Http404
    ask_for(name=name)
    return redirect("terminology:downloads")


@require_safe
def published(request: HttpRequest, name: str) -> FileResponse:
    kind, publication = KINDS.get(name), latest(name)
    if kind is None or publication is None or not default_storage.exists(str(publication.file.name)):
        raise Http404
    response = FileResponse(
        publication.file.open("rb"),
        as_attachment=True,
        filename=kind.file_name(publication.day),
        content_type=kind.content_type,
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def picture(request: HttpRequest, digest: str) -> FileResponse:
    """Shown in pages: it was decoded and written anew when it came, so it is a picture and nothing else."""
    found = get_object_or_404(Picture, digest=digest)
    response = FileResponse(found.file.open("rb"), content_type=f"image/{found.kind}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
