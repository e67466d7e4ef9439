from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.kit.navigation import register_programme_page


class FairsConfig(AppConfig):
    name = "bridgehead.fairs"
    label = "fairs"

    def ready(self) -> None:
        """Listens to awards, which may only be imported once the models are there."""
        from bridgehead.calls.signals import award_made, award_withdrawn  # noqa: PLC0415
        from bridgehead.fairs import receivers  # noqa: PLC0415

        award_made.connect(receivers.seat, dispatch_uid="fairs.seat")
        award_withdrawn.connect(receivers.unseat, dispatch_uid="fairs.unseat")
        register_programme_page(
            order=40, code="pavilion", label=_("Pavilion"), url_name="fairs:pavilion", permission=roles.VIEW
        )
