"""Products as far as a test needs them: by the actions people use."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from bridgehead.catalogue.actions import photos, products
from bridgehead.catalogue.models import Photo, Product
from bridgehead.organisations.models import Organisation
from tests.factories.organisations import a_firm, number
from tests.factories.terminology import a_picture

WHOLE: dict[str, Any] = {
    "name_ko": "은반지",
    "name_en": "Silver ring",
    "description_ko": "손으로 두드려 만든 반지입니다.",
    "description_en": "A ring, hammered by hand.",
    "category": "rings",
}


def a_product(firm: Organisation | None = None, by: Any = None, **fields: Any) -> Product:
    """A draft with everything publishing needs but a picture."""
    fields = {**WHOLE, "code": f"A-{number()}", "materials": ["silver-925"], **fields}
    return products.create_product(firm=firm or a_firm(), by=by, **fields)


def a_photo(product: Product, by: Any = None, **words: str) -> Photo:
    words = words or {"alt_ko": "은반지 정면", "alt_en": "Silver ring from the front"}
    return photos.add_photo(product=product, upload=another_picture(), by=by, **words)


def another_picture() -> SimpleUploadedFile:
    """No two of them are alike, so that none is taken for one that is there already."""
    return a_picture(40 + number() % 500, 30)


def published(product: Product | None = None, by: Any = None) -> Product:
    product = product or a_product()
    if not product.photos.exists():
        a_photo(product, by=by)
    return products.publish(product=product, by=by)
