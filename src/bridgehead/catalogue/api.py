"""Published products for programs: the catalogue's own search, and one product with its pictures and certificates."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from bridgehead.catalogue import lists, queries
from bridgehead.catalogue.linked import address
from bridgehead.catalogue.models import Product
from bridgehead.catalogue.queries import Shown, Wanted
from bridgehead.kit.money import decimal_string

router = Router(tags=["products"])
ON_A_PAGE = 50


class Certified(Schema):
    """A certificate whose scope is confirmed to name the product. Only `valid` counts."""

    number: str
    scheme: str
    standing: str


class Price(Schema):
    lowest: str
    highest: str
    currency: str
    basis: str


class Picture(Schema):
    url: str
    alt: dict[str, str]


class Found(Schema):
    """One product; texts by language, categories and materials by their codes."""

    id: int
    url: str
    firm: str
    article_number: str
    name: dict[str, str]
    category: str
    materials: list[str]
    price: Price | None
    capacity_per_month: int | None
    minimum_order: int | None
    lead_time_days: int | None
    hs_code: str
    pictures: list[Picture]
    certificates: list[Certified]
    reconstructed: bool


class Whole(Found):
    description: dict[str, str]


class Results(Schema):
    count: int
    page: int
    pages: int
    results: list[Found]


class Asked(Schema):
    q: str = ""
    category: str = ""
    material: str = ""
    firm: str = ""
    certified: bool = False
    page: int = 1


def _open(response: HttpResponse) -> None:
    """Anybody may read this from any site; a browser may keep it for a minute."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=60"


@router.get("", response=Results, summary="Published products, newest first")
def products(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> dict[str, Any]:
    """Filters as on the page. A category or material that our lists do not have finds nothing."""
    _open(response)
    wanted = Wanted(
        asked.q[:200].replace("\x00", ""), asked.category, asked.material, asked.firm, asked.certified
    )
    page = Paginator(queries.filtered(queries.public_products(), wanted), ON_A_PAGE).get_page(asked.page)
    rows = list(page.object_list)
    covered = queries.certificates_on(rows)
    return {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "results": [_described(product, covered.get(product.pk, [])) for product in rows],
    }


@router.get("/lists", summary="The codes of categories and materials with their names")
def words(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    _open(response)
    both = {"categories": lists.categories(), "materials": lists.materials()}
    return {
        name: {code: {"ko": entry.ko, "en": entry.en} for code, entry in entries.items()}
        for name, entries in both.items()
    }


@router.get("/{int:id}", response=Whole, summary="One published product")
def product(request: HttpRequest, response: HttpResponse, id: int) -> dict[str, Any]:
    found = get_object_or_404(queries.public_products(), pk=id)
    _open(response)
    described = _described(found, queries.certificates_on([found]).get(found.pk, []))
    return {**described, "description": {"ko": found.description_ko, "en": found.description_en}}


def _described(product: Product, shown: list[Shown]) -> dict[str, Any]:
    pictures = [one for one in product.pictures if one.alt]  # type: ignore[attr-defined]
    return {
        "id": product.pk,
        "url": address("product", product.pk),
        "firm": product.firm.slug,
        "article_number": product.code,
        "name": {"ko": product.name_ko, "en": product.name_en},
        "category": product.category,
        "materials": [made.material for made in product.made_of.all()],
        "price": _price(product),
        "capacity_per_month": product.capacity,
        "minimum_order": product.minimum_order,
        "lead_time_days": product.lead_time,
        "hs_code": product.hs_code,
        "pictures": [
            {"url": address("picture", one.pk, "large"), "alt": {"ko": one.alt_ko, "en": one.alt_en}}
            for one in pictures
        ],
        "certificates": [
            {
                "number": one.certificate.number,
                "scheme": one.certificate.case.version.scheme.slug,
                "standing": one.standing,
            }
            for one in shown
        ],
        "reconstructed": product.reconstructed,
    }


def _price(product: Product) -> dict[str, str] | None:
    if product.price_min is None:
        return None
    highest = product.price_min if product.price_max is None else product.price_max
    return {
        "lowest": decimal_string(product.price_min, product.currency),
        "highest": decimal_string(highest, product.currency),
        "currency": product.currency,
        "basis": product.price_basis,
    }
