from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.kit.imports import register_importer
from bridgehead.kit.navigation import register_programme_page


class FloorConfig(AppConfig):
    name = "bridgehead.floor"
    label = "floor"

    def ready(self) -> None:
        """Importer, files and signing out need the models, which are there only now."""
        from bridgehead.floor import queries, receivers  # noqa: F401, PLC0415
        from bridgehead.floor.importer import import_consultations  # noqa: PLC0415
        from bridgehead.questions.queries import register_owner  # noqa: PLC0415

        register_owner("floor.consultation", queries.may_read_photo)

        register_importer("consultations", import_consultations)
        register_programme_page(
            order=60,
            code="floor",
            label=_("Consultations"),
            url_name="floor:consultations",
            permission=roles.VIEW,
        )
        register_programme_page(
            order=70,
            code="follow_up",
            label=_("Follow-up"),
            url_name="floor:follow_up",
            permission=roles.VIEW,
        )
        register_programme_page(
            order=65, code="wins", label=_("Wins"), url_name="floor:wins", permission=roles.VIEW
        )
