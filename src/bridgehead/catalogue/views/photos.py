"""Pictures of a product: sent from the phone, described, put in order, removed, brought back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.catalogue.actions import photos as actions
from bridgehead.catalogue.actions.products import Incomplete
from bridgehead.catalogue.forms import PhotosForm, WordsForm
from bridgehead.catalogue.models import Photo, Product
from bridgehead.catalogue.views.access import product_frame, the_photo, the_product


@login_required
def photos(request: SignedInRequest, pk: int) -> HttpResponse:
    """POST adds: good pictures are kept even where another of them is refused, and the refusal names its file."""
    product = the_product(request, pk)
    form = PhotosForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = 0
        for upload in form.cleaned_data["pictures"]:
            try:
                actions.add_photo(product=product, upload=upload, by=request.user)
                kept += 1
            except ValidationError as error:
                form.add_error("pictures", f"{upload.name}: {error.messages[0]}")
        if not form.errors:
            messages.success(request, _("Now say in a few words what each picture shows."))
            return redirect("catalogue:photos", pk)
        product = the_product(request, pk) if kept else product
    return _page(request, product, form)


def _page(
    request: SignedInRequest, product: Product, form: PhotosForm, words: WordsForm | None = None
) -> HttpResponse:
    shown = product.pictures  # type: ignore[attr-defined]
    forms = [words if words and words.instance.pk == one.pk else WordsForm(instance=one) for one in shown]
    context = {
        **product_frame(request, product, "photos"),
        "form": form,
        "rows": list(zip(shown, forms, strict=True)),
        "removed": product.photos.exclude(removed_at=None).order_by("-removed_at").first(),
    }
    status = 422 if form.errors or (words and words.errors) else 200
    return render(request, "catalogue/maker/photos.html", context, status=status)


@login_required
@require_POST
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    photo = the_photo(request, pk)
    form = WordsForm(request.POST, instance=photo)
    if form.is_valid():
        actions.describe_photo(photo=photo, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("catalogue:photos", photo.product_id)
    return _page(request, the_product(request, photo.product_id), PhotosForm(), form)


@login_required
@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    photo = the_photo(request, pk)
    if photo.removed_at is None:
        places = -1 if request.POST.get("to") == "forward" else 1
        actions.move_photo(photo=photo, by_places=places, by=request.user)
    return _back(photo)


def _back(photo: Photo) -> HttpResponse:
    response = redirect("catalogue:photos", photo.product_id)
    response["Location"] += f"#photo-{photo.pk}" if photo.removed_at is None else "#pictures"
    return response


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    photo = the_photo(request, pk)
    try:
        actions.remove_photo(photo=photo, by=request.user)
    except Incomplete as error:
        messages.error(request, str(error))
        photo.refresh_from_db()
    else:
        messages.success(request, _("Removed. “Undo” brings the picture back."))
    return _back(photo)


@login_required
@require_POST
def back(request: SignedInRequest, pk: int) -> HttpResponse:
    photo = the_photo(request, pk)
    actions.bring_back(photo=photo, by=request.user)
    return _back(photo)
