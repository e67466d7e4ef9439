"""The REST API of the installation: each room brings its own routes. Described at `/api/openapi.json`."""

from ninja import NinjaAPI

from bridgehead.catalogue.api import router as products
from bridgehead.terminology.api import router as terms

api = NinjaAPI(title="Bridgehead", version="1", urls_namespace="api", docs_url=None)
api.add_router("/products", products)
api.add_router("/terms", terms)
