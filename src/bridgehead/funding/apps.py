from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from bridgehead.accounts import roles
from bridgehead.funding import guards
from bridgehead.kit.navigation import register_programme_page


class FundingConfig(AppConfig):
    name = "bridgehead.funding"
    label = "funding"

    def ready(self) -> None:
        """Listens to awards, which may only be imported once the models are there."""
        from bridgehead.calls.signals import award_made, award_withdrawn  # noqa: PLC0415
        from bridgehead.funding import queries, receivers, voucher_queries  # noqa: PLC0415
        from bridgehead.questions.queries import register_owner  # noqa: PLC0415

        pre_migrate.connect(guards.remove, sender=self, dispatch_uid="funding.guards.remove")
        post_migrate.connect(guards.install, sender=self, dispatch_uid="funding.guards")
        register_owner("funding.supportline", queries.may_read_receipt)
        register_owner("funding.incominggrant", queries.may_read_grant_document)
        register_owner("funding.booking", voucher_queries.may_read_proof)
        award_made.connect(receivers.open_account, dispatch_uid="funding.open_account")
        award_withdrawn.connect(receivers.release_promises, dispatch_uid="funding.release_promises")
        award_made.connect(receivers.issue_voucher, dispatch_uid="funding.issue_voucher")
        award_withdrawn.connect(receivers.end_voucher, dispatch_uid="funding.end_voucher")
        register_programme_page(
            order=45,
            code="funding",
            label=_("Money"),
            url_name="funding:programme",
            permission=roles.MONEY_VIEW,
        )
        register_programme_page(
            order=46,
            code="vouchers",
            label=_("Vouchers"),
            url_name="funding:vouchers",
            permission=roles.MONEY_VIEW,
        )
