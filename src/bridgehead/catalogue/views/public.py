"""The catalogue everybody sees: published products with their pictures, terms and certificates."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bridgehead.catalogue import lists, queries
from bridgehead.catalogue.linked import address, as_json_ld
from bridgehead.catalogue.models import Photo, Product
from bridgehead.certification.queries import certificates_by_firm

ON_A_PAGE = 24
AN_HOUR = 3600
LONGEST_SEARCH = 200


def wanted_by(request: HttpRequest) -> queries.Wanted:
    """Anything may stand in an address: what is not in our lists filters nothing."""
    said = {
        name: request.GET.get(name, "").replace("\x00", "").strip()
        for name in ("q", "category", "material", "firm", "state")
    }
    return queries.Wanted(
        words=said["q"][:LONGEST_SEARCH],
        category=said["category"] if said["category"] in lists.categories() else "",
        material=said["material"] if said["material"] in lists.materials() else "",
        firm=said["firm"][:80],
        certified=request.GET.get("certified") == "1",
        state=said["state"] if said["state"] in Product.State.values else "",
    )


def choices() -> dict[str, Any]:
    return {"categories": lists.choices(lists.categories()), "materials": lists.choices(lists.materials())}


def listed(request: HttpRequest, found: queries.Products) -> dict[str, Any]:
    """One page of products, with the certificates of all of them asked for at once."""
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    return {
        "page_obj": page,
        "rows": rows,
        "covered": queries.certificates_on(rows),
        "firm_certificates": certificates_by_firm({product.firm_id for product in rows}),
    }


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    wanted = wanted_by(request)
    found = queries.filtered(queries.public_products(), wanted)
    context = {
        **listed(request, found),
        **choices(),
        "wanted": wanted,
        "firms": queries.public_firms(),
        "is_filtered": wanted != queries.Wanted(),
    }
    return render(request, "catalogue/public/list.html", context)


def detail(product: Product) -> dict[str, Any]:
    """What a product's page says; also for its preview."""
    shown = queries.certificates_on([product]).get(product.pk, [])
    on_it = {one.certificate.pk for one in shown}
    pictures = [one for one in product.pictures if one.alt]  # type: ignore[attr-defined]
    language = (get_language() or "ko")[:2]
    other = "en" if language == "ko" else "ko"
    return {
        "product": product,
        "pictures": pictures,
        "covered": shown,
        "firm_certificates": [
            one for one in queries.certificates_of_firm(product.firm) if one.certificate.pk not in on_it
        ],
        "text_language": language if getattr(product, f"description_{language}") else other,
        "name_language": language if getattr(product, f"name_{language}") else other,
        "other_language": other,
        "other_name": getattr(product, f"name_{other}") if getattr(product, f"name_{language}") else "",
    }


@require_safe
def product(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.public_products(), pk=pk)
    context = detail(found)
    context["address"] = address("product", pk)
    context["data"] = as_json_ld(found, context["pictures"], context["covered"])
    if context["pictures"]:
        context["share_picture"] = address("picture", context["pictures"][0].pk, "large")
    return render(request, "catalogue/public/product.html", context)


@require_safe
def firm(request: HttpRequest, slug: str) -> HttpResponse:
    """What a firm makes, and its certificates with their state today."""
    found = get_object_or_404(queries.public_firms(), slug=slug)
    context = {
        **listed(request, queries.public_products().filter(firm=found)),
        "firm": found,
        "certificates": queries.certificates_of_firm(found),
    }
    return render(request, "catalogue/public/firm.html", context)


@require_safe
def picture(request: HttpRequest, pk: int, size: str) -> FileResponse:
    """A draft's pictures only to those who may see the draft. Decoded and written anew when it came: pixels only."""
    photo = get_object_or_404(Photo.objects.select_related("product"), pk=pk)
    public = photo.product.is_public and photo.removed_at is None
    if size not in ("small", "large"):
        raise Http404
    if not public and not queries.seen_by(request.user).filter(pk=photo.product_id).exists():
        raise Http404
    file = photo.thumbnail if size == "small" else photo.file
    if not file.storage.exists(str(file.name)):
        raise Http404
    response = FileResponse(file.open("rb"), content_type=f"image/{photo.kind}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={AN_HOUR}" if public else "private, no-store"
    return response
