from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.kit.navigation import register_programme_page


class ProgrammesConfig(AppConfig):
    name = "bridgehead.programmes"
    label = "programmes"

    def ready(self) -> None:
        register_programme_page(
            order=10,
            code="settings",
            label=_("Settings and figures"),
            url_name="programmes:settings",
            permission=roles.VIEW,
        )
