"""Taking over last year's settlement. Nothing is booked: no ledger entry, no ceiling, no budget, no source."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding.actions.accounts import Refused
from bridgehead.funding.models import PastLine, PastSettlement
from bridgehead.funding.past import plan_import
from bridgehead.programmes.models import Programme


class NotImported(Refused):
    """The file has rows that cannot be taken, or nothing new."""


@transaction.atomic
def import_settlement(*, programme: Programme, content: bytes, file_name: str, by: Any) -> PastSettlement:
    """All rows of the file that are not there yet, or none. Importing a file again brings nothing twice.

    Raises NotImported and `worksheets.UnreadableSheet`.
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    plan = plan_import(programme=programme, content=content)
    if plan.refused:
        raise NotImported(_("Nothing was imported: some rows cannot be taken. Mend them in the file."))
    if not plan.lines:
        raise NotImported(_("Nothing was imported: every row is here already."))
    settlement = PastSettlement.objects.create(
        programme=programme,
        file_name=file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        imported_by=by,
    )
    for line in plan.lines:
        line.settlement = settlement
    PastLine.objects.bulk_create(plan.lines, batch_size=500)
    data = {"rows": len(plan.lines), "total": plan.total, "sha256": settlement.sha256}
    audit.record(by=by, verb="settlement.import", target=settlement, chain=programme.host.slug, data=data)
    return settlement
