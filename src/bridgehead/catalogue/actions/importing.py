"""Products out of a workbook: all rows or none, each a draft."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bridgehead.accounts.models import User
from bridgehead.catalogue.actions.products import create_product
from bridgehead.catalogue.worksheet import plan_import
from bridgehead.organisations.models import Organisation


class RowsRefused(Exception):
    """Some rows cannot be taken, and nobody said to take the others alone."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was imported, because some rows cannot be taken. Mend them, or import the good rows.")
        )


@transaction.atomic
def import_products(*, firms: QuerySet[Organisation], content: bytes, partial: bool, by: User | None) -> int:
    """The file is read again inside the transaction: somebody may have entered it meanwhile. Gives the number entered."""
    list(
        Organisation.objects.select_for_update(of=("self",)).filter(pk__in=firms.values("pk")).order_by("pk")
    )
    plan = plan_import(firms=firms, content=content)
    if plan.refused and not partial:
        raise RowsRefused
    for entry in plan.entries:
        create_product(firm=entry.firm, by=by, materials=entry.materials, from_file=True, **entry.fields)
    return len(plan.entries)
