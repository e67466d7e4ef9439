"""The firm's account: locked while its lines change, so that two officers at once never pass the ceiling."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.funding import queries
from bridgehead.funding.models import FirmAccount, SupportLine
from bridgehead.funding.rules import WON
from bridgehead.kit.money import format_money
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme


class CeilingExceeded(Exception):
    """The firm would get more than the ceiling; `left` is what may still be promised."""

    def __init__(self, *, firm: Organisation, left: Decimal, asked: Decimal) -> None:
        super().__init__(
            _("%(firm)s may receive %(left)s more until the ceiling; %(asked)s was asked. Lower the amount.")
            % {"firm": firm, "left": format_money(left, WON), "asked": format_money(asked, WON)}
        )
        self.firm, self.left, self.asked = firm, left, asked


class BelowBalance(Exception):
    """A ceiling below what firms already have; `firms` are those."""

    def __init__(self, *, firms: list[Organisation]) -> None:
        super().__init__(
            _("The ceiling cannot be lower than what these firms already have: %(firms)s.")
            % {"firms": ", ".join(str(firm) for firm in firms)}
        )
        self.firms = firms


@transaction.atomic
def open_account(*, programme: Programme, firm: Organisation) -> FirmAccount:
    """The firm's account in a programme, opened at today's ceiling if there is none."""
    account, _created = FirmAccount.objects.get_or_create(
        programme=programme, firm=firm, defaults={"ceiling": queries.ceiling_today(programme)}
    )
    return account


def lock_account(*, programme: Programme, firm: Organisation) -> FirmAccount:
    """The account, held until the end of the transaction. Whoever comes second waits here and sees the new balance."""
    pk = open_account(programme=programme, firm=firm).pk
    return FirmAccount.objects.select_for_update(of=("self",)).select_related("firm").get(pk=pk)


def refresh(account: FirmAccount, *, ceiling: Decimal | None) -> None:
    """Make a locked account say what its lines add up to, under the ceiling of today.

    A firm that has more than a ceiling which takes effect later keeps what it has and gets no more.
    """
    lines = SupportLine.objects.filter(programme=account.programme_id, firm=account.firm_id)
    used_before = account.used
    account.committed, account.spent = queries.sums(lines)
    if ceiling is not None and account.used > max(ceiling, used_before):
        asked = account.used - used_before
        raise CeilingExceeded(firm=account.firm, left=max(ceiling - used_before, Decimal(0)), asked=asked)
    account.ceiling = None if ceiling is None else max(ceiling, account.used)
    account.save(update_fields=["ceiling", "committed", "spent"])
