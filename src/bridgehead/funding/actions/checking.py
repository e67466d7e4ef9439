"""Looking up a firm's taxes and bank account: at selection, and again before each payment."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding import queries
from bridgehead.funding.actions.accounts import Refused
from bridgehead.funding.checklist import missing_checks
from bridgehead.funding.models import FirmAccount, FirmCheck, MoneyTerms, SupportLine

CHECKS = tuple(FirmCheck.Kind.values)
#: The certificates of the tax offices are valid for some weeks.
RUN_OUT = {FirmCheck.Kind.NATIONAL_TAX, FirmCheck.Kind.LOCAL_TAX}


class ChecksMissing(Refused):
    """Money leaves the house only after every check of the list."""

    def __init__(self, *, missing: Iterable[str]) -> None:
        names = ", ".join(str(FirmCheck.Kind(kind).label) for kind in missing)
        super().__init__(_("Look this up and tick it first: %(checks)s.") % {"checks": names})


class UncheckedFirm(Refused):
    """The programme approves nothing of a firm whose taxes and account were not looked up at selection."""

    def __init__(self, *, missing: Iterable[str]) -> None:
        names = ", ".join(str(FirmCheck.Kind(kind).label) for kind in missing)
        super().__init__(
            _(
                "At selection this was not looked up, or it has run out: %(checks)s. Tick it on the page of the firm."
            )
            % {"checks": names}
        )


@transaction.atomic
def record_checks(
    *, account: FirmAccount, kinds: Iterable[str], by: Any, valid_until: date | None = None
) -> None:
    """What was looked up when the firm was selected; the certificates of taxes run out, the bank account does not."""
    _add(account, kinds, by, stage=FirmCheck.Stage.SELECTION, line=None, valid_until=valid_until)
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
    account: FirmAccount,
    kinds: Iterable[str],
    by: Any,
    *,
    stage: str,
    line: SupportLine | None,
    valid_until: date | None = None,
) -> None:
    FirmCheck.objects.bulk_create(
        FirmCheck(
            account=account,
            line=line,
            kind=kind,
            stage=stage,
            checked_by=by,
            valid_until=valid_until if kind in RUN_OUT else None,
        )
        for kind in kinds
    )


def see_that_firm_was_checked(line: SupportLine) -> None:
    """Part of approving a line in cash. Raises UncheckedFirm where the programme blocks."""
    if queries.money_terms(line.programme).unchecked_firms == MoneyTerms.Unchecked.BLOCK and (
        missing := missing_checks(line.programme, line.firm)
    ):
        raise UncheckedFirm(missing=missing)
