from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bridgehead.kit.imports import register_importer
from bridgehead.kit.navigation import register_firm_page


class CatalogueConfig(AppConfig):
    name = "bridgehead.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Products can be imported, and every page about a firm leads to them; both need the models."""
        from bridgehead.catalogue.importer import import_products  # noqa: PLC0415
        from bridgehead.catalogue.queries import firms_with_products  # noqa: PLC0415

        register_importer("products", import_products)
        register_firm_page(
            order=10, label=_("Products"), url_name="catalogue:firm", those=firms_with_products
        )
