from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.kit.navigation import register_programme_page


class OutcomesConfig(AppConfig):
    name = "bridgehead.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        register_programme_page(
            order=90, code="results", label=_("Results"), url_name="outcomes:programme", permission=roles.VIEW
        )
