"""What was looked up about a firm when it was selected, as a list to be ticked."""

from dataclasses import dataclass
from datetime import date

from bridgehead.funding.models import FirmAccount, FirmCheck
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme


@dataclass(frozen=True)
class Ticked:
    """One item of the list: the last time it was looked up, None where nobody did."""

    kind: FirmCheck.Kind
    check: FirmCheck | None
    valid: bool


def checklist(programme: Programme, firm: Organisation) -> list[Ticked]:
    """Every item, in one query. One that has run out counts as not looked up."""
    checks = FirmCheck.objects.filter(
        account__programme=programme, account__firm=firm, stage=FirmCheck.Stage.SELECTION
    ).select_related("checked_by")
    latest = {check.kind: check for check in checks.order_by("checked_at", "pk")}
    now = today(programme.zone)
    return [
        Ticked(kind, check := latest.get(kind), check is not None and _valid(check, now))
        for kind in FirmCheck.Kind
    ]


def _valid(check: FirmCheck, now: date) -> bool:
    return check.valid_until is None or check.valid_until >= now


def missing_checks(programme: Programme, firm: Organisation) -> list[FirmCheck.Kind]:
    return [one.kind for one in checklist(programme, firm) if not one.valid]


def unchecked_firms(programme: Programme) -> set[int]:
    """Keys of the firms with an account for which an item is missing or has run out, in two queries."""
    now, valid = today(programme.zone), {}
    checks = FirmCheck.objects.filter(account__programme=programme, stage=FirmCheck.Stage.SELECTION)
    for check in checks.select_related("account").order_by("checked_at", "pk"):
        valid[check.account.firm_id, check.kind] = _valid(check, now)
    firms = FirmAccount.objects.filter(programme=programme).values_list("firm", flat=True)
    return {firm for firm in firms if not all(valid.get((firm, kind), False) for kind in FirmCheck.Kind)}
