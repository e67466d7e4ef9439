from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.kit.imports import register_importer
from bridgehead.kit.navigation import register_programme_page


class CallsConfig(AppConfig):
    name = "bridgehead.calls"
    label = "calls"

    def ready(self) -> None:
        from bridgehead.calls.importer import import_applications  # noqa: PLC0415  (needs the models)
        from bridgehead.calls.queries.applying import may_read_file  # noqa: PLC0415 (needs the models)
        from bridgehead.questions.queries import register_owner  # noqa: PLC0415

        register_importer("applications", import_applications)
        register_owner("calls.application", may_read_file)
        for order, code, label, url_name, permission in [
            (20, "calls", _("Calls"), "calls:desk_calls", roles.VIEW),
            (25, "applications", _("Applications"), "calls:programme_applications", roles.APPLICATION_VIEW),
            (30, "selection", _("Selection"), "calls:programme_selection", roles.APPLICATION_VIEW),
        ]:
            register_programme_page(
                order=order, code=code, label=label, url_name=url_name, permission=permission
            )
