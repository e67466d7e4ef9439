"""What is held while money is decided: the cost item, then the firm's account, always in this order, so that whoever comes
second waits and sees the new balances, and two who wait never wait for each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from bridgehead.funding import queries
from bridgehead.funding.models import CostItem, FirmAccount
from bridgehead.funding.rules import WON
from bridgehead.kit.money import format_money
from bridgehead.organisations.models import Organisation
from bridgehead.programmes.models import Programme


class Refused(Exception):
    """Money that may not move this way; the message says why and what to do."""


class CeilingExceeded(Refused):
    """The firm would get more than the ceiling; `left` is what may still be promised."""

    def __init__(self, *, firm: Organisation, left: Decimal, asked: Decimal) -> None:
        super().__init__(
            _("%(firm)s may receive %(left)s more until the ceiling; %(asked)s was asked. Lower the amount.")
            % {"firm": firm, "left": format_money(left, WON), "asked": format_money(asked, WON)}
        )
        self.firm, self.left, self.asked = firm, left, asked


class BudgetExceeded(Refused):
    """The cost item's budget has no room for it; `left` is what it has."""

    def __init__(self, *, item: CostItem, left: Decimal, asked: Decimal) -> None:
        super().__init__(
            _(
                "The budget of “%(item)s” has %(left)s left; %(asked)s was asked. Transfer budget to it, or lower the"
                " amount."
            )
            % {"item": item, "left": format_money(left, WON), "asked": format_money(asked, WON)}
        )
        self.item, self.left, self.asked = item, left, asked


class BelowBalance(Refused):
    """A ceiling below what firms already have; `firms` are those."""

    def __init__(self, *, firms: list[Organisation]) -> None:
        super().__init__(
            _("The ceiling cannot be lower than what these firms already have: %(firms)s.")
            % {"firms": ", ".join(str(firm) for firm in firms)}
        )
        self.firms = firms


@dataclass(frozen=True)
class Held:
    """A cost item and a firm's account, locked until the end of the transaction."""

    item: CostItem
    account: FirmAccount


@transaction.atomic
def open_account(*, programme: Programme, firm: Organisation) -> FirmAccount:
    """The firm's account in a programme, opened at today's ceiling if there is none."""
    account, _created = FirmAccount.objects.get_or_create(
        programme=programme, firm=firm, defaults={"ceiling": queries.ceiling_today(programme)}
    )
    return account


def hold_items(items: Iterable[int]) -> list[CostItem]:
    """Cost items locked in the order of their keys."""
    return list(CostItem.objects.select_for_update().filter(pk__in=set(items)).order_by("pk"))


def hold(*, item: CostItem, firm: Organisation) -> Held:
    """Lock the cost item, then the firm's account."""
    account = open_account(programme=item.programme, firm=firm)
    [locked] = hold_items([item.pk])
    accounts = FirmAccount.objects.select_for_update(of=("self",)).select_related("firm", "programme")
    return Held(locked, accounts.get(pk=account.pk))


def make_room(held: Held, more: Decimal) -> None:
    """Bring the account under the ceiling of today, and see that ceiling and budget have room for `more`.

    A firm that has more than a ceiling which takes effect later keeps what it has and gets no more. The database's
    constraints say the same; here it is said in words. Raises CeilingExceeded and BudgetExceeded.
    """
    account, ceiling = held.account, queries.ceiling_today(held.account.programme)
    if more > 0 and ceiling is not None and account.used + more > ceiling:
        left = max(ceiling - account.used, Decimal(0))
        raise CeilingExceeded(firm=account.firm, left=left, asked=more)
    if more > 0 and more > held.item.left:
        raise BudgetExceeded(item=held.item, left=held.item.left, asked=more)
    allowed = None if ceiling is None else max(ceiling, account.used)
    if account.ceiling != allowed:
        account.ceiling = allowed
        account.save(update_fields=["ceiling"])
