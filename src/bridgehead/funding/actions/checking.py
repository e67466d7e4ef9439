"""Looking up a firm's taxes and bank account: at selection, and again before each payment."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding.actions.accounts import Refused
from bridgehead.funding.models import FirmAccount, FirmCheck, SupportLine

CHECKS = tuple(FirmCheck.Kind.values)


class ChecksMissing(Refused):
    """Money leaves the house only after every check of the list."""

    def __init__(self, *, missing: Iterable[str]) -> None:
        names = ", ".join(str(FirmCheck.Kind(kind).label) for kind in missing)
        super().__init__(_("Look this up and tick it first: %(checks)s.") % {"checks": names})


@transaction.atomic
def record_checks(*, account: FirmAccount, kinds: Iterable[str], by: Any) -> None:
    """What was looked up when the firm was selected."""
    _add(account, kinds, by, stage=FirmCheck.Stage.SELECTION, line=None)
    chain = account.programme.host.slug
    data = {"checks": sorted(kinds)}
    audit.record(by=by, verb="firm.check", target=account.firm, chain=chain, data=data)


def check_before_payment(*, line: SupportLine, kinds: Iterable[str], by: Any) -> None:
    """Part of settling a line in cash. Raises ChecksMissing."""
    missing = [kind for kind in CHECKS if kind not in set(kinds)]
    if missing:
        raise ChecksMissing(missing=missing)
    account = FirmAccount.objects.get(programme=line.programme_id, firm=line.firm_id)
    _add(account, CHECKS, by, stage=FirmCheck.Stage.PAYMENT, line=line)


def _add(
    account: FirmAccount, kinds: Iterable[str], by: Any, *, stage: str, line: SupportLine | None
) -> None:
    FirmCheck.objects.bulk_create(
        FirmCheck(account=account, line=line, kind=kind, stage=stage, checked_by=by) for kind in kinds
    )
