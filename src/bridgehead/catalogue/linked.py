"""A product as schema.org describes it, for search engines."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from bridgehead.catalogue.models import Photo, Product
from bridgehead.catalogue.queries import Shown
from bridgehead.kit.money import decimal_string


def address(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(f"catalogue:{name}", args=args)


def as_json_ld(product: Product, photos: Sequence[Photo], shown: Sequence[Shown]) -> dict[str, Any]:
    """Prices of trade, such as FOB, are no offer to shoppers and are left out; only valid certificates are named."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": address("product", product.pk),
        "name": product.name,
        "description": product.description,
        "sku": product.code,
        "category": product.category_name,
        "material": product.material_names,
        "brand": {"@type": "Brand", "name": product.firm.name},
        "image": [address("picture", photo.pk, "large") for photo in photos],
    }
    certified = [one.certificate for one in shown if one.may_bear_mark]
    if certified:
        data["hasCertification"] = [
            {
                "@type": "Certification",
                "name": one.case.version.scheme.name,
                "certificationIdentification": one.number,
                "issuedBy": {"@type": "Organization", "name": one.case.version.scheme.host.name},
                "url": settings.SITE_URL + reverse("certification:certificate", args=[one.number]),
            }
            for one in certified
        ]
    if product.price_basis == Product.Basis.RETAIL and product.price_min is not None:
        high = product.price_max or product.price_min
        data["offers"] = {
            "@type": "AggregateOffer",
            "priceCurrency": product.currency,
            "lowPrice": decimal_string(product.price_min, product.currency),
            "highPrice": decimal_string(high, product.currency),
        }
    return data
