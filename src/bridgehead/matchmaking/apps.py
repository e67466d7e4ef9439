from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.kit.imports import register_importer
from bridgehead.kit.navigation import register_programme_page


class MatchmakingConfig(AppConfig):
    name = "bridgehead.matchmaking"
    label = "matchmaking"

    def ready(self) -> None:
        """Listens to awards, which may only be imported once the models are there."""
        from bridgehead.calls.signals import award_made, award_withdrawn  # noqa: PLC0415
        from bridgehead.matchmaking import receivers  # noqa: PLC0415
        from bridgehead.matchmaking.importer import import_for_command  # noqa: PLC0415

        award_made.connect(receivers.take_in, dispatch_uid="matchmaking.take_in")
        award_withdrawn.connect(receivers.let_go, dispatch_uid="matchmaking.let_go")
        register_importer("buyers", import_for_command)
        register_programme_page(
            order=50,
            code="matchmaking",
            label=_("Matchmaking"),
            url_name="matchmaking:desk",
            permission=roles.VIEW,
        )
        register_programme_page(
            order=51,
            code="timetable",
            label=_("Timetable"),
            url_name="matchmaking:timetable",
            permission=roles.VIEW,
        )
