"""Sources, cost items and ceilings of a programme, and the grants a host brings in."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from bridgehead.audit import actions as audit
from bridgehead.funding import queries
from bridgehead.funding.actions.accounts import BelowBalance, Refused, hold_items
from bridgehead.funding.actions.ledger import book_budget
from bridgehead.funding.models import (
    Ceiling,
    CostItem,
    FirmAccount,
    FundingSource,
    IncomingGrant,
    MoneyTerms,
    SupportRule,
)
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Host
from bridgehead.programmes.models import Programme
from bridgehead.questions.actions import attach
from bridgehead.questions.rules.files import CheckedFile


class StillUsed(Refused):
    """A cost item that support lines refer to."""

    def __init__(self, *, item: CostItem, lines: int) -> None:
        super().__init__(
            _("“%(item)s” cannot be removed: %(lines)s support lines use it.")
            % {"item": item, "lines": lines}
        )


def _save(row: models.Model, *, what: str, host: Host, by: Any) -> None:
    """Validate, write, and put the values in the trail."""
    verb = "change" if row.pk else "add"
    row.full_clean()
    row.save()
    audit.record(by=by, verb=f"{what}.{verb}", target=row, chain=host.slug, data=model_to_dict(row))


def _remove(row: models.Model, *, what: str, host: Host, by: Any) -> None:
    audit.record(by=by, verb=f"{what}.remove", target=row, chain=host.slug, data=model_to_dict(row))
    row.delete()


@transaction.atomic
def save_source(*, source: FundingSource, by: Any) -> FundingSource:
    """Add a funding source (unsaved) or change one."""
    _save(source, what="funding_source", host=source.programme.host, by=by)
    return source


@transaction.atomic
def remove_source(*, source: FundingSource, by: Any) -> None:
    _remove(source, what="funding_source", host=source.programme.host, by=by)


@transaction.atomic
def save_item(*, item: CostItem, by: Any) -> CostItem:
    """Add a cost item or change its rule. Lines already recorded keep the amounts their claims were given.

    The item's budget is entered in the ledger: the difference to what it was. Less than what is committed and spent is a
    ValidationError.
    """
    wanted = item.budget
    before = {held.pk: held for held in hold_items([item.pk] if item.pk else [])}.get(item.pk)
    if before:
        item.committed, item.spent = before.committed, before.spent
    item.full_clean()
    item.budget = before.budget if before else Decimal(0)
    verb = "cost_item.change" if before else "cost_item.add"
    item.save(update_fields=_written(item)) if before else item.save()
    book_budget(item=item, more=wanted - item.budget, by=by)
    chain = item.programme.host.slug
    audit.record(by=by, verb=verb, target=item, chain=chain, data=model_to_dict(item))
    return item


def _written(item: CostItem) -> list[str]:
    """Every column but the balances, which the ledger writes."""
    balances = {"id", "budget", "committed", "spent"}
    return [field.name for field in item._meta.concrete_fields if field.name not in balances]


@transaction.atomic
def remove_item(*, item: CostItem, by: Any) -> None:
    """Raises StillUsed while support lines refer to it. One that once had a budget stays in the ledger: its budget becomes
    zero, which takes it off the pages."""
    if lines := item.support_lines.count():
        raise StillUsed(item=item, lines=lines)
    if item.entries.exists():
        _retire(item, by=by)
    else:
        _remove(item, what="cost_item", host=item.programme.host, by=by)


def _retire(item: CostItem, *, by: Any) -> None:
    [held] = hold_items([item.pk])
    book_budget(item=held, more=-held.budget, by=by, reason=_("Cost item removed"))
    held.retired = True
    held.save(update_fields=["retired"])
    audit.record(
        by=by,
        verb="cost_item.remove",
        target=held,
        chain=held.programme.host.slug,
        data=model_to_dict(held),
    )


@transaction.atomic
def save_rule(*, rule: SupportRule, by: Any) -> SupportRule:
    """Add dated terms of a cost item or correct them. Claims already made keep the terms they were computed with."""
    _save(rule, what="support_rule", host=rule.cost_item.programme.host, by=by)
    return rule


@transaction.atomic
def remove_rule(*, rule: SupportRule, by: Any) -> None:
    _remove(rule, what="support_rule", host=rule.cost_item.programme.host, by=by)


@transaction.atomic
def save_terms(*, terms: MoneyTerms, by: Any) -> MoneyTerms:
    """How the programme handles claims, from now on."""
    _save(terms, what="money_terms", host=terms.programme.host, by=by)
    return terms


@transaction.atomic
def set_ceiling(*, ceiling: Ceiling, by: Any) -> Ceiling:
    """Add a dated ceiling or correct one, and bring every firm's account under it in the same transaction.

    Raises BelowBalance with the names when firms already have more than a ceiling that is or will be in force.
    """
    accounts = _locked_accounts(ceiling.programme)
    _save(ceiling, what="ceiling", host=ceiling.programme.host, by=by)
    _bring_under(ceiling.programme, accounts)
    return ceiling


@transaction.atomic
def remove_ceiling(*, ceiling: Ceiling, by: Any) -> None:
    """Take back a ceiling; the one before it is in force again. Raises BelowBalance when that one is too low."""
    accounts = _locked_accounts(ceiling.programme)
    _remove(ceiling, what="ceiling", host=ceiling.programme.host, by=by)
    _bring_under(ceiling.programme, accounts)


def _locked_accounts(programme: Programme) -> list[FirmAccount]:
    accounts = FirmAccount.objects.select_for_update(of=("self",)).filter(programme=programme)
    return list(accounts.select_related("firm").order_by("pk"))


def _bring_under(programme: Programme, accounts: list[FirmAccount]) -> None:
    day = today(programme.zone)
    lowest = _lowest_from(programme, day)
    if lowest is not None and (over := [account.firm for account in accounts if account.used > lowest]):
        raise BelowBalance(firms=over)
    ceiling = queries.ceiling_today(programme)
    for account in accounts:
        account.ceiling = None if ceiling is None else max(ceiling, account.used)
        account.save(update_fields=["ceiling"])


def _lowest_from(programme: Programme, day: date) -> Decimal | None:
    """The lowest ceiling in force on the day or later."""
    current = queries.ceiling_on(programme, day)
    later = Ceiling.objects.filter(programme=programme, effective_from__gt=day).values_list(
        "amount", flat=True
    )
    return min([*later, *([current.amount] if current else [])], default=None)


@transaction.atomic
def save_grant(*, grant: IncomingGrant, by: Any) -> IncomingGrant:
    """Add or change one year's application for an incoming grant."""
    _save(grant, what="incoming_grant", host=grant.host, by=by)
    return grant


@transaction.atomic
def add_grant_document(*, grant: IncomingGrant, document: CheckedFile, by: Any) -> None:
    """Keep a document with one year of a grant."""
    attach(files={"document": document}, owner=grant, by=by)
    data = {"document": document.name}
    audit.record(by=by, verb="incoming_grant.document", target=grant, chain=grant.host.slug, data=data)
