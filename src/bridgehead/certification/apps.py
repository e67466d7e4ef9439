from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.kit.navigation import register_programme_page


class CertificationConfig(AppConfig):
    name = "bridgehead.certification"
    label = "certification"

    def ready(self) -> None:
        """Listens to awards, and says who may read evidence; both need the models."""
        from bridgehead.calls.signals import award_made  # noqa: PLC0415
        from bridgehead.certification import queries, receivers  # noqa: PLC0415
        from bridgehead.questions.queries import register_owner  # noqa: PLC0415

        register_programme_page(
            order=85,
            code="badges",
            label=_("Badges"),
            url_name="certification:badges",
            permission=roles.CERTIFICATION_VIEW,
        )
        register_owner("certification.case", queries.may_read_evidence)
        award_made.connect(receivers.open_case, dispatch_uid="certification.open_case")
