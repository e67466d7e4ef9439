from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.kit.navigation import register_programme_page


class NewsroomConfig(AppConfig):
    name = "bridgehead.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        import_module("bridgehead.newsroom.receivers")
        register_programme_page(
            order=95, code="news", label=_("News"), url_name="newsroom:programme", permission=roles.VIEW
        )
