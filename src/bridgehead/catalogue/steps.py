"""What waits for a person: certificates of products to confirm, and what became of those a firm asked for."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bridgehead.accounts.models import User
from bridgehead.catalogue import queries
from bridgehead.catalogue.models import Coverage
from bridgehead.kit.steps import Task
from bridgehead.organisations.queries import firms_of


def tasks_of(user: User) -> list[Task]:
    """One task for all that wait to be confirmed, and one for each refusal the firm has to answer."""
    waiting = queries.to_confirm(user).count()
    text = ngettext(
        "Confirm whether a certificate covers %(n)d product",
        "Confirm whether certificates cover %(n)d products",
        waiting,
    )
    tasks = [Task(text % {"n": waiting}, reverse("catalogue:to_confirm"))] if waiting else []
    refused = Coverage.objects.filter(
        product__firm__in=firms_of(user).values("pk"), state=Coverage.State.REFUSED
    ).select_related("product", "case")
    return tasks + [
        Task(
            _("Read why %(case)s was not confirmed for “%(product)s”")
            % {"case": one.case, "product": one.product},
            reverse("catalogue:coverages", args=[one.product_id]),
        )
        for one in refused[:20]
    ]
