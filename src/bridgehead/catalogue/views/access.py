"""Fetching a product is the permission to change it: the firm's own people, and offices that support the firm."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bridgehead.accounts.requests import SignedInRequest
from bridgehead.catalogue import queries, rules
from bridgehead.catalogue.models import Photo, Product
from bridgehead.organisations.models import Organisation


def the_product(request: SignedInRequest, pk: int) -> Product:
    return get_object_or_404(queries.written_by(request.user), pk=pk)


def the_photo(request: SignedInRequest, pk: int) -> Photo:
    photo = get_object_or_404(Photo.objects.select_related("product__firm"), pk=pk)
    if not queries.firms_written_by(request.user).filter(pk=photo.product.firm_id).exists():
        raise Http404
    return photo


def frame(request: SignedInRequest, firm: Organisation) -> dict[str, Any]:
    """A maker's page stands alone, an officer's at the desk, and says for whom it is written."""
    host = queries.host_writing_for(request.user, firm)
    return {
        "base": "base_desk.html" if host else "base.html",
        "host": host,
        "firm": firm,
        "home": reverse("catalogue:desk" if host else "catalogue:my_products"),
        "home_label": _("Products of firms") if host else _("My products"),
    }


def product_frame(request: SignedInRequest, product: Product, part: str) -> dict[str, Any]:
    items = rules.tick_list(product, product.pictures)  # type: ignore[attr-defined]
    parts = [
        ("edit", _("Text and price"), None),
        ("photos", _("Pictures"), len(product.pictures)),  # type: ignore[attr-defined]
        ("coverages", _("Certificates"), None),
        ("publishing", _("Publish"), None),
    ]
    tabs = [
        {
            "label": label,
            "url": reverse(f"catalogue:{name}", args=[product.pk]),
            "current": name == part,
            "count": count,
        }
        for name, label, count in parts
    ]
    return {
        **frame(request, product.firm),
        "product": product,
        "tabs": tabs,
        "items": items,
        "missing": rules.missing(items),
        "share": rules.done_share(items),
    }
