"""Issuing vouchers: to a firm, to several, and to whoever is awarded a place in a voucher programme."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from bridgehead.audit import actions as audit
from bridgehead.calls.models import Award
from bridgehead.funding.actions.accounts import Refused, hold
from bridgehead.funding.actions.support import promise
from bridgehead.funding.actions.telling import tell_of_voucher
from bridgehead.funding.models import CostItem, Voucher, VoucherTerms
from bridgehead.kit.clock import today
from bridgehead.organisations.models import Organisation


@transaction.atomic
def save_voucher_terms(*, terms: VoucherTerms, by: Any) -> VoucherTerms:
    terms.full_clean()
    terms.save()
    host = terms.programme.host
    data = model_to_dict(terms)
    audit.record(by=by, verb="voucher_terms.change", target=terms, chain=host.slug, data=data)
    return terms


@transaction.atomic
def issue_voucher(
    *,
    cost_item: CostItem,
    firm: Organisation,
    value: Decimal,
    expires_on: date,
    by: Any,
    award: Award | None = None,
) -> Voucher:
    """Promise a firm an amount that it books providers with; without an `award` that of the firm is taken, if it has no
    voucher yet. Raises CapExceeded, CeilingExceeded and BudgetExceeded."""
    programme = cost_item.programme
    hold(item=cost_item, firm=firm)
    line = promise(
        programme=programme, firm=firm, cost_item=cost_item, amount=value, mode=CostItem.Mode.VOUCHER, by=by
    )
    waiting = programme.awards.filter(firm=firm, voucher=None).exclude(state=Award.State.WITHDRAWN)
    count = Voucher.objects.filter(programme=programme).count()
    number = f"V{today(programme.zone):%y}-{count + 1:04d}"
    voucher = Voucher(
        line=line,
        programme=programme,
        number=number,
        award=award or waiting.first(),
        expires_on=expires_on,
        issued_by=by,
    )
    voucher.full_clean()
    voucher.save(force_insert=True)
    data = {"number": number, "value": value, "until": expires_on.isoformat()}
    audit.record(by=by, verb="voucher.issue", target=voucher, chain=programme.host.slug, data=data)
    tell_of_voucher("issued", voucher)
    return voucher


@transaction.atomic
def issue_to(
    *, firms: Sequence[Organisation], cost_item: CostItem, value: Decimal, expires_on: date, by: Any
) -> list[Voucher]:
    """The same voucher to several firms: to all of them or, when one has no room, to none."""
    return [
        issue_voucher(cost_item=cost_item, firm=firm, value=value, expires_on=expires_on, by=by)
        for firm in sorted(firms, key=lambda firm: firm.pk)
    ]


def issue_for_award(*, award: Award, by: Any) -> Voucher | None:
    """What an award becomes where the programme has terms of vouchers. None without terms, for an award that has its voucher,
    and where ceiling or budget have no room: the officer's page names the firms that still wait."""
    terms = VoucherTerms.objects.filter(programme=award.programme).select_related("cost_item").first()
    if terms is None or Voucher.objects.filter(award=award).exists():
        return None
    try:
        with transaction.atomic():
            return issue_voucher(
                cost_item=terms.cost_item,
                firm=award.firm,
                value=_value(award, terms),
                expires_on=today(award.programme.zone) + timedelta(days=terms.valid_days),
                by=by,
                award=award,
            )
    except Refused:
        return None


def _value(award: Award, terms: VoucherTerms) -> Decimal:
    """What the firm asked for, at most the value of a voucher."""
    answers = award.application.answers if award.application else {}
    try:
        asked = Decimal(str(answers.get(terms.value_question, "")))
    except InvalidOperation:
        return terms.value
    return min(asked, terms.value) if asked.is_finite() and asked > 0 else terms.value
